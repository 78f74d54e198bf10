// The storm of 1.0.0-beta.5 to beta.7: beside runs and event streams, submissions from admission through their
// outbox, and sessions that are saved again and again.
import { isDeepStrictEqual } from 'node:util';
import type { PersistenceStores } from '@flue/runtime/adapter';
import { redis } from '../../src/lines/beta5/index.ts';
import { defineCrashTests, type OwnStorm } from '../beta/crash.ts';
import { attempt, claimOf, direct } from '../beta/samples.ts';
import { session } from './samples.ts';

type Stores = PersistenceStores;

/** In the order in which a submission passes through them. */
const STAGES = ['queued', 'running', 'terminalizing', 'settled'];

defineCrashTests<Stores>({
	runtime: 'beta.7',
	open: async (runner) => redis(runner, { inspectServer: false }).connect(),
	storm: createStorm,
});

function createStorm(): OwnStorm<Stores> {
	/** How far each submission is known to have come. */
	const stages = new Map<string, string>();
	let settled = 0;
	let saves = 0;
	/** Submissions of which more may have happened than was acknowledged. */
	const open = new Set<string>();
	/** The last version of each session that was acknowledged, and the last that was sent. */
	const saved = new Map<string, { known: number; sent: number }>();

	async function work({ executionStore, eventStreamStore }: Stores, tag: string): Promise<void> {
		const { submissions } = executionStore;
		for (let index = 0; ; index += 1) {
			const id = `${tag}-${index}`;
			const ref = attempt(id, 'a');
			open.add(id);
			await submissions.admitDirect(direct(id, `i-${tag}`));
			stages.set(id, 'queued');
			await submissions.claimSubmission(claimOf(id, 'a'));
			stages.set(id, 'running');
			const event = { outcome: 'completed', id };
			await submissions.reserveSubmissionTerminal(ref, { eventKey: id, event });
			stages.set(id, 'terminalizing');
			const offset = await eventStreamStore.appendEventOnce(`agents/assistant/i-${tag}`, id, event);
			await submissions.recordSubmissionTerminalOffset(ref, id, offset);
			await submissions.finalizeSubmissionTerminal(ref, id);
			stages.set(id, 'settled');
			settled += 1;
			open.delete(id);
		}
	}

	async function save({ executionStore }: Stores, key: string): Promise<void> {
		const first = (saved.get(key)?.sent ?? 0) + 1;
		for (let version = first; ; version += 1) {
			saved.set(key, { known: saved.get(key)?.known ?? 0, sent: version });
			await executionStore.sessions.save(key, versionOf(version));
			saved.set(key, { known: version, sent: version });
			saves += 1;
		}
	}

	async function lookAtRows({ executionStore }: Stores): Promise<string[]> {
		const lost: string[] = [];
		for (const [id, stage] of stages) {
			const row = await executionStore.submissions.getSubmission(id);
			const is = STAGES.indexOf(row?.status ?? '');
			const known = STAGES.indexOf(stage);
			if (is < known || (is > known && !open.has(id))) lost.push(id);
		}
		// Each life has submissions of its own: what a dead one left is looked at once.
		stages.clear();
		open.clear();
		return lost;
	}

	async function lookAtSessions({ executionStore }: Stores): Promise<string[]> {
		const lost: string[] = [];
		for (const [key, { known, sent }] of saved) {
			const data = await executionStore.sessions.load(key);
			const version = Number(data?.metadata.version ?? 0);
			if (version < known || version > sent) lost.push(key);
			// Whole: every entry is of the version that the head says.
			if (data && !isDeepStrictEqual(data, versionOf(version))) lost.push(`${key} torn`);
			saved.set(key, { known: version, sent: Math.max(version, sent) });
		}
		return lost;
	}

	return {
		begin: (stores, tag) => [work(stores, tag), save(stores, 'one'), save(stores, 'two')],
		count: () => `${settled} settlements and ${saves} saves`,
		lookAfter: async (stores) => [...(await lookAtRows(stores)), ...(await lookAtSessions(stores))],
	};
}

/** A session that differs from version to version in its length, its head and some of its entries. */
function versionOf(version: number) {
	const data = session(3 + (version % 5));
	const entries = data.entries.map((entry, index) =>
		index % 2 === version % 2 ? { ...entry, timestamp: `version ${version}` } : entry,
	);
	return { ...data, entries, metadata: { version } };
}
