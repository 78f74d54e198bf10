// What the adapter asks of a server: its commands and its keys. Held equal to adapter/ by test/commands/verify/probe/needs.test.ts. Pure.

/** A key of a namespace without its prefix, for each kind of key in the adapter's layout. */
export const KEYS = [
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
];

/**
 * Every command that the adapter sends, or that one of its scripts calls as the same user, with arguments that a server
 * takes into a queue; `key` stands for a key of the namespace. INFO, CONFIG and SCRIPT are left out: it does without.
 */
export const COMMANDS: readonly (readonly string[])[] = [
	['DEL', 'key'],
	['EVAL', 'return 1', '1', 'key'],
	['EVALSHA', 'e0e1f9fabfc9d4800c877a703b823ac0578ff8db', '1', 'key'],
	['EXISTS', 'key'],
	['GET', 'key'],
	['HDEL', 'key', 'field'],
	['HGET', 'key', 'field'],
	['HINCRBY', 'key', 'field', '1'],
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
];

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
