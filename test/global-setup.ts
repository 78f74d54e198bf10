// Before all tests: what must be there is there, or the run fails with how to get it.
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { requireServers } from '../adapter/test/install-servers.ts';
import { node22 } from './node22.ts';
import { requireShells } from './shells.ts';

export default function setup(): void {
	if (!existsSync(fileURLToPath(new URL('../dist/vendor/ts-morph.cjs', import.meta.url)))) {
		throw new Error('dist/ is missing: run `npm run build` first, or the whole of `npm test`.');
	}
	process.env.FLUE_NODE22 = node22();
	requireServers(['redis', 'valkey']);
	requireShells();
}
