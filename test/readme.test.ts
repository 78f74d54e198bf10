// The README, the pages of docs/, `--help` and the code say the same.
import { cpSync, readdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { blueprint as redis } from '../src/blueprints/redis.ts';
import { ERROR_CODES } from '../src/errors.ts';
import type { Facts } from '../src/model/facts.ts';
import { openQuestions } from '../src/plan/choices.ts';
import { serve } from './commands/verify/servers.ts';
import { flueEnvironment, makeSubject } from './commands/verify/subject.ts';
import { flue } from './program.ts';
import { makeTree } from './tree.ts';
import { makeRuntimes } from './values.ts';

const PAGES = ['README.md', ...readdirSync('docs').map((name) => `docs/${name}`)];
const page = (path: string): string => readFileSync(path, 'utf8');

/** Rows of a page's tables whose first cell is in code marks: [first, second, third cell]. */
function rows(text: string): string[][] {
	return [...text.matchAll(/^\| `([^`]+)` \|(.+)\|$/gm)].map(([, first = '', rest = '']) => [
		first,
		...rest.split('|').map((cell) => cell.trim()),
	]);
}

async function helpOptions(command: string): Promise<string[]> {
	const { stdout } = await flue([command, '--help'], { cwd: '.' });
	return [...stdout.matchAll(/^ {2}(-.+?)(?: {2,}|$)/gm)].map(([, option = '']) => option).sort();
}

it.each([
	['add', 'README.md'],
	['verify', 'docs/verify.md'],
	['list', 'docs/after-the-first-day.md'],
	['remove', 'docs/remove.md'],
	['mcp', 'docs/mcp.md'],
	['update', 'docs/update.md'],
	['apply', 'docs/plan-files.md'],
])('names every option of %s in %s as in --help', async (command, path) => {
	const listed = rows(page(path))
		.map(([option = '']) => option)
		.filter((option) => option.startsWith('-'))
		.sort();
	expect(listed).toEqual(await helpOptions(command));
});

it('names every error code with its exit status, in docs/errors.md and in `flue help errors`', async () => {
	const listed = rows(page('docs/errors.md')).filter(([code = '']) => code in ERROR_CODES);
	const known = Object.entries(ERROR_CODES).map(([code, { status, meaning }]) => [
		code,
		String(status),
		meaning,
	]);
	expect(listed).toEqual(known);
	const { stdout } = await flue(['help', 'errors'], { cwd: '.' });
	for (const [code = '', status = '', meaning = ''] of known)
		expect(stdout).toMatch(new RegExp(`  ${code} +${status}  ${meaning.replaceAll('.', '\\.')}`));
});

it('keeps the README to one sitting', () => {
	const text = page('README.md');
	expect(text.split('\n').length).toBeLessThanOrEqual(151);
	expect(text.split(/\s+/).length).toBeLessThan(1300);
});

it('has a flag for every question', async () => {
	const open = { options: [], from: '' };
	const facts = {
		target: open,
		packageManager: open,
		dbEntry: { value: { path: 'db.ts', text: '' }, from: '' },
		entryUse: null,
		runtimes: makeRuntimes({
			copies: ['2.1.0', '2.0.3'].map((version) => ({ path: version, version })),
		}),
	} as unknown as Facts;
	const options = { replace: false, reconnect: undefined, print: false } as Parameters<
		typeof openQuestions
	>[1];
	const questions = openQuestions(facts, options, {
		blueprint: redis,
		writtenBy: null,
		isToldOtherwise: false,
		state: 'other',
		render: () => '',
		reconnects: false,
	});
	const help = (await flue(['add', '--help'], { cwd: '.' })).stdout;
	expect(questions.map(({ id }) => id)).toEqual([
		'target',
		'package-manager',
		'replace',
		'align-runtime',
		'reconnect',
	]);
	for (const { flag } of questions) expect(help).toContain(flag.split(' ')[0]);
});

it.each(PAGES)('names only tests and folders that exist in %s', (name) => {
	for (const [, path = ''] of page(name).matchAll(/`((?:test|fixtures|src|templates)\/[\w./-]+)`/g))
		expect(() => readFileSync(path)).not.toThrow(/ENOENT/);
});

/** The words of somebody who has the package from the registry. */
function published(text: string): string {
	return text
		.replace(/`node \S*flue\.js /g, '`npx flue-blueprints ')
		.replace(/^\$ flue /, '$ npx flue-blueprints ');
}

/** What the command prints in a project that `flue init` has just made, both streams in their order. */
async function transcript(): Promise<string> {
	const cwd = makeTree({});
	cpSync('fixtures/projects/init-node/before', cwd, { recursive: true });
	renameSync(join(cwd, '_gitignore'), join(cwd, '.gitignore'));
	const { stdout, stderr } = await flue(['add', 'database', 'redis', '--no-install'], { cwd });
	const text = `$ flue add database redis --no-install\n${stderr}\n${stdout}`;
	return `\`\`\`text\n${published(text).replaceAll(cwd, '/home/you/my-agents').trimEnd()}\n\`\`\``;
}

/** What `verify` prints of the same project, with a server that evicts. */
async function verification(): Promise<string> {
	const { port } = await serve('redis', { 'maxmemory-policy': 'allkeys-lru', save: '' });
	const cwd = await makeSubject({
		url: `redis://localhost:${port}`,
		files: {
			'src/db.ts': (text) => text.replace(/^\/\/ With a listener[\s\S]*?\.unref\(\);\n/m, ''),
			'package.json': (text) => text.replace('--env-file=.env ', ''),
		},
	});
	const args = ['verify', 'database', '--server'];
	const { stdout } = await flue(args, { cwd, env: flueEnvironment() });
	const text = published(`$ flue ${args.join(' ')}\n${stdout}`)
		.replaceAll(`${port}`, '6379')
		// What depends on the machine.
		.replace(/(?<=Redis |Node )\d+\.\d+\.\d+/g, (version) =>
			version.startsWith('7.') ? '7.0.15' : '22.23.3',
		)
		.replace(/\d+ MiB used/, '1 MiB used');
	return `\`\`\`text\n${text.trimEnd()}\n\`\`\``;
}

it.each([
	['transcript', 'README.md', transcript],
	['verification', 'docs/verify.md', verification],
] as const)('shows a %s in %s that the program prints today', async (name, path, make) => {
	const shown = await make();
	const section = new RegExp(`(<!-- ${name} -->\n)([\\s\\S]*?)(\n<!-- /${name} -->)`);
	// `UPDATE_README=1 npx vitest run test/readme.test.ts` writes it.
	if (process.env.UPDATE_README === '1')
		writeFileSync(
			path,
			page(path).replace(section, (_, open, __, close) => open + shown + close),
		);
	else expect(section.exec(page(path))?.[2]).toBe(shown);
});
