// Before the tests that run real programs: what must be there is there, or the run fails with how to get it.
import { requireServers } from '../adapter/test/install-servers.ts';
import { node22 } from './node22.ts';
import { requireShells } from './shells.ts';
import { NPM, PNPM_12, tool } from './tools.ts';

export default function setup(): void {
	node22();
	for (const version of NPM) tool('npm', version);
	tool('pnpm', PNPM_12);
	requireServers(['redis', 'valkey']);
	requireShells();
}
