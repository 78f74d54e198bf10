import { mkdirSync, realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Start } from '../../src/model/start.ts';
import { readStart } from '../../src/package/start.ts';
import { addToTree, makeTree } from '../tree.ts';

const FILE = 'node_modules/flue-blueprints/bin/flue-blueprints.js';
/** As npm 11, pnpm 10, Yarn 1 and 4 and Bun 1.4 say who they are. */
const NPM = 'npm/11.19.1 node/v22.23.3 linux x64 workspaces/false';

/** How the program starts in the folder `work` of a new tree. */
function startOf(
	file: string,
	environment: Record<string, string> = {},
	files: Record<string, string> = {},
): Start {
	const root = makeTree({ 'work/': '', ...files });
	addToTree(root, { [file]: '' });
	const path = (environment.PATH ?? '').replaceAll('ROOT', root);
	return readStart({
		file: join(root, file),
		folder: join(root, 'work'),
		environment: { ...environment, PATH: path },
	});
}

describe('readStart', () => {
	const linked = { 'node_modules/.bin/flue-blueprints': '' };

	it('knows an install of the project, or of a folder above', () => {
		expect(startOf(FILE, { npm_config_user_agent: NPM }, linked)).toEqual({
			name: 'flue-blueprints',
			way: 'installed',
			said: ['flue-blueprints'],
			manager: { name: 'npm', yarnIsBerry: null },
		});
		const unplugged = '.yarn/unplugged/flue-blueprints-npm-0.1.0-0/';
		expect(startOf(unplugged + FILE).way).toBe('installed');
	});

	it.each([
		['npx', 'cache/_npx/45ade90d7560e159/', NPM],
		['pnpm dlx', 'cache/pnpm/dlx/4c88/1a21e-28fc/', 'pnpm/10.34.9 npm/? node/v22.23.3 linux x64'],
		[
			'yarn dlx',
			'xfs-fe7cf169/dlx-10701/.yarn/unplugged/a-npm-0.1.0/',
			'yarn/4.18.1 npm/? node/v22 linux x64',
		],
		['nub dlx', 'tmp/nub-dlx-Wy_J44/', 'nub/0.9.2 npm/? node/v22.23.3 linux x64'],
		['bunx', 'cache/.bunx-0/flue-blueprints@latest/', 'bun/1.4.5 npm/? node/v26.3.0 linux x64'],
	])('knows what %s fetches', (_, folder, agent) => {
		const { way, said, manager } = startOf(folder + FILE, { npm_config_user_agent: agent });
		expect({ way, said }).toEqual({ way: 'fetched', said: ['flue-blueprints'] });
		expect(manager?.name).toBe(agent.split('/')[0]);
	});

	it('knows nub in a project of pnpm, whose manager it names first', () => {
		const agent = 'pnpm/11.3.0 nub/0.9.2 node/v22.23.3 linux x64';
		expect(startOf(FILE, { npm_config_user_agent: agent }, linked).manager?.name).toBe('nub');
	});

	it('repeats what npx was told to fetch', () => {
		const note = { 'c/_npx/1/package.json': '{ "_npx": { "packages": ["file:/a b.tgz"] } }' };
		expect(startOf(`c/_npx/1/${FILE}`, {}, note).said).toEqual(['file:/a b.tgz']);
	});

	it('tells the two Yarns apart, and takes no other word for a manager', () => {
		const managerOf = (agent: string) => startOf(FILE, { npm_config_user_agent: agent }).manager;
		expect(managerOf('yarn/1.22.22 npm/? node/v22')).toEqual({ name: 'yarn', yarnIsBerry: false });
		expect(managerOf('yarn/4.18.1 npm/? node/v22')).toEqual({ name: 'yarn', yarnIsBerry: true });
		expect(['deno/2.0', 'x', ''].map(managerOf)).toEqual([null, null, null]);
	});

	it('is typed by its name where a folder of PATH has it', () => {
		const path = { PATH: '/nowhere:ROOT/bin' };
		expect(startOf('bin/flue-blueprints', path)).toMatchObject({
			name: 'flue-blueprints',
			way: 'direct',
			said: ['flue-blueprints'],
		});
		expect(startOf('bin/flue', path)).toMatchObject({ name: 'flue', said: ['flue'] });
		// A script of pnpm's, which runs the file itself.
		expect(startOf(`global/5/${FILE}`, path, { 'bin/flue-blueprints': '' })).toMatchObject({
			way: 'direct',
			said: ['flue-blueprints'],
		});
		// An installed copy that is started by its path, where no folder of PATH knows the name.
		expect(startOf(`global/5/${FILE}`)).toMatchObject({
			way: 'direct',
			said: ['node', `../global/5/${FILE}`],
		});
	});

	it('is a file for Node where it was started as one, by the shorter of two ways', () => {
		expect(startOf('tool/bin/flue.js')).toMatchObject({
			name: 'flue',
			way: 'direct',
			said: ['node', '../tool/bin/flue.js'],
		});
		const root = makeTree({ 'a.js': '' });
		const folder = join(
			root,
			'one/two/three/four/five/six/seven/eight/nine/ten/eleven/twelve/more',
		);
		mkdirSync(folder, { recursive: true });
		const deep = join(folder, 'and/one/two/three/four/five');
		expect(readStart({ file: join(root, 'a.js'), folder: deep, environment: {} }).said).toEqual([
			'node',
			join(root, 'a.js'),
		]);
	});

	it('follows the links of npm', () => {
		const root = makeTree({ [FILE]: '', 'node_modules/.bin/': '', 'work/': '' });
		const link = join(root, 'node_modules/.bin/flue-blueprints');
		symlinkSync(`../../${FILE}`, link);
		const folder = join(root, 'work');
		expect(readStart({ file: link, folder, environment: {} }).way).toBe('installed');
		// From a folder that has none above it, it is no install to be named.
		const elsewhere = realpathSync(makeTree({}));
		expect(readStart({ file: link, folder: elsewhere, environment: {} })).toMatchObject({
			way: 'direct',
			said: ['node', relative(elsewhere, link)],
		});
	});

	it('never fails', () => {
		const gone = { file: '/no/such/file', folder: '/no/such', environment: {} };
		expect(readStart(gone)).toMatchObject({ way: 'direct', said: ['node', 'file'] });
		const root = makeTree({ 'c/_npx/1/': '' });
		const file = join(root, 'c/_npx/1', FILE);
		mkdirSync(dirname(file), { recursive: true });
		writeFileSync(file, '');
		writeFileSync(join(root, 'c/_npx/1/package.json'), '{ broken');
		expect(readStart({ file, folder: root, environment: {} }).said).toEqual(['flue-blueprints']);
	});
});
