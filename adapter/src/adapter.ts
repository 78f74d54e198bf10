// What every line's adapter does around its stores: look at the server, mark the namespace, load the
// scripts, and only then hand anything out.
import { inspectServer } from './inspect.ts';
import { type Keys, openNamespace, STAMP } from './keys.ts';
import * as log from './lua/log.ts';
import { SEAL } from './lua/seal.ts';
import { type Line, migrate } from './migrate.ts';
import { checkNames } from './names.ts';
import { preload } from './preload.ts';
import { checkReplicas, confirmBy } from './replicas.ts';
import { retentionOf } from './retention.ts';
import type { RedisOptions, RedisRunner } from './runner.ts';
import { type Connection, connect, type Script } from './script.ts';

/** What one line of the runtime brings. */
export interface AdapterLine<Stores, Wrapped extends Connection> extends Line {
	/** What the stores send by; the connection itself where a line wraps nothing around it. */
	readonly wrap: (connection: Connection) => Wrapped;
	/** Sends what the wrapping still holds back. */
	readonly settle: (connection: Wrapped) => Promise<void>;
	/** Modules whose exported scripts the line may run. */
	readonly scripts: readonly Readonly<Record<string, Script | unknown>>[];
	readonly openStores: (connection: Wrapped, keys: Keys, retention: number) => Stores;
	/** Why nothing may expire, where it may not. */
	readonly keepsAll?: string;
}

/** The three functions that a db.ts exports, whatever the stores are. */
export interface Adapter<Stores> {
	readonly migrate: () => Promise<void>;
	readonly connect: () => Promise<Stores>;
	readonly close: () => Promise<void>;
}

/**
 * Opens an adapter of one line.
 *
 * @throws Error when the key prefix is empty, a number of `replicas` is none, or `retain` cannot be. `migrate()` and `connect()` reject when the server is
 * a Cluster, a read-only replica, still loading or may evict keys, when the client changes the names of keys, and with the runtime's own
 * version error when the namespace holds data that this line cannot read.
 */
export function openAdapter<Stores, Wrapped extends Connection>(
	line: AdapterLine<Stores, Wrapped>,
	runner: RedisRunner,
	options: RedisOptions,
): Adapter<Stores> {
	const keys = openNamespace(options.keyPrefix ?? 'flue');
	const retention = retentionOf(options.retain);
	if (retention > 0 && line.keepsAll !== undefined) throw new Error(line.keepsAll);
	const { replicas } = options;
	if (replicas) checkReplicas(replicas);
	const { base } = keys;
	const means = { sealing: SEAL, command: log.COMMAND, mark: keys.one(STAMP), base };
	// Start-up writes only the mark, before it is known that anything else may be written here.
	const connection = connect(runner, means);
	const confirm = replicas && confirmBy(runner, keys.one('fence'), replicas);
	const wrapped = line.wrap(connect(runner, means, confirm));
	let prepared = false;
	const prepare = async () => {
		if (options.inspectServer ?? true) await inspectServer(connection);
		await checkNames(connection);
		await migrate(connection, keys, line);
		await connection.seal();
		await preload(connection, [log, ...line.scripts]);
		prepared = true;
	};
	return {
		migrate: prepare,
		async connect() {
			if (!prepared) await prepare();
			return line.openStores(wrapped, keys, retention);
		},
		async close() {
			await line.settle(wrapped);
			await runner.close();
		},
	};
}
