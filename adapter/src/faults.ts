// Turns a server's refusal into one sentence that names the cause and the cure. Any other error
// passes through untouched.

/** [what the server's message begins with, what it means]; texts from the Redis 7 and Valkey 8 sources. */
const MEANINGS: readonly (readonly [RegExp, string])[] = [
	[
		/^NOAUTH/,
		'The server requires a password, and the connection gave none. Put it into the connection URL.',
	],
	[/^WRONGPASS|^ERR invalid (username-)?password/, 'The server refused the user name or password.'],
	[
		/(^|-)READONLY/,
		'The server is a read-only replica. Connect to the primary; nothing was written.',
	],
	[/^LOADING/, 'The server is still loading its data into memory. Try again when it is ready.'],
	[/^MASTERDOWN/, 'The server is a replica that has lost its primary. Connect to the primary.'],
	[
		/^OOM|command not allowed when used memory/,
		"The server's memory is full (maxmemory). Nothing was written; raise maxmemory or free memory, then try again.",
	],
	[
		/(^|-)MISCONF/,
		'The server refuses writes because it cannot persist them (MISCONF). Look at its disk and log.',
	],
	[/^(MOVED|ASK|CROSSSLOT|CLUSTERDOWN)\b/, 'Redis Cluster is not supported by @flue/redis.'],
	[
		/^ERR unknown (command|subcommand)/i,
		'The server is too old for @flue/redis or lacks a command it needs: Redis 4.0 or any Valkey is the least.',
	],
];

/** What an error of the server means, or nothing when this package has no better words for it. */
function meaningOf(error: unknown): string | undefined {
	if (!(error instanceof Error)) return undefined;
	return MEANINGS.find(([pattern]) => pattern.test(error.message))?.[1];
}

/**
 * True when the server answered that it will not run this command: a permission, a disabled or
 * renamed command, in whatever words a provider chose. False for faults that concern every command.
 */
export function isRefusal(error: unknown): boolean {
	if (!(error instanceof Error)) return false;
	const original = error.cause instanceof Error ? error.cause : error;
	if (/^(NOPERM|ERR unknown (command|subcommand))/i.test(original.message)) return true;
	return /^[A-Z]+ /.test(original.message) && meaningOf(original) === undefined;
}

/** The error that callers see: the server's refusal in better words, with itself as the `cause`. */
export function explain(error: unknown): unknown {
	const meaning = meaningOf(error);
	if (!meaning || !(error instanceof Error)) return error;
	return new Error(`[flue] ${meaning} (${error.message})`, { cause: error });
}
