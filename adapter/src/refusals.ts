// What a server's refusal means, what helps, and whether waiting does: one table for this package and
// for the program that checks a server before it is used. Pure.
import { LEAST_REDIS } from './least.ts';

/**
 * What a refusal is about. Only `right` and `command` say that this user, or this server, may not run
 * the one command that was asked for; everything else is true of others as well.
 */
export type RefusalKind =
	| 'right'
	| 'database'
	| 'command'
	| 'login'
	| 'protocol'
	| 'writes'
	| 'moment'
	| 'cluster'
	| 'limit'
	| 'data'
	| 'connection';

/** One refusal in words. */
export interface Refusal {
	/** As the server begins its message, e.g. `OOM`; a name of ours where it has none. */
	readonly code: string;
	readonly kind: RefusalKind;
	/** A clause. */
	readonly means: string;
	/** Sentences. */
	readonly helps: string;
	/** Whether the same request may succeed later, with nothing changed by anybody. */
	readonly waits: boolean;
}

/** A row of the table: its code, others that mean the same, and how it reads where there is no code. */
interface Row extends Refusal {
	readonly also?: readonly string[];
	readonly words?: RegExp;
}

const REPLICA = 'Connect to the primary; nothing was written.';
const CLUSTER = 'Redis Cluster is not supported by @flue/redis';
const NO_CLUSTER = 'Use a server, or a database of the provider, without Cluster mode.';

/**
 * The first row that fits counts. Codes and texts are those of Redis 4 to 8, Valkey 7 to 9, Redict, KeyDB and
 * Dragonfly, of providers' quotas, and of valkey-glide, which says some codes in words of its own.
 */
