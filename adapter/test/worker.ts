// One of several processes of a test, each with a connection to each of the servers it was given. It
// does what it is told, when it is told: open a namespace and admit into it, or claim.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import { message } from '../bench/data.ts';
import { type RedisRunner, redis } from '../src/lines/v2/index.ts';
import { connectRunner } from './clients.ts';

const [name = '', ...urls] = process.argv.slice(2);
const runners = new Map<string, RedisRunner>();
for (const url of urls) {
	runners.set(url, await connectRunner(Number(name) % 2 === 0 ? 'redis 5' : 'redis 6', url));
}
const stores = new Map<string, AgentSubmissionStore>();

/** What a process can be told: to open a namespace for the first time, or to claim in it. */
export type Task =
	| { readonly do: 'start'; readonly url: string; readonly keyPrefix: string }
	| { readonly do: 'claim'; readonly url: string; readonly ids: readonly string[] };

async function open(url: string, keyPrefix = 'flue'): Promise<AgentSubmissionStore> {
	const adapter = redis(runners.get(url) as RedisRunner, { keyPrefix });
	await adapter.migrate?.();
	return (await adapter.connect()).submissionStore;
}

async function claimAll(url: string, ids: readonly string[]): Promise<string[]> {
	const store = stores.get(url) ?? (await open(url));
	stores.set(url, store);
	const won: string[] = [];
	for (const submissionId of ids) {
		const claim = await store.claimSubmission({
			submissionId,
			attemptId: `attempt-${name}`,
			ownerId: `owner-${name}`,
			leaseExpiresAt: Date.now() + 30_000,
		});
		if (claim) won.push(submissionId);
	}
	return won;
}

process.on('message', async (task: Task) => {
	if (task.do === 'claim') {
		process.send?.(await claimAll(task.url, task.ids));
		return;
	}
	const store = await open(task.url, task.keyPrefix);
	await store.admitDirect(message(`s${name}`, `i${name}`));
	process.send?.([]);
});
process.on('disconnect', () => process.exit(0));
process.send?.([]);
