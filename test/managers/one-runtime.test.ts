import { describe, expect, test } from 'vitest';
import { cureText, needOf, overrideFor } from '../../src/managers/one-runtime.ts';
import type { PackageManager } from '../../src/model/request.ts';
import type { RuntimeFacts } from '../../src/model/runtime.ts';
import { makeRuntimes } from '../values.ts';

/** What `flue init` of 2.0.3 makes while the registry has runtime 2.1.0. */
function stock(changes: Partial<RuntimeFacts> = {}): RuntimeFacts {
	return makeRuntimes({
		copies: [
			{ path: 'node_modules/@flue/runtime', version: '2.1.0' },
			{ path: 'node_modules/@flue/cli/node_modules/@flue/runtime', version: '2.0.3' },
		],
		pins: [
			{ by: '@flue/cli', version: '2.0.3' },
			{ by: '@flue/vite', version: '2.0.3' },
		],
		declared: { range: '^2.0.3', field: 'dependencies' },
		settings: {
			manifest: { path: 'package.json', text: '{}\n' },
			pnpm: { path: 'pnpm-workspace.yaml', text: null },
		},
		...changes,
	});
}

const MYSQL = { by: '@flue/mysql', version: '2.1.0' };
const PLAIN = { ignoresWorkspace: false, pnpmMajor: null };
const SHARED = {
	copies: [
		{ path: '../../node_modules/@flue/runtime', version: '2.1.0' },
		{ path: '../../node_modules/@flue/cli/node_modules/@flue/runtime', version: '2.0.3' },
	],
};

describe('needOf', () => {
	test('it takes the version that the framework pins, in the section that declares it', () => {
		expect(needOf(stock())).toEqual({
			version: '2.0.3',
			by: ['@flue/cli', '@flue/vite'],
			field: 'dependencies',
			isForAll: false,
			obstacle: null,
		});
		const dev = stock({ declared: { range: '^2.0.3', field: 'devDependencies' } });
		expect(needOf(dev).field).toBe('devDependencies');
		expect(needOf(stock({ declared: null })).field).toBe('dependencies');
		const peer = stock({ declared: { range: '*', field: 'peerDependencies' } });
		expect(needOf(peer).field).toBe('dependencies');
	});

	test('it puts the command line and the build before other packages, and the newer of the two first', () => {
		const pins = [MYSQL, ...stock().pins];
		expect(needOf(stock({ pins }))).toMatchObject({ version: '2.0.3', isForAll: true });
		const mixed = [
			{ by: '@flue/cli', version: '2.0.3' },
			{ by: '@flue/vite', version: '2.0.10' },
		];
		expect(needOf(stock({ pins: mixed }))).toMatchObject({ version: '2.0.10', isForAll: true });
		expect(needOf(stock({ pins: [MYSQL] }))).toMatchObject({ version: '2.1.0', isForAll: false });
	});

	test('it stays with the copy of the project where nobody pins one', () => {
		expect(needOf(stock({ pins: [] })).version).toBe('2.1.0');
	});

	test('it needs more than the declaration where that says so already', () => {
		const declared = { range: '2.0.3', field: 'dependencies' as const };
		const copies = stock().copies.map(({ path }) => ({ path, version: '2.0.3' }));
		expect(needOf(stock({ declared, copies })).isForAll).toBe(true);
		// Not installed yet.
		expect(needOf(stock({ declared })).isForAll).toBe(false);
	});

	test('it needs more in a workspace whose members share one folder and ask for others', () => {
		const others = [{ by: 'apps/web', range: '^2.0.3' }];
		expect(needOf(stock({ ...SHARED, others })).isForAll).toBe(true);
		expect(needOf(stock({ ...SHARED })).isForAll).toBe(false);
		// pnpm gives each member its own.
		const store = '../../node_modules/.pnpm/@flue+runtime@2.1.0/node_modules/@flue/runtime';
		const copies = [{ path: store, version: '2.1.0' }, ...SHARED.copies.slice(1)];
		expect(needOf(stock({ copies, others })).isForAll).toBe(false);
	});

	test.each(['^2.1.0', '2.1.0', 'workspace:*'])(
		'it takes nothing away from a member that asks for %s',
		(range) => {
			const others = [{ by: 'apps/web', range }];
			const { obstacle } = needOf(stock({ ...SHARED, others }));
			expect(obstacle).toBe(`apps/web in the same workspace asks for ${range}`);
		},
	);

	test.each(['workspace:*', 'file:../runtime', 'git+ssh://a/b.git', 'a/b', 'npm:@x/runtime@2.1.0'])(
		'it leaves a runtime alone that comes from %s',
		(range) => {
			const facts = stock({ declared: { range, field: 'dependencies' } });
			expect(needOf(facts).obstacle).toBe(`package.json takes it from ${range}`);
			expect(cureText(facts, 'npm', PLAIN)).toContain('cannot be made one here');
		},
	);

	test.each(['latest', '*', '^2.0.3', 'catalog:', 'catalog:flue', 'npm:@flue/runtime@^2.0.3'])(
		'it can set a version in the place of %s',
		(range) => {
			const facts = stock({ declared: { range, field: 'dependencies' } });
			expect(needOf(facts).obstacle).toBeNull();
		},
	);
});

describe('cureText', () => {
	test.each<PackageManager>(['npm', 'pnpm', 'yarn', 'bun'])(
		'it is one line for %s where the declaration is enough',
		(manager) => {
			expect(overrideFor(needOf(stock()), manager, PLAIN)).toBeNull();
			expect(cureText(stock(), manager, PLAIN)).toBe(
				`Write "@flue/runtime": "2.0.3" into dependencies of package.json, then run \`${manager} install\`.`,
			);
		},
	);

	test.each<[PackageManager, string]>([
		['npm', '"overrides": { "@flue/runtime": "2.0.3" } into package.json, then run `npm dedupe`.'],
		[
			'yarn',
			'"resolutions": { "@flue/runtime": "2.0.3" } into package.json, then run `yarn install`.',
		],
		['bun', '"overrides": { "@flue/runtime": "2.0.3" } into package.json, then run `bun install`.'],
		[
			'pnpm',
			'overrides: { "@flue/runtime": "2.0.3" } into pnpm-workspace.yaml, then run `pnpm install`.',
		],
	])('it tells %s about all packages where pins differ', (manager, end) => {
		const facts = stock({ pins: [MYSQL, ...stock().pins] });
		expect(cureText(facts, manager, PLAIN)).toBe(
			`Write "@flue/runtime": "2.0.3" into dependencies of package.json, and ${end}`,
		);
	});

	test.each<[number | null, string]>([
		[9, '"pnpm": { "overrides": { "@flue/runtime": "2.0.3" } } into package.json'],
		[10, 'overrides: { "@flue/runtime": "2.0.3" } into pnpm-workspace.yaml'],
		[null, 'overrides: { "@flue/runtime": "2.0.3" } into pnpm-workspace.yaml'],
	])('it tells pnpm %s where that version looks', (pnpmMajor, place) => {
		const facts = stock({ pins: [MYSQL, ...stock().pins] });
		expect(cureText(facts, 'pnpm', { ...PLAIN, pnpmMajor })).toContain(place);
		expect(cureText(facts, 'npm', { ...PLAIN, pnpmMajor })).not.toContain('pnpm');
	});

	test('it keeps pnpm out of a workspace that does not list the project', () => {
		expect(cureText(stock(), 'pnpm', { ignoresWorkspace: true, pnpmMajor: null })).toContain(
			'`pnpm install --ignore-workspace`',
		);
	});
});
