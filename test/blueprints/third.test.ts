// A third database is three places, as CONTRIBUTING.md has them: the program is built with Redict, and everything follows.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { BLUEPRINTS } from '../../src/blueprints/index.ts';
import type { Check } from '../../src/model/verification.ts';
import { offered } from '../commands/completion/offered.ts';
import { copySources, runIn } from '../copy.ts';
import { node22 } from '../node22.ts';
import { OLDER_DIFF } from '../plan/update/corpus.ts';
import { cleanEnvironment, flue, type Ran } from '../program.ts';
import { PROJECT } from '../project.ts';
import { readSchema } from '../schema.ts';
import { makeTree, readTree } from '../tree.ts';

/** What Redict 7.3.6 of Debian says of itself. */
const DATA = `// The Redict blueprint: data only. Redict speaks the Redis protocol, so the adapter and the client are the same.
import type { Blueprint } from '../model/blueprint.ts';
import { blueprint as redis } from './redis.ts';

export const blueprint: Blueprint = {
	...redis,
	name: 'redict',
	version: 2,
	changes: [{ version: 2, diff: ${JSON.stringify(OLDER_DIFF)} }],
	title: 'Redict',
	description: 'Durable, shared state in a standalone or single-shard Redict server',
	variable: 'REDICT_URL',
	template: 'database/redict.ts',
	server: {
		program: 'redict-server',
		install: 'Install it: \`apt-get install redict-server\`, or https://redict.io.',
		versionLine: 'redict_version',
		helloName: 'redict',
		oldest: '7.3',
		kin: [],
	},
};
`;
const BEFORE = BLUEPRINTS.map(({ name }) => name);
const NAMES = ['redict', ...BEFORE].sort();
const SURFACE = 'docs/public-surface.md';
/** For what hangs: a copy is built in seconds. */
const PATIENCE = 600_000;
const FIXTURE = 'fixtures/projects/init-node-redict';

let root = '';
const inCopy = (path: string): string => join(root, path);
const read = (path: string): string => readFileSync(inCopy(path), 'utf8');

function write(path: string, text: string): void {
	mkdirSync(dirname(inCopy(path)), { recursive: true });
	writeFileSync(inCopy(path), text);
}

/** The third place, as a contributor makes it: from the fixture of another database. */
function writeFixture(): void {
	const other = 'fixtures/projects/init-node-valkey';
	cpSync(inCopy(`${other}/before`), inCopy(`${FIXTURE}/before`), { recursive: true });
	write(
		`${FIXTURE}/case.json`,
		read(`${other}/case.json`).replace('"valkey"', '"redict"').replace('Valkey', 'Redict'),
	);
}

function vitest(args: string[], environment: Record<string, string> = {}): Promise<void> {
	return runIn(root, ['npx', 'vitest', 'run', '--maxWorkers=1', ...args], environment);
}

function redictFlue(args: string[], cwd: string, env = cleanEnvironment()): Promise<Ran> {
	return flue(args, { cwd, env, bin: inCopy('bin/flue.js') });
}

async function documentOf(args: string[], cwd: string, env = cleanEnvironment()) {
	const document = JSON.parse((await redictFlue([...args, '--json'], cwd, env)).stdout);
	readSchema(inCopy('dist/output.schema.json'))(document);
	return document;
}

beforeAll(async () => {
	root = copySources();
	write('src/blueprints/redict.ts', DATA);
	const template = read('templates/database/redis.ts').replace('REDIS_URL', 'REDICT_URL');
	write('templates/database/redict.ts', template);
	writeFixture();
	// The commands of CONTRIBUTING.md.
	await runIn(root, ['npm', 'run', 'surface']);
	await vitest(['test/fixtures.test.ts', '-t', 'redict'], { UPDATE_FIXTURES: '1' });
	return () => rmSync(root, { recursive: true, force: true });
}, PATIENCE);

