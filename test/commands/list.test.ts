// What `flue list` says of real folders: what was added, what was changed by hand since, what could be updated, each member.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flue } from '../program.ts';
import { checkDocument } from '../schema.ts';
import { makeTree, readTree } from '../tree.ts';

const MANIFEST = JSON.stringify({ dependencies: { '@flue/runtime': '2.0.3' } });
const PROJECT = { 'package.json': MANIFEST, '.env': '' };

async function listed(cwd: string, exit = 0) {
	const before = readTree(cwd);
	const { stdout, status } = await flue(['list', '--json'], { cwd });
	const document = JSON.parse(stdout);
	checkDocument(document);
	expect({ status, tree: readTree(cwd) }).toEqual({ status: exit, tree: before });
	return document;
}

it('tells what was added, and that it was changed by hand since', async () => {
	const cwd = makeTree(PROJECT);
	expect((await listed(cwd)).projects).toMatchObject([{ state: 'none', blueprint: null }]);
	await flue(['add', 'database', 'valkey', '--no-install', '--reconnect', '--yes'], { cwd });
	const [project] = (await listed(cwd)).projects;
	expect(project).toEqual({
		root: cwd,
		dbEntry: 'db.ts',
		blueprint: { kind: 'database', name: 'valkey', version: 1 },
		state: 'unchanged',
		variable: 'VALKEY_URL',
		adapter: { declared: '2.0.3', installed: null },
		updates: [],
		agentsFile: null,
	});
	const entry = join(cwd, 'db.ts');
	const text = readFileSync(entry, 'utf8');
	writeFileSync(entry, `${text}\nclient.on('end', () => {});\n`);
	expect((await listed(cwd)).projects).toMatchObject([{ state: 'edited' }]);
	writeFileSync(entry, text.replace('@1', '@0'));
	expect(await listed(cwd)).toMatchObject({
		// Nobody knows what stood there: it cannot be merged.
		projects: [{ state: 'unknown', updates: [] }],
		next: null,
	});
	const { stdout } = await flue(['list'], { cwd });
	expect(stdout).toContain('database/valkey@0 (written by another version of the blueprint)');
	writeFileSync(entry, text.slice(text.indexOf('\n') + 1));
	expect(await listed(cwd)).toMatchObject({
		projects: [
			{
				state: 'foreign',
				blueprint: null,
				updates: [{ what: 'blueprint', from: 'no marker', to: '1' }],
			},
		],
		next: { command: expect.stringContaining('update database --cwd') },
	});
});

it('says which line of the entry does not parse, and `update` refuses it with the same words', async () => {
	const cwd = makeTree(PROJECT);
	await flue(['add', 'database', 'redis', '--no-install', '--yes'], { cwd });
	const entry = join(cwd, 'db.ts');
	const text = readFileSync(entry, 'utf8');
	writeFileSync(entry, text.replace('close: () => client.close(),', 'close: () => client.close('));
	const line = text.slice(0, text.indexOf('close: ()')).split('\n').length + 1;
	const error = { code: 'UNREADABLE_PROJECT' };
	const { projects } = await listed(cwd, 1);
	expect(projects).toMatchObject([
		{ state: 'unreadable', dbEntry: 'db.ts', blueprint: { name: 'redis' }, updates: [], error },
	]);
	expect(projects[0].error.message).toContain(`db.ts:${line} does not parse`);
	const said = await flue(['list'], { cwd });
	expect(said.stdout).toMatch(
		/database\/redis@1 \(could not be read\)[\s\S]*error +UNREADABLE_PROJECT/,
	);
	const before = readTree(cwd);
	const ran = await flue(['update', 'database', '--yes', '--json'], { cwd });
	expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'failed', error: projects[0].error });
	expect(readTree(cwd)).toEqual(before);
});

it('knows what it wrote below a licence of the user, and updates nothing there', async () => {
	const cwd = makeTree(PROJECT);
	const add = ['add', 'database', 'redis', '--no-install', '--yes', '--json'];
	await flue(add, { cwd });
	const entry = join(cwd, 'db.ts');
	writeFileSync(entry, `// our header\n${readFileSync(entry, 'utf8')}`);
	const before = readTree(cwd);
	expect((await listed(cwd)).projects).toMatchObject([
		{ state: 'unchanged', blueprint: { name: 'redis', version: 1 }, updates: [] },
	]);
	for (const args of [add, ['update', 'database', '--yes', '--json']]) {
		const { stdout } = await flue(args, { cwd });
		expect(JSON.parse(stdout)).toMatchObject({ status: 'unchanged' });
	}
	expect(readTree(cwd)).toEqual(before);
});

it('names the copy of the adapter that another build put into vendor/', async () => {
	const cwd = makeTree(PROJECT);
	const add = ['add', 'database', 'redis', '--adapter', 'vendored', '--no-install', '--yes'];
	await flue(add, { cwd });
	expect((await listed(cwd)).projects).toMatchObject([{ updates: [] }]);
	const path = join(cwd, 'package.json');
	const old = 'file:vendor/flue-redis-2.0.0-00000000.tgz';
	writeFileSync(path, readFileSync(path, 'utf8').replace(/file:vendor\/[^"]+/, old));
	const { projects, next } = await listed(cwd);
	expect(projects).toMatchObject([{ updates: [{ what: 'adapter', from: old }] }]);
	expect(next.command).toContain('update database redis --cwd');
});

it('lists the members of a workspace, those that cannot be read too', async () => {
	const cwd = makeTree({
		'package.json': JSON.stringify({ workspaces: ['apps/*'] }),
		'apps/agents/package.json': MANIFEST,
		'apps/broken/package.json': '{',
		'apps/web/package.json': '{}',
	});
	const member = join(cwd, 'apps/agents');
	await flue(['add', 'database', 'redis', '--no-install', '--yes'], { cwd: member });
	const { projects } = await listed(cwd, 1);
	expect(projects.map(({ state }: { state: string }) => state)).toEqual([
		'unchanged',
		'unreadable',
	]);
	expect(projects).toMatchObject([{ root: member }, { error: { code: 'UNREADABLE_PROJECT' } }]);
});

it.each([
	['no project', {}, [], 'NOT_A_PROJECT', 1],
	['no Flue', { 'package.json': '{}' }, [], 'NOT_FLUE', 1],
	['a name', PROJECT, ['database'], 'BAD_USAGE', 2],
] as const)('refuses where there is %s', async (_, files, words, code, exit) => {
	const cwd = makeTree(files);
	const { stdout, status } = await flue(['list', ...words, '--json'], { cwd });
	const document = JSON.parse(stdout);
	checkDocument(document);
	expect(document).toMatchObject({ command: 'list', status: 'failed', error: { code } });
	expect(status).toBe(exit);
});
