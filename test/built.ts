// Before all tests: the build is there, or the run fails with how to get it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

export default function setup(): void {
	if (existsSync(fileURLToPath(new URL('../dist/vendor/ts-morph.cjs', import.meta.url)))) return;
	throw new Error('dist/ is missing: run `npm run build` first, or the whole of `npm test`.');
}
