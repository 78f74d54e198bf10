// The only seam between this package and a Redis client: four functions, described here and
// nowhere else. Types only.

/** One Redis command: its name, then its arguments. Numbers are sent in their decimal form. */
export interface RedisCommand {
	readonly command: string;
	readonly args?: (string | number)[];
}

/**
 * How this package talks to the server; a few lines around any client.
 *
 * Replies may come in RESP2 or RESP3 shape. Text must be decoded as UTF-8 strings (not Buffers).
 * A command that the server refuses must reject with an Error whose message carries the server's
 * own text (`NOSCRIPT …`, `READONLY …`), which is what every client does by default.
 */
export interface RedisRunner {
	/** Send one command and resolve to its reply. */
	readonly command: (command: string, args?: (string | number)[]) => Promise<unknown>;
	/** Send `EVAL script <number of keys> keys… args…`. Used once per script, until it is cached. */
	readonly eval: (script: string, keys: string[], args?: (string | number)[]) => Promise<unknown>;
	/**
	 * Send several commands in one round trip and resolve to their replies in order; reject when one
	 * of them failed. Optional, and part of the contract for runners that have it; every operation of
	 * this release already is one script or one command, so nothing waits for it.
	 */
	readonly pipeline?: (commands: RedisCommand[]) => Promise<unknown[]>;
	/** Close the connection. Called once, when Flue shuts down. */
	readonly close: () => unknown;
}

/** How many replicas must have a write before it is acknowledged. */
export interface ReplicaOptions {
	/** So many of them; the same number for all processes. */
	readonly wait: number;
	/** How long one write may wait for them, in milliseconds. */
	readonly timeoutMs: number;
}

/** Settings of {@link redis}. */
export interface RedisOptions {
	/**
	 * Namespace of every key that is written, without the colon that follows it. Any text, but not
	 * empty; trailing colons are dropped. Another prefix is another, separate store.
	 *
	 * @defaultValue `'flue'`
	 */
	readonly keyPrefix?: string;
	/**
	 * Ask the server at start-up whether it is a Cluster and whether it may evict keys, and refuse
	 * both. Turn it off only where the provider denies CONFIG and INFO and both are known to be right.
	 *
	 * @defaultValue `true`
	 */
	readonly inspectServer?: boolean;
	/**
	 * How long a settled submission stays, with its input: a whole number with `m`, `h`, `d` or `w`
	 * behind it, such as `'30d'`. Conversations never expire.
	 *
	 * @defaultValue always
	 */
	readonly retain?: { readonly settled?: string };
	/**
	 * Acknowledge a write only when so many replicas have it (WAIT), and reject it otherwise: it then stands on the
	 * primary, and may yet reach them. The runner must send everything over one connection, and nothing again
	 * after that was lost. Reads do not wait.
	 *
	 * @defaultValue none: what was acknowledged last may be lacking on a replica that is promoted
	 */
	readonly replicas?: ReplicaOptions;
}
