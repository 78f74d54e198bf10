// Looking at submissions: by id, by index, and whether there is anything left to do.
import type { AgentSubmission, AgentSubmissionStore } from '@flue/runtime/adapter';
import { encodePart, INDEXES } from '../keys.ts';
import { LIST, LIST_RUNNING, ROW } from '../lua/listings.ts';
import type { Connection } from '../script.ts';
import { readListing, readOne, viewRow } from './read.ts';
import { settledRow, settledValues } from './settled.ts';
import type { Place } from './shape.ts';

type Listings = Pick<
	AgentSubmissionStore,
	| 'getSubmission'
	| 'hasUnsettledSubmissions'
	| 'listRunnableSubmissions'
	| 'listRunningSubmissions'
	| 'listExpiredSubmissions'
>;

/** Connections on which the server did not sort: it has no such command, or not for this user. */
const withoutSort = new WeakSet<Connection>();

/**
 * The rows of one index, in its order. Redis 7 and later read them as one command, in half the time that a script takes;
 * a user with rights to some keys alone may not, and a pattern cannot name what has a star before the id.
 */
export async function listIndex(
	place: Place,
	index: string,
	expected: 'queued' | 'running',
): Promise<AgentSubmission[]> {
	const { connection, keys } = place;
	const list = () => connection.run(LIST, [index], [keys.base]);
	if (!connection.isDirect || withoutSort.has(connection) || keys.base.includes('*')) {
		return readListing(place, await list(), expected);
	}
	const row = `${keys.base}sub/*->`;
	const reply = await connection
		.send('SORT_RO', index, 'BY', 'nosort', 'GET', `${row}state`, 'GET', `${row}payload`)
		.catch(async () => {
			const answer = await list();
			withoutSort.add(connection);
			return answer;
		});
	return readListing(place, reply, expected);
}

/** Opens the methods that only read and that every line has. */
export function createListings(place: Place): Listings {
	const { connection, keys } = place;
	const { runnable, running } = keys.index;
	const indexes = INDEXES.map((name) => keys.index[name]);
	const listRunning = async (after: string, before: string) => {
		const reply = await connection.run(LIST_RUNNING, [running], [keys.base, after, before]);
		return inOrder(await readListing(place, reply, 'running'));
	};
	return {
		async getSubmission(id) {
			const reply = await connection.run(ROW, [keys.of('sub', id), running], []);
			const values = settledValues(reply);
			if (values === undefined) return readOne(place, reply);
			return viewRow(place, settledRow(place.shape, encodePart(id), values));
		},
		async hasUnsettledSubmissions() {
			return Number(await connection.send('EXISTS', ...indexes)) > 0;
		},
		listRunnableSubmissions: () => listIndex(place, runnable, 'queued'),
		listRunningSubmissions: () => listRunning('-inf', '+inf'),
		listExpiredSubmissions: () => listRunning('(0', `(${Date.now()}`),
	};
}

/** `running` is indexed by lease; the contract lists by admission. */
export function inOrder(rows: AgentSubmission[]): AgentSubmission[] {
	return rows.sort((left, right) => left.sequence - right.sequence);
}
