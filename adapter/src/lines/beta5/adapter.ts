// The adapter that a db.ts of a project with @flue/runtime 1.0.0-beta.5 to beta.7 exports.
import type { PersistenceAdapter, PersistenceStores } from '@flue/runtime/adapter';
import { type AdapterLine, openAdapter } from '../../adapter.ts';
import * as attempts from '../../lua/attempts.ts';
import * as listings from '../../lua/listings.ts';
import * as settlement from '../../lua/settlement.ts';
import type { RedisOptions, RedisRunner } from '../../runner.ts';
import { createIds } from '../../submissions/ids.ts';
import { createEventStore } from '../beta/events.ts';
import * as betaAttempts from '../beta/lua/attempts.ts';
import * as events from '../beta/lua/events.ts';
import * as work from '../beta/lua/listings.ts';
import * as runs from '../beta/lua/runs.ts';
import { createRunStore } from '../beta/runs.ts';
import { SCHEMA } from '../beta/schema.ts';
import { type Together, travelTogether } from '../beta/together.ts';
import * as admission from './lua/admission.ts';
import * as deletion from './lua/deletion.ts';
import * as journals from './lua/journals.ts';
import * as outbox from './lua/outbox.ts';
import * as sessionScripts from './lua/sessions.ts';
import { createSessionStore } from './sessions.ts';
import { SHAPE } from './shape.ts';
import { createSubmissionStore } from './store.ts';

const LINE: AdapterLine<PersistenceStores, Together> = {
	...SCHEMA,
	wrap: travelTogether,
	settle: (connection) => connection.settle(),
	keepsAll:
		'[flue] @flue/redis for @flue/runtime 1.0.0-beta.5 to beta.7 has no `retain`: deleting a session leaves receipts of its dispatches, which are made from their settled submissions. Leave the option out.',
	scripts: [
		...[admission, attempts, betaAttempts, deletion, events, journals],
		...[listings, outbox, runs, sessionScripts, settlement, work],
	],
	openStores: (connection, keys) => ({
		executionStore: {
			sessions: createSessionStore(connection, keys),
			submissions: createSubmissionStore({
				connection,
				keys,
				shape: SHAPE,
				retention: 0,
				ids: createIds(),
			}),
		},
		runStore: createRunStore(connection, keys),
		eventStreamStore: createEventStore(connection, keys),
	}),
};

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
