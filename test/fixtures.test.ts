// Every folder of fixtures/projects is a situation: `before/`, the command of case.json, and `after/` with what should differ.
import { execFileSync } from 'node:child_process';
import {
	cpSync,
	existsSync,
	lstatSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	realpathSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it, onTestFinished } from 'vitest';
import { ERROR_CODES } from '../src/errors.ts';
import type { Check } from '../src/model/verification.ts';
import { node22 } from './node22.ts';
import { cleanEnvironment, flue } from './program.ts';
import { checkDocument } from './schema.ts';
import { COMPILED } from './tools.ts';

const FOLDER = fileURLToPath(new URL('../fixtures/projects', import.meta.url));
/** `UPDATE_FIXTURES=1 npx vitest run test/fixtures.test.ts` rewrites every `after/`; review the difference. */
const UPDATE = process.env.UPDATE_FIXTURES === '1';
/** What follows on the run of a case is done by a newer Node, which starts faster: half of the runs are with either. */
const LATER = { node: node22(), env: cleanEnvironment(COMPILED) };
/** Names that git or a tool would treat specially are stored under another one. */
const STORED_AS = {
	_gitignore: '.gitignore',
	_node_modules: 'node_modules',
	_git: '.git',
} as const;

/** What `verify` says of the text that was just written. */
function isAboutText({ id }: Check): boolean {
	return /^project\.(blueprint|default-export|named-exports|marker|text)$/.test(id);
}

interface Case {
	title: string;
	args: string[];
	status: string;
	exit: number;
	error?: string;
	/** Must occur in the error's message or hint. */
	message?: string;
	/** Exact codes; null: not compared. */
	warnings?: string[] | null;
	project?: Record<string, unknown>;
}

function restoreNames(folder: string): void {
	for (const entry of readdirSync(folder, { withFileTypes: true })) {
		const name = STORED_AS[entry.name as keyof typeof STORED_AS] ?? entry.name;
		if (name !== entry.name) renameSync(join(folder, entry.name), join(folder, name));
		if (entry.isDirectory()) restoreNames(join(folder, name));
	}
}

function copyOut(stored: string): string {
	const outside = realpathSync(mkdtempSync(join(tmpdir(), 'flue fixture ')));
	onTestFinished(() => rmSync(outside, { recursive: true, force: true }));
	// Two folders deep, so that a path that climbs out of the project lands in a folder of our own.
	const root = join(outside, 'in/project');
	cpSync(stored, root, { recursive: true, verbatimSymlinks: true });
	restoreNames(root);
	return root;
}

function readAll(root: string): Record<string, string> {
	const found: Record<string, string> = {};
	for (const entry of readdirSync(root, { recursive: true, withFileTypes: true })) {
		const full = join(entry.parentPath, entry.name);
		const path = relative(root, full).split(sep).join('/');
		if (lstatSync(full).isSymbolicLink()) found[path] = `-> ${readlinkSync(full)}`;
		else if (entry.isFile()) found[path] = readFileSync(full, 'utf8');
	}
	return found;
}

function storedPath(path: string): string {
	const names = Object.fromEntries(
		Object.entries(STORED_AS).map(([stored, real]) => [real, stored]),
	);
	return path
		.split('/')
		.map((part) => names[part] ?? part)
		.join('/');
}

function rewriteAfter(
	folder: string,
	before: Record<string, string>,
	now: Record<string, string>,
): void {
	rmSync(join(folder, 'after'), { recursive: true, force: true });
	for (const [path, text] of Object.entries(now)) {
		if (before[path] === text) continue;
		const target = join(folder, 'after', storedPath(path));
		mkdirSync(dirname(target), { recursive: true });
		writeFileSync(target, text);
	}
}

function expected(folder: string, before: Record<string, string>): Record<string, string> {
	if (!existsSync(join(folder, 'after'))) return before;
	return { ...before, ...readAll(copyOut(join(folder, 'after'))) };
}

/** What the files alone no longer tell: here the last commit, made before the run, does. */
const NEEDS_COMMIT = /^(init-|client-dev-dependency$|only-dot-flue$)/;

/** Makes a repository of a project, whose one commit holds what was there before. */
function commitBefore(root: string, folder: string): void {
	const before = copyOut(join(folder, 'before'));
	const git = (...args: string[]) => execFileSync('git', args, { cwd: before, stdio: 'pipe' });
	git('init', '--quiet');
	git('add', '--all', '--force');
	git('-c', 'user.name=a', '-c', 'user.email=a@example.com', 'commit', '--quiet', '-m', 'before');
	renameSync(join(before, '.git'), join(root, '.git'));
}

