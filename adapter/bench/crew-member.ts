// One of eight processes that admit messages as fast as they can: connects, opens what it is told to, and counts.
import type { AgentSubmissionInput } from '@flue/runtime/adapter';
import { connectRunner } from '../test/clients.ts';
import { load } from './build.ts';
import { message } from './data.ts';
import { admitInNine } from './nine-trips.ts';

/** What a process can be told: to open what admits, or to admit with it for a while. */
export type Task =
	| { readonly do: 'open'; readonly build: string; readonly keyPrefix: string }
	| { readonly do: 'admit'; readonly ms: number; readonly inFlight: number };

const [name = '', url = ''] = process.argv.slice(2);
const runner = await connectRunner('redis 5', url);
let admit: (input: AgentSubmissionInput) => Promise<unknown> = async () => {};
let count = 0;

/** `build`: the folder of an unpacked package, or none: what makes nine round trips. */
async function open(build: string, keyPrefix: string): Promise<typeof admit> {
	if (build === '') return admitInNine(runner, keyPrefix);
	const { redis } = await load(build);
	const adapter = redis(runner, { keyPrefix });
	await adapter.migrate?.();
	const { submissionStore: store } = await adapter.connect();
	return (input) => store.admitDirect(input as never);
}

/** Gives how many were admitted, and the microseconds of CPU that this process took for it. */
async function run(ms: number, inFlight: number): Promise<[number, number]> {
	const until = performance.now() + ms;
	const before = count;
	const used = process.cpuUsage();
	const line = async () => {
		while (performance.now() < until) {
			const id = `${name}-${count++}`;
			await admit(message(id, id));
		}
	};
	await Promise.all(Array.from({ length: inFlight }, line));
	const { user, system } = process.cpuUsage(used);
	return [count - before, user + system];
}

process.on('message', async (task: Task) => {
	if (task.do === 'open') admit = await open(task.build, task.keyPrefix);
	const counted = task.do === 'admit' ? await run(task.ms, task.inFlight) : [];
	process.send?.(counted.map(String));
});
process.on('disconnect', () => process.exit(0));
process.send?.([]);