describe('the repository with a third database', { timeout: PATIENCE }, () => {
	it('has a fixture that the program wrote', () => {
		const [marker, ...lines] = read(`${FIXTURE}/after/src/db.ts`).split('\n');
		expect(marker).toBe('// flue-blueprint: database/redict@2');
		expect(lines.join('\n')).toContain('process.env.REDICT_URL');
		expect(read(`${FIXTURE}/after/.env`)).toMatch(/^REDICT_URL=("")?$/m);
	});

	it('has the name in the list of the public surface', () => {
		const names = (all: string[]): string => all.map((name) => `"${name}"`).join(' | ');
		const before = readFileSync(SURFACE, 'utf8');
		expect(read(SURFACE)).toBe(before.replaceAll(names(BEFORE), names(NAMES)));
		expect(read(SURFACE)).not.toBe(before);
	});

	it('is accepted by the types, and by the tests that go through fixtures and blueprints', async () => {
		write('tsconfig.src.json', '{ "extends": "./tsconfig.json", "include": ["src"] }\n');
		await runIn(root, ['npx', 'tsc', '-p', 'tsconfig.src.json']);
		const files = ['fixtures', 'blueprints/index', 'terminal/json', 'terminal/report', 'bin'];
		await vitest([
			...files.map((name) => `test/${name}.test.ts`),
			'test/package/template.test.ts',
			'test/terminal/agent-help.test.ts',
			'-t',
			'redict|BLUEPRINTS|every blueprint|the blueprints|fit a terminal',
			'--reporter=json',
			'--outputFile=report.json',
		]);
		const { testResults } = JSON.parse(read('report.json'));
		const passed = testResults.flatMap(
			({ assertionResults }: { assertionResults: { status: string; title: string }[] }) =>
				assertionResults.filter(({ status }) => status === 'passed').map(({ title }) => title),
		);
		expect(passed).toEqual(
			expect.arrayContaining([
				"'does the same for Redict' ('init-node-redict')",
				'has the blueprint of every file, under the name of the file',
				'has no two with the same name, variable or server',
				"'redict' stands in no other file of src",
				'finds every blueprint by its kind and name',
				"knows every blueprint: 'redict'",
				'follows the schema, with every blueprint',
				'hold every blueprint and every error code, aligned',
				"the template of 'redict' is valid TypeScript with line feeds alone",
				'lists the blueprints, as a table and as JSON',
				'prints a text of under 60 lines that fit a terminal',
			]),
		);
	});
});

