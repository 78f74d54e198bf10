import { describe, expect, test } from 'vitest';
import type { Facts } from '../../src/model/facts.ts';
import type { PackageManager } from '../../src/model/request.ts';
import type { RuntimeFacts } from '../../src/model/runtime.ts';
import { makePlan } from '../../src/plan/index.ts';
import { lineWarnings, planRuntime, runtimeQuestion } from '../../src/plan/runtime.ts';
import { refusalOf } from '../refusal.ts';
import {
	makeDraft,
	makeFacts,
	makeOptions,
	makeRuntimes,
	makeSecretPlan,
	makeSettled,
} from '../values.ts';

const TEXT = '{\n  "name": "app",\n  "dependencies": {\n    "@flue/runtime": "^2.0.3"\n  }\n}\n';
const PINNED = [{ by: '@flue/cli', version: '2.0.3' }];
const DIFFERING = [...PINNED, { by: '@flue/mysql', version: '2.1.0' }];

function split(changes: Partial<RuntimeFacts> = {}): Facts {
	const manifest = { path: 'package.json', text: TEXT };
	return makeFacts({
		manifest,
		runtime: { value: '2.1.0', from: 'node_modules' },
		runtimes: makeRuntimes({
			copies: [
				{ path: 'node_modules/@flue/runtime', version: '2.1.0' },
				{ path: 'node_modules/@flue/cli/node_modules/@flue/runtime', version: '2.0.3' },
			],
			pins: PINNED,
			declared: { range: '^2.0.3', field: 'dependencies' },
			settings: { manifest, pnpm: { path: 'pnpm-workspace.yaml', text: null } },
			...changes,
		}),
	});
}

function settled(alignRuntime: boolean | null, manager: PackageManager = 'npm') {
	return makeSettled({ alignRuntime, packageManager: { value: manager, from: 'a lockfile' } });
}

function planned(facts: Facts, manager: PackageManager = 'npm', install = true) {
	return makePlan({
		facts,
		choices: settled(true, manager),
		options: makeOptions({ install }),
		secrets: makeSecretPlan(),
		draft: makeDraft('same'),
		text: '',
		vendor: null,
	});
}

describe('a plan with --align-runtime', () => {
	test('it says that it saw no copies where nothing is installed and nothing will be', () => {
		const facts = split({ copies: [] });
		const codes = (install: boolean) =>
			planned(facts, 'npm', install).warnings.map(({ code }) => code);
		expect(codes(false)).toContain('RUNTIME_NOT_SEEN');
		expect(codes(true)).not.toContain('RUNTIME_NOT_SEEN');
	});

	test('it says that the entry of a catalog is left as it was', () => {
		const facts = split({ declared: { range: 'catalog:', field: 'dependencies' } });
		const [warning] = planned(facts, 'pnpm').warnings;
		expect(warning).toMatchObject({ code: 'RUNTIME_CATALOG_LEFT' });
		expect(planned(split(), 'pnpm').warnings).toEqual([]);
	});
});

describe('runtimeQuestion', () => {
	test('it asks where the runtime is split, proposes yes, and takes no from nobody', () => {
		const [question] = runtimeQuestion(split(), makeOptions());
		expect(question).toMatchObject({ id: 'align-runtime', initial: true, unattended: false });
		expect(question?.flag).toBe('--align-runtime');
		expect(question?.message).toContain(
			'package.json asks for ^2.0.3, @flue/cli takes 2.0.3 alone',
		);
	});

	test('it proposes no to who asks for a newer one', () => {
		const facts = split({ declared: { range: '^2.1.0', field: 'dependencies' } });
		expect(runtimeQuestion(facts, makeOptions())).toMatchObject([{ initial: false }]);
	});

	test.each([
		['one copy', makeFacts(), {}],
		['a flag that says yes', split(), { alignRuntime: true }],
		['a flag that says no', split(), { alignRuntime: false }],
		['no way', split({ declared: { range: 'workspace:*', field: 'dependencies' } }), {}],
	])('it does not ask with %s', (_, facts, said) => {
		expect(runtimeQuestion(facts, makeOptions(said))).toEqual([]);
	});
});

describe('planRuntime', () => {
	test('it warns of what it leaves alone, that it was so before, and names the flag', () => {
		for (const answer of [null, false]) {
			const { warnings, dependencies } = planRuntime(split(), settled(answer));
			expect(dependencies).toEqual([]);
			expect(warnings.map(({ code }) => code)).toEqual(['RUNTIME_DUPLICATED']);
			expect(warnings[0]?.message).toMatch(
				/was so before this run.*--align-runtime makes it one, 2\.0\.3/,
			);
		}
		expect(planRuntime(makeFacts(), settled(null)).warnings).toEqual([]);
	});

	test('it names no flag that would not help, and refuses it', () => {
		const facts = split({ declared: { range: 'workspace:*', field: 'dependencies' } });
		const [warning] = planRuntime(facts, settled(null)).warnings;
		expect(warning?.message).toContain('package.json takes it from workspace:*');
		expect(warning?.message).not.toContain('--align-runtime');
		expect(refusalOf(() => planRuntime(facts, settled(true))).code).toBe('RUNTIME_SPLIT');
	});

	test('it refuses a pnpm-workspace.yaml that it cannot add a line to', () => {
		const settings = {
			manifest: { path: 'package.json', text: TEXT },
			pnpm: { path: 'pnpm-workspace.yaml', text: 'overrides: {}\n' },
		};
		const facts = split({ pins: DIFFERING, settings });
		const error = refusalOf(() => planRuntime(facts, settled(true, 'pnpm')));
		expect(error.message).toContain('pnpm-workspace.yaml');
	});
});

