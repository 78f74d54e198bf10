import { describe, expect, test } from 'vitest';
import { checkInstalled, type Installed, type Promised } from '../../src/apply/resolve-check.ts';
import type { PackageFact } from '../../src/model/facts.ts';
import type { RuntimeCopy } from '../../src/model/runtime.ts';
import { refusalOf } from '../refusal.ts';
import { makeRuntimes } from '../values.ts';

function fact(name: string, installed: string | null): PackageFact {
	return { name, declared: { range: '*', field: 'dependencies' }, installed };
}

const ONE = { path: 'node_modules/@flue/runtime', version: '2.0.3' };
const TWO = { path: 'node_modules/@flue/redis/node_modules/@flue/runtime', version: '2.1.0' };

function check(
	changes: Partial<Omit<Installed, 'runtimes'>> & { copies?: RuntimeCopy[] } = {},
	promised: Partial<Promised> = {},
) {
	const { copies = [ONE], ...rest } = changes;
	const packages = [fact('@flue/redis', '2.0.3'), fact('redis', '5.12.1')];
	const pins = [{ by: '@flue/redis', version: '2.1.0' }];
	const runtimes = makeRuntimes({ copies, pins });
	const traits = { ignoresWorkspace: false, pnpmMajor: null };
	return checkInstalled(
		{ manager: 'npm', traits, packages, runtimes, ...rest },
		{ oneRuntime: false, before: { copies: [ONE] }, ...promised },
	);
}

describe('checkInstalled', () => {
	test('it has nothing to say when both packages are there and one runtime', () => {
		expect(check()).toEqual([]);
		expect(check({ copies: [] })).toEqual([]);
	});

	test('it fails when the manager ended well and a package is not there', () => {
		const packages = [fact('@flue/redis', '2.0.3'), fact('redis', null)];
		const failure = { code: 'INSTALL_FAILED', message: expect.stringContaining('redis') };
		expect(() => check({ packages })).toThrow(expect.objectContaining(failure));
	});

	test.each<[string, PackageFact, Record<string, string>?]>([
		[
			'a range',
			{ ...fact('redis', '4.7.0'), declared: { range: '^5.12.1', field: 'dependencies' } },
		],
		[
			'a catalog',
			{
				...fact('redis', '4.7.0'),
				declared: {
					range: 'catalog:',
					field: 'dependencies',
					catalog: { value: '^5.12.1', from: 'pnpm-workspace.yaml' },
				},
			},
		],
		[
			'a copy of ours',
			{
				...fact('@flue/redis', '2.0.1'),
				declared: { range: 'file:vendor/x.tgz', field: 'dependencies' },
			},
			{ '@flue/redis': '2.0.3' },
		],
	])('it fails when an override puts another version than %s asks for', (_, forced, versions) => {
		const error = refusalOf(() =>
			check({ manager: 'pnpm', packages: [forced] }, { versions: versions ?? {} }),
		);
		expect(error).toMatchObject({ code: 'INSTALL_FAILED' });
		expect(error.message).toContain(`put ${forced.name} ${forced.installed} where`);
		expect(error.hint).toContain('pnpm-workspace.yaml');
	});

	test('it warns of two runtimes that the install brought, names both, and gives the cure', () => {
		const [warning] = check({ copies: [ONE, TWO] });
		expect(warning?.code).toBe('RUNTIME_DUPLICATED');
		expect(warning?.message).toContain(`2.0.3 (${ONE.path}), 2.1.0 (${TWO.path})`);
		expect(warning?.message).toContain('Write "@flue/runtime": "2.1.0" into dependencies');
		expect(warning?.message).toContain('`npm install`');
	});

	test('it does not say twice that there were two before', () => {
		expect(check({ copies: [ONE, TWO] }, { before: { copies: [ONE, TWO] } })).toEqual([]);
	});

	test('it fails where there was to be one, and says how to find out why', () => {
		const before = { copies: [ONE, TWO] };
		const error = refusalOf(() => check({ copies: [ONE, TWO] }, { oneRuntime: true, before }));
		expect(error).toMatchObject({ code: 'RUNTIME_SPLIT', status: 1 });
		expect(error.hint).toContain('`npm ls @flue/runtime`');
		const unknown = { oneRuntime: true, before: { copies: [] } };
		expect(refusalOf(() => check({ copies: [ONE, TWO] }, unknown)).hint).toContain(
			'Run `npm install` first',
		);
	});
});
