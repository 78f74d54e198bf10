// Puts the pieces together: the adapter that a db.ts exports.
import type { PersistenceAdapter } from '@flue/runtime/adapter';
import { createAttachmentStore } from './attachments.ts';
import { inspectServer } from './inspect.ts';
import { openNamespace } from './keys.ts';
import { migrate } from './migrate.ts';
import { preload } from './preload.ts';
import type { RedisOptions, RedisRunner } from './runner.ts';
import { connect } from './script.ts';
import { createStreamStore } from './streams/store.ts';
import { createSubmissionStore } from './submissions/store.ts';

/**
 * Durable state for Flue on a Redis or Valkey server.
 *
 * ```ts
 * export default redis(runner, { keyPrefix: 'shop' });
 * ```
 *
 * @param runner - how to reach the server; see {@link RedisRunner}.
 * @param options - see {@link RedisOptions}.
 * @throws Error when the key prefix is empty. `migrate()` and `connect()` reject when the server is
 * a Cluster, a read-only replica, still loading or may evict keys, and with
 * `PersistedFormatVersionError` when the namespace holds data that this version cannot read.
 */
export function redis(runner: RedisRunner, options: RedisOptions = {}): PersistenceAdapter {
	const keys = openNamespace(options.keyPrefix ?? 'flue');
	const connection = connect(runner);
	let prepared = false;
	const prepare = async () => {
		if (options.inspectServer ?? true) await inspectServer(connection);
		await migrate(connection, keys);
		await preload(connection);
		prepared = true;
	};
	return {
		migrate: prepare,
		async connect() {
			if (!prepared) await prepare();
			return {
				submissionStore: createSubmissionStore(connection, keys),
				conversationStreamStore: createStreamStore(connection, keys),
				attachmentStore: createAttachmentStore(connection, keys),
			};
		},
		async close() {
			await runner.close();
		},
	};
}
