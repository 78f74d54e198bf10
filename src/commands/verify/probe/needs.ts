// What the adapter asks of a server, on each line of Flue: its commands and its keys. Held equal to adapter/ by test/commands/verify/probe/needs.test.ts. Pure.

import type { FlueLine } from '../../../model/facts.ts';

/** A key of a namespace without its prefix, for each kind of key in the adapter's layout. */
const KEYS = [
	'@flue/redis',
	'sequence',
	'sub/0',
	'parts/0',
	'session/0',
	'unready',
	'runnable',
	'settling',
	'joins',
	'running',
	'joins/0',
	'stream/0',
	'batches/0',
	'fold/0',
	'file/0/0',
	'bytes/0/0',
	'stage/0',
	'fence',
];

/** Those that the betas have besides. */
const BETA_KEYS = [
	'run/0',
	'runs',
	'runs/0',
	'workflow/0',
	'workflow/0/0',
	'feed/0',
	'events/0',
	'markers',
	'files/0',
	'snapshot/0',
	'journal/0',
	'segments/0',
	'history/0',
	'deleting/0',
	'deletions',
	'receipts',
];

/** A command and its arguments. */
type Command = readonly string[];

/**
 * Every command that the adapter sends, or that one of its scripts calls as the same user, with arguments that a server
 * takes into a queue; `key` stands for a key of the namespace. INFO, CONFIG and SCRIPT are left out: it does without.
 */
const COMMANDS: readonly Command[] = [
	['DEL', 'key'],
	['EVAL', 'return 1', '1', 'key'],
	['EVALSHA', 'e0e1f9fabfc9d4800c877a703b823ac0578ff8db', '1', 'key'],
	['EXISTS', 'key'],
	['GET', 'key'],
	['HDEL', 'key', 'field'],
	['HGET', 'key', 'field'],
	['HGETALL', 'key'],
	['HMGET', 'key', 'field'],
	['HSET', 'key', 'field', 'value'],
	['INCR', 'key'],
	['LINDEX', 'key', '0'],
	['LLEN', 'key'],
	['LRANGE', 'key', '0', '0'],
	['PERSIST', 'key'],
	['PEXPIRE', 'key', '1'],
	['RENAME', 'key', 'key'],
	['RPUSH', 'key', 'value'],
	['SCAN', '0', 'COUNT', '1'],
	['SET', 'key', 'value'],
	['TYPE', 'key'],
	['ZADD', 'key', '1', 'member'],
	['ZRANGE', 'key', '0', '0'],
	['ZRANGEBYSCORE', 'key', '0', '0'],
	['ZREM', 'key', 'member'],
	['ZSCORE', 'key', 'member'],
];

/** Those that the betas need besides. */
const BETA_COMMANDS: readonly Command[] = [
	['HKEYS', 'key'],
	['HSETNX', 'key', 'field', 'value'],
	['SADD', 'key', 'member'],
	['SMEMBERS', 'key'],
	['SREM', 'key', 'member'],
	['ZREVRANGEBYLEX', 'key', '+', '-'],
];

/** What it sends behind each write where db.ts passes `replicas`. */
const WAIT: Command = ['WAIT', '1', '1'];

/** What the adapter of a line needs. */
export function needsOf(
	line: FlueLine,
	waits: boolean,
): { keys: readonly string[]; commands: readonly Command[] } {
	const common = waits ? [...COMMANDS, WAIT] : COMMANDS;
	if (line === '2.x') return { keys: KEYS, commands: common };
	return { keys: [...KEYS, ...BETA_KEYS], commands: [...common, ...BETA_COMMANDS] };
}

/** The server settings that are read. */
export const SETTINGS = [
	'maxmemory-policy',
	'maxmemory',
	'appendonly',
	'appendfsync',
	'save',
	'timeout',
	'cluster-enabled',
];
