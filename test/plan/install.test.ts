import { describe, expect, test } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import type { AdapterCopy, FlueLine, PackageFact } from '../../src/model/facts.ts';
import type { PackageManager } from '../../src/model/request.ts';
import { type InstallFacts, planInstall } from '../../src/plan/install.ts';
import { refusalOf } from '../refusal.ts';
import { RUNTIME_AS_IT_IS } from '../values.ts';

type Declared = NonNullable<PackageFact['declared']>;

interface Scene {
	manager?: PackageManager;
	line?: FlueLine;
	runtime?: string | null;
	adapter?: { declared?: string; field?: Declared['field']; installed?: string };
	client?: { declared?: string; field?: Declared['field']; installed?: string };
	spec?: string;
	/** As in `Choices`. */
	chosen?: string;
	copy?: AdapterCopy;
	install?: boolean;
	wasKilled?: boolean;
	facts?: Partial<InstallFacts>;
}

function fact(name: string, given: Scene['client'] = {}): PackageFact {
	const { declared: range, field = 'dependencies', installed = null } = given;
	return { name, declared: range === undefined ? null : { range, field }, installed };
}

function plan(scene: Scene = {}) {
	const { manager = 'npm', line = '2.x' } = scene;
	const { runtime = line === '2.x' ? '2.0.3' : '1.0.0-beta.9' } = scene;
	const facts: InstallFacts = {
		root: '/app',
		boundary: '/app',
		line: { value: line, from: 'package.json' },
		runtime: runtime === null ? null : { value: runtime, from: 'node_modules' },
		packages: { adapter: fact('@flue/redis', scene.adapter), client: fact('redis', scene.client) },
		foreignManager: null,
		managerTraits: { yarnIsBerry: null, ignoresWorkspace: false, pnpmMajor: null },
		...scene.facts,
	};
	const packageManager = { value: manager, from: 'a test' };
	const choices = {
		blueprint: redis,
		packageManager,
		adapter: scene.chosen,
		copy: scene.copy ?? null,
	};
	return planInstall(facts, {
		choices,
		options: { install: scene.install ?? true },
		adapter: scene.spec,
		runtime: RUNTIME_AS_IT_IS,
		...(scene.wasKilled === undefined ? {} : { wasKilled: scene.wasKilled }),
	});
}

const INSTALLED = { declared: '2.0.3', installed: '2.0.3' };
const CLIENT = { declared: '^5.12.1', installed: '5.12.1' };

