// The adapter that a db.ts of a project with @flue/runtime 2.x exports.
import {
	FLUE_FORMAT_VERSION,
	PersistedFormatVersionError,
	type PersistenceAdapter,
	type PersistenceStores,
	StreamListenerRegistry,
} from '@flue/runtime/adapter';
import { type AdapterLine, openAdapter } from '../../adapter.ts';
import { type Repeatable, repeating } from '../../again.ts';
import { createAttachmentStore } from '../../attachments.ts';
import * as admission from '../../lua/admission.ts';
import * as attempts from '../../lua/attempts.ts';
import * as files from '../../lua/files.ts';
import * as listings from '../../lua/listings.ts';
import * as settlement from '../../lua/settlement.ts';
import * as streams from '../../lua/streams.ts';
import type { RedisOptions, RedisRunner } from '../../runner.ts';
import type { Connection } from '../../script.ts';
import { createStreamStore } from '../../streams/store.ts';
import { createIds } from '../../submissions/ids.ts';
import { createCheckpoints } from './checkpoints.ts';
import * as joins from './lua/joins.ts';
import * as queue from './lua/queue.ts';
import * as reserve from './lua/settlement.ts';
import { SHAPE } from './shape.ts';
import { createSubmissionStore } from './store.ts';

/** The last `schema_version` before the stamp was renamed (@flue/runtime 2.0.3, migrateFlueSqlSchema). */
const ADOPTABLE_SCHEMA = '8';

/** README.md has what an exact retry of each answers. */
const REPEATABLE: Repeatable = {
	same: new Set([
		admission.ADMIT,
		admission.READY,
		attempts.INPUT_APPLIED,
		attempts.RENEW,
		attempts.ABORT_SESSION,
		files.PUT,
		streams.CREATE_STREAM,
		// The epoch of the first time is nobody's.
		streams.ACQUIRE_PRODUCER,
		streams.APPEND,
		reserve.RESERVE,
		settlement.FINALIZE,
	]),
	told: new Set([attempts.CLAIM, joins.CLAIM_JOINS]),
};

const LINE: AdapterLine<PersistenceStores, Connection> = {
	wrap: (connection) => repeating(connection, REPEATABLE),
	settle: async () => undefined,
	stamp: { field: 'format_version', version: String(FLUE_FORMAT_VERSION) },
	adoptable: { field: 'schema_version', version: ADOPTABLE_SCHEMA },
	refuse(storedVersion) {
		return new PersistedFormatVersionError({
			storedVersion,
			supportedVersion: FLUE_FORMAT_VERSION,
		});
	},
	scripts: [admission, attempts, files, joins, listings, queue, reserve, settlement, streams],
	openStores(connection, keys, retention) {
		const place = { connection, keys, shape: SHAPE, retention, ids: createIds() };
		return {
			submissionStore: createSubmissionStore(place),
			conversationStreamStore: {
				...createStreamStore(place, new StreamListenerRegistry()),
				...createCheckpoints(connection, keys),
			},
			attachmentStore: createAttachmentStore(connection, keys),
		};
	},
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
 * `PersistedFormatVersionError` when the namespace holds data that this version cannot read.
 */
export function redis(runner: RedisRunner, options: RedisOptions = {}): PersistenceAdapter {
	return openAdapter(LINE, runner, options);
}