const ROWS: readonly Row[] = [
	{
		code: 'NOPROTO',
		words: /\bunknown command\W*HELLO\b|\bNOPERM\b.*'hello\b/i,
		kind: 'protocol',
		means: 'the server does not take the protocol that the client speaks (HELLO, RESP3)',
		helps:
			"Write `RESP: 2` beside `url` in the client's options, or use redis 5, which asks for no HELLO.",
		waits: false,
	},
	{
		code: 'NOAUTH',
		kind: 'login',
		means: 'the server requires a password, and the connection gave none',
		helps: 'Put it into the connection URL.',
		waits: false,
	},
	{
		code: 'WRONGPASS',
		words: /\bERR invalid (username-)?password|\bAuthenticationFailed\b/,
		kind: 'login',
		means: 'the server refused the user name or password',
		helps: 'Correct them in the connection URL; / ? # @ : and % are percent-encoded in it.',
		waits: false,
	},
	{
		code: 'AUTH',
		words: /called without any password configured|Client sent AUTH, but no password is set/,
		kind: 'login',
		means: 'the server has no password, and the connection gave one',
		helps: 'Give the server a password, or take it out of the connection URL.',
		waits: false,
	},
	{
		code: 'NODATABASE',
		words: /\b(NOPERM|PermissionDenied)\b.*\baccess\b.*\b(database|db)\b/i,
		kind: 'database',
		means: 'this user may not use the database of the connection URL',
		helps:
			'Allow it (ACL: db=N), or put the number of one that it may use behind the last / of the URL.',
		waits: false,
	},
	{
		code: 'NOPERM',
		words: /\bPermissionDenied\b/,
		kind: 'right',
		means: 'this user may not do that',
		helps: 'Allow it to the user (ACL SETUSER), or in the console of the provider.',
		waits: false,
	},
	{
		code: 'READONLY',
		words: /\bReadOnly:/,
		kind: 'writes',
		means: 'the server is a read-only replica',
		helps: REPLICA,
		waits: false,
	},
	{
		code: 'MASTERDOWN',
		words: /\bMasterDown:/,
		kind: 'moment',
		means: 'the server is a replica that has lost its primary',
		helps: REPLICA,
		waits: false,
	},
	{
		code: 'LOADING',
		words: /\bBusyLoadingError\b/,
		kind: 'moment',
		means: 'the server is still loading its data into memory',
		helps: 'Try again when it is ready.',
		waits: true,
	},
	{
		code: 'BUSY',
		kind: 'moment',
		means: 'the server is busy with a script of somebody that runs for long',
		helps: 'Try again when it has ended, or end it with SCRIPT KILL.',
		waits: true,
	},
	{
		code: 'OOM',
		words: /command not allowed when used memory|\bOut of memory$/i,
		kind: 'writes',
		means: "the server's memory is full (maxmemory)",
		helps: 'Nothing was written; raise maxmemory or free memory, then try again.',
		waits: false,
	},
	{
		code: 'MISCONF',
		kind: 'writes',
		means: 'the server refuses writes because it cannot persist them to its disk (MISCONF)',
		helps: 'Look at its disk and log.',
		waits: false,
	},
	{
		code: 'NOREPLICAS',
		kind: 'writes',
		means: 'the server refuses writes because it has too few replicas',
		helps: 'Look at min-replicas-to-write and at the replicas.',
		waits: true,
	},
	{
		code: 'UNBLOCKED',
		kind: 'moment',
		means: 'the server changed between primary and replica meanwhile',
		helps: 'Connect to the primary, and look whether it was written.',
		waits: true,
	},
	{
		code: 'MOVED',
		also: ['ASK', 'CROSSSLOT', 'CLUSTERDOWN', 'TRYAGAIN'],
		words: /\b(Moved|Ask|CrossSlot|ClusterDown|TryAgain):/,
		kind: 'cluster',
		means: CLUSTER,
		helps: NO_CLUSTER,
		waits: false,
	},
	{
		code: 'NOSCRIPT',
		words: /\bNoScriptError\b/,
		kind: 'moment',
		means: 'the server does not know a script that it was given',
		helps: 'Try again; it was emptied (SCRIPT FLUSH), restarted or replaced in the moment between.',
		waits: true,
	},
	{
		code: 'WRONGTYPE',
		kind: 'data',
		means: 'a key of this store holds something that was not written by it',
		helps: 'Use an empty database, or another keyPrefix.',
		waits: false,
	},
	{
		code: 'MAXCLIENTS',
		words: /max number of clients|max concurrent connections/i,
		kind: 'limit',
		means: 'the server has no room for one more connection (maxclients)',
		helps: 'Raise maxclients, or close connections.',
		waits: true,
	},
	{
		code: 'QUOTA',
		words:
			/\bmax (daily )?(requests?|bandwidth|data|storage|commands?)\b.*\bexceeded\b|\bquota\b|\brate limit\b|too many requests/i,
		kind: 'limit',
		means: 'a limit of the provider is used up',
		helps: 'Look at the usage and the plan in the console of the provider.',
		waits: true,
	},
	{
		code: 'UNKNOWN',
		words:
			/\bunknown (redis |valkey )?(sub)?command\b|\bcommand\b.*\bnot (available|allowed|supported|permitted)\b|\b(un|not )supported command\b|\bcommand\b.*\bdisabled\b/i,
		kind: 'command',
		means: `the server is too old for @flue/redis or lacks a command it needs: Redis ${LEAST_REDIS} or any Valkey is the least`,
		helps: 'Upgrade the server, or ask its provider for the command.',
		waits: false,
	},
	{
		code: 'MaxRetriesPerRequestError',
		words: /Reached the max retries per request limit/,
		kind: 'connection',
		means: 'the client has no connection to the server, and gave up',
		helps: 'Look whether the server runs; what was sent may have been carried out.',
		waits: true,
	},
];

/**
 * The code of a script's refusal, a transaction's and a client's stands behind words of theirs. Nothing else is taken
 * for one: a key or a value may be called READONLY too.
 */
const patternsOf = ({ code, also = [], words }: Row): readonly RegExp[] => [
	new RegExp(`(?:^|[-:(]\\s*)(?:${[code, ...also].join('|')})\\b`),
	...(words ? [words] : []),
];

const PATTERNS = ROWS.map(patternsOf);

/** What a message of a server, or of a client about it, means; nothing when it is not known. */
export function refusalOf(message: string): Refusal | undefined {
	return ROWS.find((_row, index) => PATTERNS[index]?.some((pattern) => pattern.test(message)));
}
