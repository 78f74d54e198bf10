import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { findWorkspace, listedBy } from '../../../src/inspect/packages/workspace.ts';
import { makeTree } from '../../tree.ts';

const PROJECT = { 'apps/api/package.json': '{}' };

async function workspaceOf(files: Record<string, string>) {
	const top = makeTree({ '.git/': '', ...PROJECT, ...files });
	const { root, isMember, from, ignoredPnpmRoot } = await findWorkspace(join(top, 'apps/api'));
	const below = (path: string | null) => path?.slice(top.length);
	return { root: below(root), isMember, from, ignoredPnpmRoot: ignoredPnpmRoot && 'above' };
}

const MEMBER = { root: '', isMember: true, ignoredPnpmRoot: null };
const ALONE = { root: '/apps/api', isMember: false, from: 'package.json' };

describe('findWorkspace', () => {
	test.each([
		['a list', '{"workspaces":["apps/*"]}'],
		['an object', '{"workspaces":{"packages":["apps/*"],"nohoist":["x"]}}'],
		['a literal path', '{"workspaces":["apps/api"]}'],
		['a path that begins with ./ and ends in /', '{"workspaces":["./apps/*/"]}'],
		['a deep glob', '{"workspaces":["**"]}'],
		['a BOM', '\uFEFF{"workspaces":["apps/*"]}'],
	])('it finds workspaces given as %s', async (_, manifest) => {
		const found = await workspaceOf({ 'package.json': manifest });
		expect(found).toEqual({ ...MEMBER, from: '../../package.json' });
	});

	test('it reads pnpm-workspace.yaml', async () => {
		const yaml = "# ours\npackages:\n  - 'apps/*'\n  - '!apps/web'\n";
		const found = await workspaceOf({ 'pnpm-workspace.yaml': yaml });
		expect(found).toEqual({ ...MEMBER, from: '../../pnpm-workspace.yaml' });
	});

	test('it hands on the package.json of the workspace root', async () => {
		const top = makeTree({ ...PROJECT, 'package.json': '{"name":"top","workspaces":["apps/*"]}' });
		const { manifest } = await findWorkspace(join(top, 'apps/api'));
		expect(manifest?.name).toBe('top');
	});

	test('it leaves a folder alone that a negation takes out', async () => {
		const manifest = '{"workspaces":["apps/*","!apps/api"]}';
		expect(await workspaceOf({ 'package.json': manifest })).toMatchObject(ALONE);
	});

	test('it does not take a parent without workspaces for a workspace', async () => {
		expect(await workspaceOf({ 'package.json': '{"name":"top"}' })).toMatchObject(ALONE);
	});

	test('it never looks above the git root', async () => {
		const files = { 'package.json': '{"workspaces":["apps/*"]}', 'apps/api/.git': 'gitdir: ../x' };
		expect(await workspaceOf(files)).toMatchObject(ALONE);
	});

	test('it knows a pnpm workspace above that does not list the project, because pnpm would install that', async () => {
		const found = await workspaceOf({ 'pnpm-workspace.yaml': 'packages: [libs/*]\n' });
		expect(found).toEqual({ ...ALONE, ignoredPnpmRoot: 'above' });
	});

	test('it takes a pnpm-workspace.yaml with settings alone for a workspace of one', async () => {
		const found = await workspaceOf({
			'pnpm-workspace.yaml': 'onlyBuiltDependencies: [esbuild]\n',
		});
		expect(found).toEqual({ ...ALONE, ignoredPnpmRoot: 'above' });
	});

	test('it finds the outer workspace when a folder between is a package too', async () => {
		const found = await workspaceOf({
			'package.json': '{"workspaces":["apps/*"]}',
			'apps/package.json': '{"name":"between"}',
		});
		expect(found).toMatchObject(MEMBER);
	});

	test.each([
		['pnpm-workspace.yaml', 'packages: [a\n  canary: }', 'YAML: see line 1, column 12.'],
		['package.json', '{"workspaces":["canary",}', 'JSON: see line 1, column 25.'],
	])(
		'it refuses a %s above that cannot be parsed, and quotes nothing of it',
		async (path, text, end) => {
			const error = await workspaceOf({ [path]: text }).catch((one) => one);
			expect(error).toMatchObject({ code: 'UNREADABLE_PROJECT', cause: undefined });
			expect(error.message.endsWith(end), error.message).toBe(true);
			expect(error.message).not.toContain('canary');
		},
	);
});

describe('listedBy', () => {
	test.each<[string[], boolean]>([
		[['packages/*'], true],
		[['packages/**'], true],
		[['packages'], false],
		[['packages/{a,b}'], true],
		[['!packages/a', 'packages/*'], false],
		[['*'], false],
		[[], false],
	])('it judges %j', (globs, expected) => {
		expect(listedBy(globs)('packages/a')).toBe(expected);
	});

	test('it lists a dot folder that is named in full', () => {
		expect(listedBy(['.flue'])('.flue')).toBe(true);
	});
});
