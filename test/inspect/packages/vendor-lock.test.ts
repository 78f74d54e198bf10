// The file in vendor/ against the digest in each lockfile, as npm 11, pnpm 12, Yarn 1 and 4 and Bun 1.4 write it.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readVendored } from '../../../src/inspect/packages/vendor-lock.ts';
import { makeTree } from '../../tree.ts';

const FILE = 'vendor/flue-redis-2.0.3-2cf24dba.tgz';
const PATH = `apps/api/${FILE}`;
/** Of the bytes `hello`. */
const SHA512 =
	'sha512-m3HSJL1i83hdltRq0+o9czGb+8KJDKra4t/3JRlnPKcjI8PZm6XBHXx6zG4UuMXaDEZjR1wuXDre9G9zvN7AQw==';
const SHA1 = 'aaf4c61ddcc5e8a2dabede0f3b482cd9aea9434d';

const LOCKFILES: Record<string, string> = {
	'package-lock.json': `{"packages":{"node_modules/@flue/redis":{"version":"2.0.3","resolved":"file:${PATH}","integrity":"${SHA512}"}}}`,
	'pnpm-lock.yaml': `packages:\n\n  '@flue/redis@file:${PATH}':\n    resolution: {integrity: ${SHA512}, tarball: file:${PATH}}\n    version: 2.0.3\n`,
	'yarn.lock': `"@flue/redis@file:${FILE}":\n  version "2.0.3"\n  resolved "file:${FILE}#${SHA1}"\n`,
	'bun.lock': `{\n    "@flue/redis": ["@flue/redis@${FILE}", { "peerDependencies": { "@flue/runtime": "^2.0.0" } }, "${SHA512}"],\n}\n`,
};
const BERRY = `"@flue/redis@file:${FILE}::locator=api%40workspace%3Aapps%2Fapi":\n  version: 2.0.3\n  resolution: "@flue/redis@file:${FILE}#${FILE}::hash=9b71d2&locator=api%40workspace%3Aapps%2Fapi"\n`;

function read(bytes: string | null, lockfile: [string, string]) {
	const [name, text] = lockfile;
	const files = { [name]: text, 'apps/api/package.json': '{}' };
	const boundary = makeTree(bytes === null ? files : { ...files, [PATH]: bytes });
	return readVendored({ root: join(boundary, 'apps/api'), boundary }, `file:${FILE}`);
}

describe.each([...Object.entries(LOCKFILES), ['yarn.lock', BERRY] as [string, string]])(
	'%s',
	(name, text) => {
		it('knows the file', () => {
			expect(read('hello', [name, text])).toEqual({ path: FILE, isThere: true, lockfile: null });
		});

		it('tells that it was made from another', () => {
			expect(read('other', [name, text])).toMatchObject({
				isThere: true,
				lockfile: `../../${name}`,
			});
		});

		it('says nothing of a file that it does not name', () => {
			const other = text.replaceAll('2cf24dba', '00000000');
			expect(read('other', [name, other])).toMatchObject({ lockfile: null });
		});
	},
);

it('tells that the file is not there', () => {
	expect(read(null, ['package-lock.json', ''])).toEqual({
		path: FILE,
		isThere: false,
		lockfile: null,
	});
});

it('leaves an adapter from anywhere else alone', () => {
	const place = { root: '/app', boundary: '/app' };
	for (const spec of [undefined, '2.0.3', 'file:../adapter.tgz'])
		expect(readVendored(place, spec)).toBeNull();
});