describe('the plan', () => {
	test('it sets the version, asks for the adapter of that version, and installs once', () => {
		const [manifest, install, ...rest] = planned(split()).steps;
		expect(rest).toEqual([]);
		expect(manifest).toMatchObject({ path: 'package.json', before: TEXT });
		if (manifest?.kind !== 'write') throw new Error('package.json is not written');
		expect(JSON.parse(manifest.after).dependencies).toEqual({
			'@flue/redis': '2.0.3',
			'@flue/runtime': '2.0.3',
			redis: '^5.12.1',
		});
		expect(install).toMatchObject({
			kind: 'install',
			args: ['install', '--no-audit', '--no-fund'],
		});
	});

	test('it lets npm look again where the packages lie at the top of a workspace', () => {
		const copies = [
			{ path: '../../node_modules/@flue/runtime', version: '2.1.0' },
			{ path: '../../node_modules/@flue/cli/node_modules/@flue/runtime', version: '2.0.3' },
		];
		const verbOf = (manager: PackageManager) => {
			const install = planned(split({ copies }), manager).steps.find(
				({ kind }) => kind === 'install',
			);
			return install?.kind === 'install' ? install.args[0] : null;
		};
		expect([verbOf('npm'), verbOf('pnpm'), verbOf('bun')]).toEqual([
			'dedupe',
			'install',
			'install',
		]);
	});

	test('it tells npm about all packages in the same file, and to look again', () => {
		const plan = planned(split({ pins: DIFFERING }));
		const [manifest, install] = plan.steps;
		if (manifest?.kind !== 'write') throw new Error('package.json is not written');
		expect(JSON.parse(manifest.after)).toMatchObject({
			dependencies: { '@flue/runtime': '2.0.3' },
			overrides: { '@flue/runtime': '2.0.3' },
		});
		expect(install).toMatchObject({ args: ['dedupe', '--no-audit', '--no-fund'] });
		expect(planned(split({ pins: DIFFERING }), 'npm', false).nextSteps[0]).toBe(
			'Run `npm dedupe`.',
		);
	});

	test.each<[PackageManager, string, string]>([
		[
			'yarn',
			'../../package.json',
			'{\n  "name": "top",\n  "resolutions": {\n    "@flue/runtime": "2.0.3"\n  }\n}\n',
		],
		[
			'bun',
			'../../package.json',
			'{\n  "name": "top",\n  "overrides": {\n    "@flue/runtime": "2.0.3"\n  }\n}\n',
		],
		['pnpm', '../../pnpm-workspace.yaml', "overrides:\n  '@flue/runtime': 2.0.3\n"],
	])('it tells %s at the workspace root', (manager, path, after) => {
		const settings = {
			manifest: { path: '../../package.json', text: '{\n  "name": "top"\n}\n' },
			pnpm: { path: '../../pnpm-workspace.yaml', text: null },
		};
		const { steps, installTouches } = planned(
			{ ...split({ pins: DIFFERING, settings }), root: '/top/apps/api', boundary: '/top' },
			manager,
		);
		expect(steps.map(({ kind }) => kind)).toEqual(['write', 'write', 'install']);
		expect(steps[1]).toMatchObject({ path, after });
		expect(installTouches).toContain(path);
	});

	test.each([
		[
			'{\n  "name": "top"\n}\n',
			'{\n  "name": "top",\n  "pnpm": {\n    "overrides": {\n      "@flue/runtime": "2.0.3"\n    }\n  }\n}\n',
		],
		[
			'{\n\t"pnpm": {\n\t\t"overrides": {\n\t\t\t"a": "1"\n\t\t}\n\t}\n}\n',
			'{\n\t"pnpm": {\n\t\t"overrides": {\n\t\t\t"@flue/runtime": "2.0.3",\n\t\t\t"a": "1"\n\t\t}\n\t}\n}\n',
		],
	])('it tells pnpm 9 in %j', (text, after) => {
		const settings = {
			manifest: { path: '../../package.json', text },
			pnpm: { path: '../../pnpm-workspace.yaml', text: 'packages: [apps/*]\n' },
		};
		const facts = split({ pins: DIFFERING, settings });
		const managerTraits = { ...facts.managerTraits, pnpmMajor: 9 };
		const { steps } = planned(
			{ ...facts, managerTraits, root: '/top/apps/api', boundary: '/top' },
			'pnpm',
		);
		expect(steps[1]).toMatchObject({ path: '../../package.json', after });
	});
});

test.each([
	['beta', 'no version found', true],
	['*', 'no version found', true],
	['latest', 'no version found', true],
	['github:x/y', 'no version found', true],
	['>=1.0.0-beta.1', 'package.json', true],
	['beta', '@flue/cli 1.0.0-beta.9, from package.json', false],
	['^2.0.3', 'package.json', false],
	['^1.0.0-beta.7 <2', 'package.json', false],
])('the line of %s, by %s', (range, from, isAssumed) => {
	const isRange = /\d/.test(range);
	const facts = makeFacts({
		line: { value: '2.x', from },
		runtime: isRange ? { value: range, from: 'package.json' } : null,
		runtimes: makeRuntimes({ declared: { range, field: 'dependencies' } }),
	});
	expect(lineWarnings(facts).map(({ code }) => code)).toEqual(isAssumed ? ['LINE_ASSUMED'] : []);
});
