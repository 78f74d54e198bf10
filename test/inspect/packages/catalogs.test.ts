// What `catalog:` stands for, in each form in which pnpm, Yarn and bun let it be written.
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { blueprint as redis } from '../../../src/blueprints/redis.ts';
import { detectRuntime } from '../../../src/inspect/flue/runtime-version.ts';
import { catalogEntry, readCatalogs } from '../../../src/inspect/packages/catalogs.ts';
import { readPackageFact } from '../../../src/inspect/packages/packages.ts';
import { findProject } from '../../../src/inspect/project.ts';
import { checkClient } from '../../../src/plan/client.ts';
import { makeTree } from '../../tree.ts';

const WORKSPACES = '"name":"top","workspaces":["apps/*"]';

const FORMS: Record<string, [file: string, text: string, spec: string]> = {
	'pnpm, block': [
		'pnpm-workspace.yaml',
		'packages: [apps/*]\ncatalog:\n  redis: ^4.7.0\n',
		'catalog:',
	],
	'pnpm, quoted': ['pnpm-workspace.yaml', 'catalog:\n  "redis": "^4.7.0" # old\n', 'catalog:'],
	'pnpm, flow': ['pnpm-workspace.yaml', 'catalog: { redis: ^4.7.0, hono: ^4.0.0 }\n', 'catalog:'],
	'pnpm, an anchor': [
		'pnpm-workspace.yaml',
		'x: &old ^4.7.0\ncatalog:\n  redis: *old\n',
		'catalog:',
	],
	'pnpm, a merge': [
		'pnpm-workspace.yaml',
		'x: &old\n  redis: ^4.7.0\ncatalog:\n  <<: *old\n',
		'catalog:',
	],
	'pnpm, on the next line': ['pnpm-workspace.yaml', 'catalog:\n  redis:\n    ^4.7.0\n', 'catalog:'],
	'pnpm, by name': ['pnpm-workspace.yaml', 'catalogs:\n  old:\n    redis: ^4.7.0\n', 'catalog:old'],
	'pnpm, default by name': [
		'pnpm-workspace.yaml',
		'catalogs: {default: {redis: ^4.7.0}}\n',
		'catalog:',
	],
	'pnpm, a number': ['pnpm-workspace.yaml', 'catalog:\n  redis: 4\n', 'catalog:default'],
	yarn: ['.yarnrc.yml', 'nodeLinker: node-modules\ncatalog:\n  redis: ^4.7.0\n', 'catalog:'],
	'yarn, by name': ['.yarnrc.yml', 'catalogs:\n  old:\n    redis: npm:^4.7.0\n', 'catalog:old'],
	'bun, in workspaces': [
		'package.json',
		'{"workspaces":{"packages":["apps/*"],"catalog":{"redis":"^4.7.0"}}}',
		'catalog:',
	],
	'bun, in workspaces, by name': [
		'package.json',
		'{"workspaces":{"packages":["apps/*"],"catalogs":{"old":{"redis":"^4.7.0"}}}}',
		'catalog:old',
	],
	'bun, beside them': ['package.json', `{${WORKSPACES},"catalog":{"redis":"^4.7.0"}}`, 'catalog:'],
};

function member(file: string, text: string, dependencies: object) {
	const boundary = makeTree({
		'package.json': `{${WORKSPACES}}`,
		[file]: text,
		'apps/api/package.json': JSON.stringify({ dependencies }),
	});
	return { ...findProject(join(boundary, 'apps/api')), boundary };
}

describe.each(Object.entries(FORMS))('%s', (_, [file, text, spec]) => {
	test('a client that is too old is refused as if it were written plainly', async () => {
		const project = member(file, text, { redis: spec });
		const catalogs = await readCatalogs(project);
		const client = readPackageFact({ ...project, catalogs }, 'redis');
		expect(client.declared).toMatchObject({ range: spec, catalog: { from: `../../${file}` } });
		const adapter = readPackageFact(project, '@flue/redis');
		const packageManager = { value: 'pnpm' as const, from: 'a test' };
		const check = () =>
			checkClient(
				{ line: { value: '2.x', from: 'a test' }, packages: { adapter, client } },
				{ blueprint: redis, packageManager, adapter: undefined },
			);
		expect(check).toThrow(`package.json declares redis ${spec} (`);
		expect(check).toThrow(/is older than the adapter works with/);
	});
});

test('the runtime of a catalog decides the line', async () => {
	const yaml = 'catalog: {\n  "@flue/runtime": 1.0.0-beta.9 }\n';
	const project = member('pnpm-workspace.yaml', yaml, { '@flue/runtime': 'catalog:' });
	const { line, runtime } = detectRuntime({ ...project, catalogs: await readCatalogs(project) });
	expect({ line: line.value, runtime }).toEqual({
		line: '1.0-beta',
		runtime: { value: '1.0.0-beta.9', from: '../../pnpm-workspace.yaml' },
	});
});

test('a catalog without the package, and one of another name, say nothing', async () => {
	const project = member('.yarnrc.yml', 'catalog:\n  hono: ^4.0.0\n', {});
	const catalogs = await readCatalogs(project);
	for (const spec of ['catalog:', 'catalog:old', '^5.0.0'])
		expect(catalogEntry(catalogs, 'redis', spec)).toBeNull();
	expect(catalogEntry(catalogs, 'toString', 'catalog:')).toBeNull();
});

test('a file that is no YAML is refused by line, and only where it has catalogs', async () => {
	const broken = member('.yarnrc.yml', 'catalog: [\n  secret\n', {});
	await expect(readCatalogs(broken)).rejects.toMatchObject({
		code: 'UNREADABLE_PROJECT',
		message: expect.not.stringContaining('secret'),
	});
	expect(await readCatalogs(member('.yarnrc.yml', 'other: [\n', {}))).toEqual([]);
});
