// Projects with a generated db.ts whose packages are installed, drills as programs of their own, and servers beside them.
import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
	chmodSync,
	cpSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';
import { onTestFinished } from 'vitest';
import { until } from '../../../../adapter/test/patience.ts';
import { type Connection, connectTo } from '../../../../src/commands/verify/drill/resp.ts';
import { findExecutable } from '../../../../src/inspect/files.ts';
import type { DatabaseName } from '../../../../src/model/blueprint.ts';
import type { Check } from '../../../../src/model/verification.ts';
import { listAdapterCopies } from '../../../../src/package/bundled-adapter.ts';
import { isIn } from '../../../../src/text/versions.ts';
import { node22 } from '../../../node22.ts';
import { BIN, flue } from '../../../program.ts';
import { PROJECT } from '../../../project.ts';
import { checkDocument } from '../../../schema.ts';
import { COMPILED } from '../../../tools.ts';
import { makeTree, readTree } from '../../../tree.ts';

const ROOT = fileURLToPath(new URL('../../../..', import.meta.url));
const ADAPTER = join(ROOT, 'node_modules/.drill-test/index.js');

/** The line of Flue that most of these tests are about. */
const CURRENT = '2.0.3';

/** Under which name the adapter's own tests have each runtime installed. */
const COPIES: Record<string, string> = {
	[CURRENT]: '@flue/runtime',
	'1.0.0-beta.7': 'flue-runtime-beta-7',
	'1.0.0-beta.9': 'flue-runtime-beta-9',
};

function runtime(version = CURRENT): string {
	const copy = join(ROOT, 'adapter/node_modules', COPIES[version] ?? version);
	const { version: found } = JSON.parse(readFileSync(join(copy, 'package.json'), 'utf8'));
	if (found !== version) throw new Error(`${copy} is ${found}, and ${version} is asked for.`);
	return copy;
}

/** Makes the adapter of this repository one file. */
export async function prepare(): Promise<void> {
	await build({
		bundle: true,
		platform: 'node',
		format: 'esm',
		logLevel: 'warning',
		entryPoints: [join(ROOT, 'adapter/src/lines/v2/index.ts')],
		outfile: ADAPTER,
		external: ['@flue/runtime'],
	});
}

function placeBuilt(folder: string): void {
	const manifest = { name: '@flue/redis', version: CURRENT, type: 'module', exports: './index.js' };
	writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
	cpSync(ADAPTER, join(folder, 'index.js'));
}

/** The adapter that `--adapter vendored` would put into a project with this version of the runtime. */
function placePacked(folder: string, version: string): void {
	const copy = listAdapterCopies().find(({ runtime: range }) => isIn(version, range));
	if (!copy) throw new Error(`There is no adapter for ${version}.`);
	const archive = join(ROOT, 'dist/adapter', copy.file);
	execFileSync('tar', ['-xzf', archive, '--strip-components=1', '-C', folder]);
}

/** What `flue add database` leaves, by what it was given. */
const written = new Map<string, Promise<Record<string, string>>>();

/** The same project is the beginning of many drills: it is made once. */
function writtenByAdd(
	files: Record<string, string>,
	words: string[],
): Promise<Record<string, string>> {
	const given = JSON.stringify([files, words]);
	const made = written.get(given) ?? addTo(files, words);
	written.set(given, made);
	return made;
}

async function addTo(
	files: Record<string, string>,
	words: string[],
): Promise<Record<string, string>> {
	const cwd = makeTree(files);
	const ran = await flue(['add', 'database', ...words, '--no-install'], { cwd });
	if (ran.status !== 0) throw new Error(ran.stderr);
	return readTree(cwd);
}

/** A project in which `flue add database` has run. `files` are put over what it wrote. */
export async function drillProject(
	server: DatabaseName = 'redis',
	files: Record<string, string> = {},
	{ own = PROJECT, add = [] as string[], client = 'redis', flue: version = CURRENT } = {},
): Promise<string> {
	const text = (own['package.json'] ?? '').replace(`"${CURRENT}"`, `"${version}"`);
	const root = makeTree(await writtenByAdd({ ...own, 'package.json': text }, [server, ...add]));
	for (const [path, text] of Object.entries(files)) {
		mkdirSync(dirname(join(root, path)), { recursive: true });
		writeFileSync(join(root, path), text);
	}
	const modules = join(root, 'node_modules');
	mkdirSync(join(modules, '@flue/redis'), { recursive: true });
	if (version === CURRENT) placeBuilt(join(modules, '@flue/redis'));
	else placePacked(join(modules, '@flue/redis'), version);
	symlinkSync(runtime(version), join(modules, '@flue/runtime'));
	symlinkSync(join(ROOT, 'node_modules', client), join(modules, 'redis'));
	return root;
}

/** The text that `flue add database` wrote. */
export const generated = (root: string): string => readFileSync(join(root, 'src/db.ts'), 'utf8');