describe('what goes into package.json', () => {
	test('it is the adapter at the version of the runtime, and the client', () => {
		expect(plan().manifest).toEqual([
			{ name: '@flue/redis', spec: '2.0.3' },
			{ name: 'redis', spec: '^5.12.1' },
		]);
	});

	// The numbers of the framework's own repository.
	test.each([
		['1.0.0-beta.5', '1.0.0-beta.3'],
		['1.0.0-beta.7', '1.0.0-beta.3'],
		['1.0.0-beta.9', '1.0.0-beta.9'],
	])('it is the release that was made for the runtime %s', (runtime, spec) => {
		const { manifest, warnings } = plan({ line: '1.0-beta', runtime });
		expect(manifest[0]).toEqual({ name: '@flue/redis', spec });
		expect(warnings).toEqual([]);
	});

	test.each(['1.0.0-beta.6', '1.0.0-beta.8', '1.0.0-beta.9-own.2'])(
		'there is no release for %s, and the way out is named',
		(runtime) => {
			const scene = { line: '1.0-beta', runtime } as const;
			const unfit = { code: 'ADAPTER_UNFIT', message: expect.stringContaining(runtime) };
			expect(() => plan(scene)).toThrowError(expect.objectContaining(unfit));
			const copy = { file: 'lines/x.tgz', version: '1.0.0-beta.9', runtime };
			const hint = expect.stringContaining('--adapter vendored');
			expect(() => plan({ ...scene, copy })).toThrowError(expect.objectContaining({ hint }));
			expect(plan({ ...scene, spec: 'file:vendor/x.tgz' }).manifest[0]?.spec).toBe(
				'file:vendor/x.tgz',
			);
		},
	);

	test('redis 6 is refused with the adapter of a beta, and taken with our own', () => {
		const scene = {
			line: '1.0-beta',
			runtime: '1.0.0-beta.9',
			client: { declared: '^6.0.0' },
		} as const;
		expect(() => plan(scene)).toThrowError(expect.objectContaining({ code: 'CLIENT_TOO_OLD' }));
		const spec = 'file:vendor/flue-redis-1.0.0-beta.9.tgz';
		expect(plan({ ...scene, spec, chosen: 'vendored' }).manifest).toEqual([
			{ name: '@flue/redis', spec },
		]);
		const again = plan({ ...scene, adapter: { declared: spec } });
		expect(again.manifest).toEqual([]);
	});

	test.each([
		['2.x', null, '^2.0.0'],
		['2.x', '^2.0.3', '^2.0.3'],
		['2.x', 'latest', '^2.0.0'],
		['1.0-beta', null, '^1.0.0-beta.0'],
	] as const)(
		'it says so when the version of a %s runtime (%s) is not known',
		(line, runtime, spec) => {
			const { manifest, warnings } = plan({ line, runtime });
			expect(manifest[0]).toEqual({ name: '@flue/redis', spec });
			expect(warnings).toMatchObject([{ code: 'ADAPTER_VERSION_UNKNOWN' }]);
		},
	);

	test.each([
		'npm:@mirror/flue-redis@2.0.3',
		'file:../redis.tgz',
		'workspace:*',
		'github:owner/repository#v2',
	])('it is the adapter as given: %s', (spec) => {
		const { manifest, warnings } = plan({ spec, runtime: null });
		expect(manifest[0]).toEqual({ name: '@flue/redis', spec });
		expect(warnings).toEqual([]);
	});

	test('it replaces a declared adapter only when one is given', () => {
		const adapter = { declared: '2.0.1', installed: '2.0.1' };
		expect(plan({ adapter, client: CLIENT }).manifest).toEqual([]);
		const given = plan({ adapter, client: CLIENT, spec: 'file:a.tgz' });
		expect(given.manifest).toEqual([{ name: '@flue/redis', spec: 'file:a.tgz' }]);
	});

	test('it moves what only development gets, and keeps its spec', () => {
		const moved = plan({
			adapter: { ...INSTALLED, field: 'devDependencies' },
			client: { declared: '^5.13.0', field: 'devDependencies' },
		});
		expect(moved.manifest).toEqual([
			{ name: '@flue/redis', spec: '2.0.3' },
			{ name: 'redis', spec: '^5.13.0' },
		]);
	});

	test('it does not rely on a copy that another package brought', () => {
		const { manifest } = plan({ client: { installed: '4.7.0' } });
		expect(manifest[1]).toEqual({ name: 'redis', spec: '^5.12.1' });
	});
});

describe('a declared client', () => {
	test.each<[string, FlueLine]>([
		['^5.12.1', '2.x'],
		['5.13.0', '2.x'],
		['^6.0.0', '2.x'],
		['~5.12.1', '1.0-beta'],
		['npm:redis@^5.12.1', '2.x'],
		['workspace:*', '2.x'],
		['catalog:', '2.x'],
		['latest', '2.x'],
		['*', '2.x'],
	])('it is kept as %s on %s', (declared, line) => {
		const { manifest } = plan({ client: { declared }, line });
		expect(manifest.map(({ name }) => name)).toEqual(['@flue/redis']);
	});

	test('it is judged by what is installed of it', () => {
		const { manifest } = plan({ client: { declared: '^5.0.0', installed: '5.12.1' } });
		expect(manifest.map(({ name }) => name)).toEqual(['@flue/redis']);
	});

	test.each<[Scene['client'] & object, FlueLine]>([
		[{ declared: '^4.6.0' }, '2.x'],
		[{ declared: '^5.0.0' }, '2.x'],
		[{ declared: '>=4' }, '2.x'],
		[{ declared: '^7.0.0' }, '2.x'],
		[{ declared: '^6.0.0' }, '1.0-beta'],
		[{ declared: '>=5.12.1', installed: '6.3.1' }, '1.0-beta'],
		[{ declared: '*', installed: '4.7.0' }, '2.x'],
		[{ declared: 'catalog:', installed: '5.8.0' }, '2.x'],
		[{ declared: 'npm:redis@4' }, '2.x'],
	])('it is refused as %j on %s', (client, line) => {
		expect(() => plan({ client, line })).toThrow(
			expect.objectContaining({ code: 'CLIENT_TOO_OLD' }),
		);
	});

	test.each<[PackageManager, string]>([
		['npm', 'npm install redis@^5.12.1'],
		['pnpm', 'pnpm add redis@^5.12.1'],
		['yarn', 'yarn add redis@^5.12.1'],
		['bun', 'bun add redis@^5.12.1'],
	])('it is cured in the words of %s', (manager, hint) => {
		expect(() => plan({ manager, client: { declared: '^4.0.0' } })).toThrow(
			expect.objectContaining({ hint: `Run \`${hint}\`.` }),
		);
	});

	test('it is called too new when it is', () => {
		expect(() => plan({ client: { declared: '^6.0.0' }, line: '1.0-beta' })).toThrow(
			/breaks with redis 6/,
		);
	});

	test('it is installed again when what is there is not what is declared', () => {
		const stale = plan({ adapter: INSTALLED, client: { declared: '^5.12.1', installed: '5.0.0' } });
		expect(stale).toMatchObject({ manifest: [], install: { command: 'npm' } });
	});
});

