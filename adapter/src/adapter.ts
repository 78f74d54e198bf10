// What every line's adapter does around its stores: look at the server, mark the namespace, load the
// scripts, and only then hand anything out.
import { inspectServer } from './inspect.ts';
import { type Keys, openNamespace } from './keys.ts';
import { type Line, migrate } from './migrate.ts';
import { preload } from './preload.ts';
import type { RedisOptions, RedisRunner } from './runner.ts';
import { type Connection, connect, type Script } from './script.ts';

/** What one line of the runtime brings. */
export interface AdapterLine<Stores> extends Line {
	/** Modules whose exported scripts the line may run. */
	readonly scripts: readonly Readonly<Record<string, Script | unknown>>[];
	readonly openStores: (connection: Connection, keys: Keys) => Stores;
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
 * @throws Error when the key prefix is empty. `migrate()` and `connect()` reject when the server is
 * a Cluster, a read-only replica, still loading or may evict keys, and with the runtime's own
 * version error when the namespace holds data that this line cannot read.
 */
export function openAdapter<Stores>(
	line: AdapterLine<Stores>,
	runner: RedisRunner,
	options: RedisOptions,
): Adapter<Stores> {
	const keys = openNamespace(options.keyPrefix ?? 'flue');
	const connection = connect(runner);
	let prepared = false;
	const prepare = async () => {
		if (options.inspectServer ?? true) await inspectServer(connection);
		await migrate(connection, keys, line);
		await preload(connection, line.scripts);
		prepared = true;
	};
	return {
		migrate: prepare,
		async connect() {
			if (!prepared) await prepare();
			return line.openStores(connection, keys);
		},
		async close() {
			await runner.close();
		},
	};
}