/** The same command line for `remove`: where, and what the files do not tell. */
function removal(args: string[]): string[] {
	const kept = ['--cwd', '--env-var', '--package-manager'].flatMap((flag) =>
		args.includes(flag) ? args.slice(args.indexOf(flag), args.indexOf(flag) + 2) : [],
	);
	return ['remove', 'database', '--no-install', '--json', ...kept];
}

/** `flue remove` straight after: every byte as it was. */
async function takeBack(
	root: string,
	{ folder, name, args }: (typeof cases)[number],
): Promise<void> {
	const before = readAll(copyOut(join(folder, 'before')));
	const needsCommit = NEEDS_COMMIT.test(name);
	if (needsCommit) commitBefore(root, folder);
	const { stdout } = await flue(removal(args), { cwd: root, ...LATER });
	const document = JSON.parse(stdout);
	checkDocument(document);
	expect(stdout).not.toContain('canary');
	expect(document, stdout).toMatchObject({ command: 'remove', status: 'applied' });
	if (needsCommit) rmSync(join(root, '.git'), { recursive: true });
	const now = readAll(root);
	// That there is one copy of the runtime is not the database's.
	if (args.includes('--align-runtime')) delete before['package.json'];
	expect(now).toMatchObject(before);
	expect(Object.keys(now).filter((path) => path !== 'package.json')).toEqual(
		Object.keys(before).filter((path) => path !== 'package.json'),
	);
}

const cases = readdirSync(FOLDER).map((name) => {
	const folder = join(FOLDER, name);
	return { name, folder, ...(JSON.parse(readFileSync(join(folder, 'case.json'), 'utf8')) as Case) };
});

describe('flue add', () => {
	it.each(cases)('$title ($name)', async (situation) => {
		const root = copyOut(join(situation.folder, 'before'));
		const before = readAll(root);
		const args = [...situation.args, '--json'];
		const ran = await flue(args, { cwd: root });
		const document = JSON.parse(ran.stdout);
		checkDocument(document);
		expect(
			{ status: document.status, error: document.error?.code, exit: ran.status },
			document.error?.message,
		).toEqual({
			status: situation.status,
			error: situation.error,
			exit: situation.exit,
		});
		expect(ran.stdout + ran.stderr).not.toContain('canary');
		if (situation.message)
			expect(`${document.error.message} ${document.error.hint}`).toContain(situation.message);
		if (situation.project) expect(document.project).toMatchObject(situation.project);
		if (situation.warnings)
			expect(document.warnings.map(({ code }: { code: string }) => code)).toEqual(
				situation.warnings,
			);

		const now = readAll(root);
		if (UPDATE) rewriteAfter(situation.folder, before, now);
		expect(now).toEqual(
			situation.status === 'applied' ? expected(situation.folder, before) : before,
		);

		if (situation.status !== 'applied') return;
		const again = await flue([...args.filter((word) => word !== '--replace'), '--verify'], {
			cwd: root,
			...LATER,
		});
		const second = JSON.parse(again.stdout);
		expect(second).toMatchObject({ status: 'unchanged', steps: [] });
		expect(second.checks.filter(isAboutText).map(({ status }: Check) => status)).toEqual([
			'pass',
			'pass',
			'pass',
			'pass',
			'pass',
		]);
		expect(again.stdout).not.toContain('canary');
		expect(readAll(root)).toEqual(now);
		await takeBack(root, situation);
	});
});

describe('the error codes', () => {
	/**
	 * Codes that need more than files: the tests of a document, of a plan file, of an update and of the install produce
	 * them. No version of a blueprint makes a merge unsound today: `test/plan/update/sound.test.ts` judges texts.
	 */
	const ELSEWHERE = [
		'BAD_INPUT',
		'MANAGER_MISSING',
		'FORMATTER_FAILED',
		'BUSY',
		'CHANGED_ON_DISK',
		'VERSION_UNKNOWN',
		'MERGE_UNSOUND',
		'PLAN_UNREADABLE',
		'PLAN_FOREIGN',
		'INSTALL_FAILED',
		'WRITE_FAILED',
		'CANCELLED',
		'INTERNAL',
	];

	it('are each produced by a situation', () => {
		const produced = new Set(cases.map(({ error }) => error));
		expect(Object.keys(ERROR_CODES).filter((code) => !produced.has(code))).toEqual(ELSEWHERE);
	});
});