describe('the step', () => {
	test('it is none when both are declared and there', () => {
		const done = plan({ adapter: INSTALLED, client: CLIENT });
		expect(done).toMatchObject({ manifest: [], install: null, warnings: [] });
		// The lockfile may not know of it, and node_modules hold half of it.
		const again = plan({ adapter: INSTALLED, client: CLIENT, wasKilled: true });
		expect(again.install).toMatchObject({ command: 'npm' });
	});

	test('it is an install when both are declared and one is not there', () => {
		const { manifest, install } = plan({ adapter: { declared: '2.0.3' }, client: CLIENT });
		expect({ manifest, install }).toMatchObject({ manifest: [], install: { kind: 'install' } });
	});

	test('it is none without installs, and the command is told', () => {
		const { manifest, install, command } = plan({ manager: 'pnpm', install: false });
		expect(manifest).toHaveLength(2);
		expect({ install, command }).toEqual({ install: null, command: 'pnpm install' });
	});

	test.each<[PackageManager, boolean | null, string]>([
		['npm', null, 'install --no-audit --no-fund'],
		['pnpm', null, 'install --no-frozen-lockfile'],
		['yarn', false, 'install --non-interactive'],
		['yarn', true, 'install --no-immutable'],
		['yarn', null, 'install --no-immutable'],
		['bun', null, 'install'],
	])('it changes a lockfile in CI too: %s (berry: %s)', (manager, yarnIsBerry, args) => {
		const facts = { managerTraits: { yarnIsBerry, ignoresWorkspace: false, pnpmMajor: null } };
		const { install, command } = plan({ manager, facts });
		expect(install).toEqual({ kind: 'install', command: manager, args: args.split(' ') });
		expect(command).toBe(`${manager} install`);
	});

	test('it keeps pnpm from installing a workspace that is not the project', () => {
		const facts = { managerTraits: { yarnIsBerry: null, ignoresWorkspace: true, pnpmMajor: null } };
		const { install, command } = plan({ manager: 'pnpm', facts });
		expect(install?.args).toEqual(['install', '--no-frozen-lockfile', '--ignore-workspace']);
		expect(command).toBe('pnpm install --ignore-workspace');
	});

	test('it names the files that the manager may change, at the workspace root too', () => {
		const facts = { root: '/top/apps/api', boundary: '/top' };
		expect(plan({ manager: 'pnpm', facts }).touches).toEqual([
			'package.json',
			'pnpm-lock.yaml',
			'pnpm-workspace.yaml',
			'../../package.json',
			'../../pnpm-lock.yaml',
			'../../pnpm-workspace.yaml',
		]);
		expect(plan({ manager: 'yarn' }).touches).toContain('.yarn/install-state.gz');
		const managerTraits = {
			yarnIsBerry: true,
			ignoresWorkspace: false,
			pnpmMajor: null,
			manifests: ['../web/package.json'],
		};
		expect(plan({ manager: 'yarn', facts: { managerTraits } }).touches).toContain(
			'../web/package.json',
		);
		expect(plan({ manager: 'npm', facts: { managerTraits } }).touches).not.toContain(
			'../web/package.json',
		);
	});
});

describe('a project of deno', () => {
	const facts = { foreignManager: { value: 'deno', from: 'deno.lock' } as const };

	test.each(['file:vendor/flue-redis-2.0.3-1f6e12a3.tgz', 'file:../x.tar.gz'])(
		'cannot take %s, of which deno makes a link',
		(spec) => {
			const error = refusalOf(() => plan({ facts, spec }));
			expect(error).toMatchObject({ code: 'ADAPTER_UNFIT' });
			expect(error.hint).toContain('--package-manager');
		},
	);

	test('takes a package of a registry, and leaves the install to the user', () => {
		expect(plan({ facts, install: false })).toMatchObject({
			install: null,
			command: 'deno install',
		});
	});
});
