// Looking at submissions: by id, by index, and whether there is anything left to do.
import type { AgentSubmission, AgentSubmissionStore } from '@flue/runtime/adapter';
import { INDEXES, type Keys } from '../keys.ts';
import { LIST, LIST_EXPIRED } from '../lua/listings.ts';
import type { Connection } from '../script.ts';
import { readListing, readOne } from './read.ts';

type Listings = Pick<
	AgentSubmissionStore,
	| 'getSubmission'
	| 'hasUnsettledSubmissions'
	| 'listRunnableSubmissions'
	| 'listUnreadySubmissions'
	| 'listRunningSubmissions'
	| 'listJoinedSubmissions'
	| 'listExpiredSubmissions'
>;

/** Opens the seven methods that only read. */
export function createListings(connection: Connection, keys: Keys): Listings {
	const { base } = keys;
	const { runnable, unready, running } = keys.index;
	const indexes = INDEXES.map((name) => keys.index[name]);
	const list = async (index: string, expected: 'queued' | 'running') =>
		readListing(connection, keys, await connection.run(LIST, [index], [base]), expected);
	return {
		async getSubmission(id) {
			const reply = await connection.send('HMGET', keys.of('sub', id), 'state', 'payload');
			return readOne(connection, keys, reply);
		},
		async hasUnsettledSubmissions() {
			return Number(await connection.send('EXISTS', ...indexes)) > 0;
		},
		listRunnableSubmissions: () => list(runnable, 'queued'),
		listUnreadySubmissions: () => list(unready, 'queued'),
		listRunningSubmissions: async () => inOrder(await list(running, 'running')),
		listJoinedSubmissions: (host) => list(keys.of('joins', host), 'running'),
		async listExpiredSubmissions() {
			const reply = await connection.run(LIST_EXPIRED, [running], [base, Date.now()]);
			return inOrder(await readListing(connection, keys, reply, 'running'));
		},
	};
}

/** `running` is indexed by lease; the contract lists by admission. */
function inOrder(rows: AgentSubmission[]): AgentSubmission[] {
	return rows.sort((left, right) => left.sequence - right.sequence);
}
