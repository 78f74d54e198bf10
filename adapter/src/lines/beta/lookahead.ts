// The three listings that the runtime's claim loop asks for one after the other, answered by one request.
// What came along with the first is used for the next ones only within the same turn of the event loop and
// as long as nothing else was asked: then there is nothing this process could have heard in between.
import type { AgentSubmissionStore } from '@flue/runtime/adapter';
import { inOrder } from '../../submissions/listings.ts';
import { readListing } from '../../submissions/read.ts';
import type { Place } from '../../submissions/shape.ts';
import { LIST_WORK } from './lua/listings.ts';
import type { Together } from './together.ts';

/** A place whose requests travel together. */
export type BatchedPlace = Place & { readonly connection: Together };

type Listings = Pick<AgentSubmissionStore, 'listRunnableSubmissions' | 'listExpiredSubmissions'>;

/** The listings, and the first of the three: state and record of each reserved row. */
export interface Lookahead {
	readonly listings: Listings;
	readonly listSettling: () => Promise<readonly (string | null)[]>;
}

/** What came along, and how many requests there were until then. */
interface Ahead {
	readonly expired: unknown;
	readonly runnable: unknown;
	readonly requests: number;
}

/** Opens the listings of one namespace. */
export function createLookahead(place: BatchedPlace, fallback: Listings): Lookahead {
	const { connection, keys } = place;
	const { settling, running, runnable } = keys.index;
	let ahead: Ahead | undefined;
	const use = (name: 'expired' | 'runnable') =>
		ahead?.requests === connection.requests() ? ahead[name] : undefined;
	return {
		async listSettling() {
			const args = [keys.base, Date.now()];
			const reply = await connection.run(LIST_WORK, [settling, running, runnable], args);
			const [reserved, expired, queued] = reply as [(string | null)[], unknown, unknown];
			const found = { expired, runnable: queued, requests: connection.requests() };
			ahead = found;
			setImmediate(() => {
				if (ahead === found) ahead = undefined;
			});
			return reserved;
		},
		listings: {
			async listExpiredSubmissions() {
				const known = use('expired');
				if (known === undefined) return fallback.listExpiredSubmissions();
				return inOrder(await readListing(place, known, 'running'));
			},
			async listRunnableSubmissions() {
				const known = use('runnable');
				if (known === undefined) return fallback.listRunnableSubmissions();
				return readListing(place, known, 'queued');
			},
		},
	};
}