export interface Drilled {
	checks: Check[];
	/** Id -> status. */
	statuses: Record<string, string>;
	/** All that was printed. */
	output: string;
	status: number | null;
	/** Paths that the drill left in its temporary folder. */
	left: string[];
	of(id: string): Check;
}

export interface DrillOptions {
	server?: DatabaseName;
	/** For --drill-url. */
	url?: string;
	/** The document instead of the table; yes unless said. */
	json?: boolean;
	env?: Record<string, string>;
	/** PATH; one with Node 22 behind that of the tests unless given. */
	path?: string;
	/** Called with the running program and its temporary folder. */
	onStart?: (child: ChildProcess, folder: string) => void;
}

export const NODE22 = dirname(node22());
export const PATH = `${process.env.PATH}:${NODE22}`;

/** Runs a drill to its end. Its temporary folder is a new one, and named in the environment of all its programs. */
export function drill(root: string, options: DrillOptions = {}): Promise<Drilled> {
	const { server = 'redis', url, json = true, env = {}, path = PATH, onStart } = options;
	const folder = makeTree({});
	const environment = { PATH: path, HOME: root, TMPDIR: folder, ...COMPILED, ...env };
	const how = url === undefined ? ['--drill'] : ['--drill-url', url, '--drill-may-write'];
	const args = [BIN, 'verify', 'database', server, ...how, ...(json ? ['--json'] : [])];
	const child = spawn(process.execPath, args, { cwd: root, env: environment });
	let output = '';
	let answer = '';
	child.stdout.setEncoding('utf8').on('data', (text) => {
		answer += text;
	});
	child.stderr.setEncoding('utf8').on('data', (text) => {
		output += text;
	});
	onStart?.(child, folder);
	return new Promise((resolve, reject) => {
		child.on('error', reject);
		child.on('close', (status) => {
			const document = json && answer !== '' ? JSON.parse(answer) : { checks: [] };
			if (document.checks.length > 0) checkDocument(document);
			const checks: Check[] = document.checks.filter(({ id }: Check) => id.startsWith('drill.'));
			resolve({
				checks,
				statuses: Object.fromEntries(checks.map((check) => [check.id, check.status])),
				output: output + answer,
				status,
				left: readdirSync(folder),
				of: (id) => checks.find((check) => check.id === id) as Check,
			});
		});
	});
}

/**
 * The ids of processes that a drill started in a folder: it stands in their environment, and a server, which overwrites that with
 * its title, works in a folder below it.
 */
export function processesWith(folder: string): number[] {
	return readdirSync('/proc')
		.filter((name) => /^\d+$/.test(name))
		.map(Number)
		.filter((pid) => {
			try {
				if (pid === process.pid) return false;
				if (readFileSync(`/proc/${pid}/environ`, 'utf8').includes(folder)) return true;
				return readlinkSync(`/proc/${pid}/cwd`).startsWith(folder);
			} catch {
				return false;
			}
		});
}

function freePort(): Promise<number> {
	const probe = createServer();
	return new Promise((resolve) => {
		probe.listen(0, '127.0.0.1', () => {
			const { port } = probe.address() as { port: number };
			probe.close(() => resolve(port));
		});
	});
}

/** A server that is none of the drill's, for the time of a test. */
export async function startBystander(password = 'canary-bystander'): Promise<{
	port: number;
	address: string;
	ask: Connection['ask'];
	connections: () => Promise<number>;
}> {
	const port = await freePort();
	const dir = makeTree({});
	const settings = { port, bind: '127.0.0.1', dir, save: '', requirepass: password };
	const args = Object.entries(settings).flatMap(([name, value]) => [`--${name}`, String(value)]);
	const child = spawn('redis-server', args, { stdio: 'ignore' });
	const ended = new Promise((resolve) => child.once('exit', resolve));
	onTestFinished(async () => {
		child.kill('SIGKILL');
		await ended;
	});
	const address = `redis://:${password}@127.0.0.1:${port}`;
	const connection = await until('a server of the test', () =>
		connectTo(address).catch(() => null),
	);
	const { ask } = connection;
	onTestFinished(() => connection.close());
	const received = async () =>
		Number(/total_connections_received:(\d+)/.exec(String(await ask('INFO', 'stats')))?.[1]);
	const before = await received();
	return { port, address, ask, connections: async () => (await received()) - before };
}

/** The path of a program that this machine has. */
export function program(name: string): string {
	const found = findExecutable(name, process.env);
	if (!found) throw new Error(`There is no ${name} on PATH.`);
	return found;
}

/** A folder with programs of the given names, as shell scripts. */
export function scripts(texts: Record<string, string>): string {
	const folder = makeTree(texts);
	for (const name of Object.keys(texts)) chmodSync(join(folder, name), 0o755);
	return folder;
}
