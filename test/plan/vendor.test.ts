// Which copy of the adapter in vendor/ is of another line than the project's runtime.
import { expect, it } from 'vitest';
import type { Facts } from '../../src/model/facts.ts';
import { unfitCopy } from '../../src/plan/vendor.ts';

const COPIES = [
	['2.0.3', '^2.0.0'],
	['1.0.0-beta.9', '1.0.0-beta.8 || 1.0.0-beta.9'],
	['1.0.0-beta.7', '1.0.0-beta.5 || 1.0.0-beta.7'],
].map(([version = '', runtime = '']) => ({ file: `${version}.tgz`, version, runtime }));

function facts(range: string, runtime: string | null): Pick<Facts, 'packages' | 'runtime'> {
	const declared = { range, field: 'dependencies' } as const;
	return {
		packages: {
			adapter: { name: '@flue/redis', declared, installed: null },
			client: { name: 'redis', declared: null, installed: null },
		},
		runtime: runtime === null ? null : { value: runtime, from: 'a test' },
	};
}

it.each([
	['file:vendor/flue-redis-1.0.0-beta.7-0123abcd.tgz', '1.0.0-beta.9', '1.0.0-beta.7'],
	['file:./vendor/flue-redis-1.0.0-beta.7-0123abcd.tgz', '2.0.3', '1.0.0-beta.7'],
	['file:vendor/flue-redis-2.0.3-0123abcd.tgz', '1.0.0-beta.9', '2.0.3'],
	['file:vendor/flue-redis-1.0.0-beta.9-0123abcd.tgz', '2.1.0', '1.0.0-beta.9'],
	['file:vendor/flue-redis-1.0.0-beta.9-0123abcd.tgz', '1.0.0-beta.8', undefined],
	['file:vendor/flue-redis-2.0.3-0123abcd.tgz', '2.1.0', undefined],
	['file:vendor/flue-redis-2.0.3-0123abcd.tgz', '2.1.0-rc.1', undefined],
	['file:vendor/flue-redis-2.0.3-0123abcd.tgz', '^1.0.0-beta.9', undefined],
	['file:vendor/flue-redis-2.0.3-0123abcd.tgz', null, undefined],
	['file:vendor/theirs.tgz', '1.0.0-beta.9', undefined],
	['2.0.3', '1.0.0-beta.9', undefined],
])('%s with %s', (range, runtime, unfit) => {
	expect(unfitCopy(COPIES, facts(range, runtime))?.version).toBe(unfit);
});
