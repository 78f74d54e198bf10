// The adapter that a db.ts of a project with @flue/runtime 1.0.0-beta.8 or beta.9 exports.
import {
	type ConversationStreamStore,
	type PersistenceAdapter,
	type PersistenceStores,
	StreamListenerRegistry,
} from '@flue/runtime/adapter';
import { type AdapterLine, openAdapter } from '../../adapter.ts';
import * as admission from '../../lua/admission.ts';
import * as attempts from '../../lua/attempts.ts';
import * as files from '../../lua/files.ts';
import * as listings from '../../lua/listings.ts';
import { REMOVE } from '../../lua/log.ts';
import * as settlement from '../../lua/settlement.ts';
import * as streams from '../../lua/streams.ts';
import type { RedisOptions, RedisRunner } from '../../runner.ts';
import { createStreamStore } from '../../streams/store.ts';
import { createIds } from '../../submissions/ids.ts';
import type { Place } from '../../submissions/shape.ts';
import { createEventStore } from '../beta/events.ts';
import * as betaAttempts from '../beta/lua/attempts.ts';
import * as events from '../beta/lua/events.ts';
import * as work from '../beta/lua/listings.ts';
import * as runs from '../beta/lua/runs.ts';
import { createRunStore } from '../beta/runs.ts';
import { SCHEMA } from '../beta/schema.ts';
import { type Together, travelTogether } from '../beta/together.ts';
import { createListedAttachments } from './attachments.ts';
import * as listedFiles from './lua/files.ts';
import { SHAPE } from './shape.ts';
import { createSubmissionStore } from './store.ts';

const LINE: AdapterLine<PersistenceStores, Together> = {
	...SCHEMA,
	wrap: travelTogether,
	settle: (connection) => connection.settle(),
	scripts: [
		...[admission, attempts, betaAttempts, events, files],
		...[listedFiles, listings, runs, settlement, streams, work],
	],
	openStores(connection, keys, retention) {
		const place = { connection, keys, shape: SHAPE, retention, ids: createIds() };
		return {
			executionStore: { submissions: createSubmissionStore(place) },
			runStore: createRunStore(connection, keys),
			eventStreamStore: createEventStore(connection, keys),
			conversationStreamStore: createConversations(place),
			attachmentStore: createListedAttachments(connection, keys),
		};
	},
};

/** Conversation streams that can be deleted; who listens to one hears of that too. */
function createConversations(place: Place): ConversationStreamStore {
	const listeners = new StreamListenerRegistry();
	const { connection, keys } = place;
	return {
		...createStreamStore(place, listeners),
		async delete(path) {
			await connection.run(REMOVE, keys.stream(path), []);
			listeners.notify(path);
		},
	};
}

/**
 * Durable state for Flue on a Redis or Valkey server.
 *
 * ```ts
 * export default redis(runner, { keyPrefix: 'shop' });
 * ```
 *
 * @param runner - how to reach the server; see {@link RedisRunner}.
 * @param options - see {@link RedisOptions}.
 * @throws Error when the key prefix is empty, or `retain` cannot be. `migrate()` and `connect()` reject when the server is
 * a Cluster, a read-only replica, still loading or may evict keys, and with
 * `PersistedSchemaVersionError` when the namespace holds data that this line cannot read.
 */
export function redis(runner: RedisRunner, options: RedisOptions = {}): PersistenceAdapter {
	return openAdapter(LINE, runner, options);
}
