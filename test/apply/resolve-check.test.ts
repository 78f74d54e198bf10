import { describe, expect, test } from 'vitest';
import { checkInstalled, type Installed } from '../../src/apply/resolve-check.ts';
import type { PackageFact } from '../../src/model/facts.ts';
import type { PackageManager } from '../../src/model/request.ts';

function fact(name: string, installed: string | null): PackageFact {
	return { name, declared: { range: '*', field: 'dependencies' }, installed };
}

const ONE = { path: 'node_modules/@flue/runtime', version: '2.0.3' };
const TWO = { path: 'node_modules/@flue/redis/node_modules/@flue/runtime', version: '2.1.0' };

function check(changes: Partial<Installed> = {}) {
	const packages = [fact('@flue/redis', '2.0.3'), fact('redis', '5.12.1')];
	return checkInstalled({ manager: 'npm', isMember: false, packages, runtimes: [ONE], ...changes });
}

describe('checkInstalled', () => {
	test('it has nothing to say when both packages are there and one runtime', () => {
		expect(check()).toEqual([]);
		expect(check({ runtimes: [] })).toEqual([]);
	});

	test('it fails when the manager ended well and a package is not there', () => {
		const packages = [fact('@flue/redis', '2.0.3'), fact('redis', null)];
		const failure = { code: 'INSTALL_FAILED', message: expect.stringContaining('redis') };
		expect(() => check({ packages })).toThrow(expect.objectContaining(failure));
	});

	test('it warns of two runtimes and names both', () => {
		const [warning] = check({ runtimes: [ONE, TWO] });
		expect(warning?.code).toBe('RUNTIME_DUPLICATED');
		expect(warning?.message).toContain(`${ONE.path} (2.0.3), ${TWO.path} (2.1.0)`);
	});

	test.each<[PackageManager, boolean, string]>([
		['npm', false, '"overrides": { "@flue/runtime": "$@flue/runtime" } in package.json'],
		[
			'npm',
			true,
			'"overrides": { "@flue/runtime": "2.0.3" } in the workspace root\'s package.json',
		],
		['yarn', false, '"resolutions": { "@flue/runtime": "2.0.3" } in package.json'],
		['bun', false, '"overrides": { "@flue/runtime": "2.0.3" } in package.json'],
		['pnpm', false, 'overrides: { "@flue/runtime": "2.0.3" } in pnpm-workspace.yaml'],
	])('it gives the cure in the words of %s (member: %s)', (manager, isMember, snippet) => {
		const [warning] = check({ manager, isMember, runtimes: [ONE, TWO] });
		expect(warning?.message).toContain(snippet);
	});
});
