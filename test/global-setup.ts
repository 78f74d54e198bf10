// Before the tests that run real programs: what must be there is there, or the run fails with how to get it.
import { requireServers } from '../adapter/test/install-servers.ts';
import { everyManager } from './managers.ts';
import { node22 } from './node22.ts';
import { requireShells } from './shells.ts';

export default function setup(): void {
	node22();
	everyManager();
	requireServers(['redis', 'valkey']);
	requireShells();
}