describe('the program with a third database', { timeout: PATIENCE }, () => {
	it('lists it, and names it in its help', async () => {
		const cwd = makeTree({});
		const list = await documentOf(['add', 'database'], cwd);
		expect(list.blueprints.map(({ name }: { name: string }) => name)).toEqual(NAMES);
		const help = (await redictFlue(['add', '--help'], cwd)).stdout;
		expect(help).toContain('its name: redict or redis or valkey');
		const agent = (await redictFlue(['help', 'agent'], cwd)).stdout;
		expect(agent).toContain('`redict` or `valkey` instead of `redis` for Redict or Valkey:');
	});

	it('adds it to a project, and changes nothing the second time', async () => {
		const cwd = makeTree(PROJECT);
		const args = ['add', 'database', 'redict', '--no-install'];
		expect(await documentOf(args, cwd)).toMatchObject({
			status: 'applied',
			blueprint: { kind: 'database', name: 'redict', version: 2 },
		});
		const written = readTree(cwd);
		expect(written['src/db.ts']).toMatch(/^\/\/ flue-blueprint: database\/redict@2\n/);
		expect(written['.env']).toContain('REDICT_URL=');
		expect(await documentOf(args, cwd)).toMatchObject({ status: 'unchanged', steps: [] });
		expect(readTree(cwd)).toEqual(written);
		const other = await documentOf(['add', 'database', 'valkey', '--no-install'], cwd);
		expect(other.error.hint + other.error.message).toContain('the one of the redict blueprint');
	});

	it('updates an older one: merged where it can be, asked where it cannot, undone where it fails', async () => {
		const cwd = makeTree(PROJECT);
		await documentOf(['add', 'database', 'redict', '--no-install'], cwd);
		const path = join(cwd, 'src/db.ts');
		const today = readFileSync(path, 'utf8');
		const older = today
			.replace('redict@2', 'redict@1')
			.replace('const results = await multi.exec();', 'return multi.exec();')
			.replace(/^ *(?:for \(const result of.*|return results;)\n/gm, '')
			.replace('client.close()', 'client.quit()');
		const mine = (text: string) => text.replace('REDICT_URL', 'OUR_URL');
		writeFileSync(path, mine(older));
		const [listed] = (await documentOf(['list'], cwd)).projects;
		// The name of the variable is one of its options.
		expect(listed).toMatchObject({ state: 'unchanged', updates: [{ from: '1', to: '2' }] });
		expect(await documentOf(['update', 'database'], cwd)).toMatchObject({ status: 'applied' });
		expect(readFileSync(path, 'utf8')).toBe(mine(today));
		expect(await documentOf(['update', 'database'], cwd)).toMatchObject({ status: 'unchanged' });
		const collided = older.replace('client.quit()', 'client.destroy()');
		writeFileSync(path, collided);
		const asked = await documentOf(['update', 'database', 'redict'], cwd);
		expect(asked.error).toMatchObject({
			code: 'NEEDS_ANSWER',
			message: expect.stringContaining('line '),
			hint: expect.stringMatching(/--theirs.*--ours.*--conflicts/),
		});
		expect(readFileSync(path, 'utf8')).toBe(collided);
		const plan = join(makeTree({}), 'plan.json');
		await documentOf(['update', 'database', '--ours', '--plan-out', plan], cwd);
		expect(await documentOf(['apply', plan], cwd)).toMatchObject({ status: 'applied' });
		expect(readTree(cwd)).toMatchObject({ 'src/db.ts': today, 'src/db.ts.bak': collided });
		const wrapped = collided
			.replace('export default redis({', 'const runner = {')
			.replace(/\}\);\n$/, '};\n\nexport default redis({ ...runner });\n');
		writeFileSync(path, wrapped);
		const unsound = await documentOf(['update', 'database', '--ours'], cwd);
		expect(unsound.error).toMatchObject({
			code: 'MERGE_UNSOUND',
			message: expect.stringContaining('Nothing was changed'),
			hint: expect.stringContaining('--replace'),
		});
		expect(readFileSync(path, 'utf8')).toBe(wrapped);
		writeFileSync(path, collided);
		const marked = await documentOf(['update', 'database', '--conflicts'], cwd);
		expect(marked.warnings).toContainEqual(expect.objectContaining({ code: 'MERGE_MARKED' }));
		expect(readFileSync(path, 'utf8')).toContain('<<<<<<< yours');
		const broken = await documentOf(['update', 'database'], cwd);
		expect(broken.error).toMatchObject({ code: 'UNREADABLE_PROJECT' });
	});

	it.each(['bash', 'zsh', 'fish'] as const)('offers it in %s', async (shell) => {
		const cwd = makeTree({});
		const script = (await redictFlue(['completion', shell], cwd)).stdout;
		const lines = ['flue add database ', 'flue verify database ', 'flue add database redi'];
		expect(await offered(shell, script, { lines, cwd })).toEqual({
			'flue add database ': NAMES,
			'flue verify database ': NAMES,
			'flue add database redi': ['redict', 'redis'],
		});
	});

	it('verifies it, and looks for its server to drill on', async () => {
		const cwd = makeTree(PROJECT);
		await documentOf(['add', 'database', 'redict', '--no-install'], cwd);
		const of = async (args: string[], id: string, env = cleanEnvironment()) => {
			const { checks } = await documentOf(['verify', 'database', ...args], cwd, env);
			return checks.find((check: Check) => check.id === id);
		};
		expect(await of(['redict'], 'project.blueprint')).toMatchObject({ status: 'pass' });
		expect(await of([], 'project.text')).toMatchObject({ status: 'pass' });
		expect(await of(['valkey'], 'project.blueprint')).toMatchObject({ status: 'fail' });
		const serverless = cleanEnvironment({ PATH: dirname(node22()) });
		expect(await of(['--drill'], 'drill.server', serverless)).toMatchObject({
			status: 'fail',
			message:
				'There is neither redict-server nor redis-server nor valkey-server on PATH for a throwaway server.',
			hint: expect.stringContaining('apt-get install redict-server'),
		});
	});
});
