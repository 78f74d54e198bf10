// What each refusal of a server is taken for: the words of servers, providers and clients, as they were heard.
import { describe, expect, it } from 'vitest';
import { explain, isDenied, isUnknownScript } from '../src/faults.ts';
import { type RefusalKind, refusalOf } from '../src/refusals.ts';

const HEARD: [RefusalKind | undefined, string][] = [
	['login', 'NOAUTH Authentication required.'],
	['login', 'WRONGPASS invalid username-password pair or user is disabled.'],
	['login', 'ERR invalid password'],
	['login', 'ERR Client sent AUTH, but no password is set'],
	[
		'login',
		'ERR AUTH <password> called without any password configured for the default user. Are you sure your configuration is correct?',
	],
	['right', "NOPERM this user has no permissions to run the 'eval' command"],
	['right', 'NOPERM No permissions to access a key'],
	['right', 'An error was signalled by the server: PermissionDenied: User x has no permissions'],
	['right', "NOPERM User db has no permissions to run the 'eval' command"],
	['right', "NOPERM User hello has no permissions to run the 'eval' command"],
	['database', 'NOPERM No permissions to access database 0'],
	['protocol', 'NOPROTO unsupported protocol version'],
	['protocol', 'ERR unknown command `HELLO`, with args beginning with: `3`, '],
	['protocol', "NOPERM this user has no permissions to run the 'hello' command"],
	['command', "ERR unknown command 'EVALSHA', with args beginning with: 'e'"],
	['command', 'ERR Unknown Redis command called from script script: f_1, on @user_script:1.'],
	['command', "ERR Command is not available: 'CONFIG'."],
	['writes', "READONLY You can't write against a read only replica."],
	['writes', 'EXECABORT Transaction discarded because of: READONLY no writes on a replica.'],
	['writes', "ERR Error running script (call to f_1): @user_script:1: -READONLY You can't write"],
	['writes', "OOM command not allowed when used memory > 'maxmemory'."],
	['writes', 'MISCONF Errors writing to the AOF file: No space left on device'],
	['writes', 'NOREPLICAS Not enough good replicas to write.'],
	['moment', 'LOADING Valkey is loading the dataset in memory'],
	[
		'moment',
		'BUSY Redis is busy running a script. You can only call SCRIPT KILL or SHUTDOWN NOSAVE.',
	],
	['moment', "MASTERDOWN Link with MASTER is down and replica-serve-stale-data is set to 'no'."],
	['moment', 'UNBLOCKED force unblock from blocking operation, instance state changed'],
	['moment', 'NOSCRIPT No matching script. Please use EVAL.'],
	['moment', 'An error was signalled by the server: NoScriptError: No matching script.'],
	['cluster', 'MOVED 3999 127.0.0.1:6381'],
	['cluster', 'TRYAGAIN Multiple keys request during rehashing of slot'],
	['cluster', 'CLUSTERDOWN Hash slot not served'],
	['limit', 'ERR max requests limit exceeded. Limit: 500000, Usage: 500000.'],
	['limit', 'ERR max daily request limit exceeded. Limit: 10000, Usage: 10000.'],
	['limit', 'ERR max number of clients reached'],
	['data', 'WRONGTYPE Operation against a key holding the wrong kind of value'],
	['connection', 'Reached the max retries per request limit (which is 20).'],
	[undefined, 'ERR come back tomorrow'],
	[undefined, 'BUSYGROUP Consumer Group name already exists'],
	[undefined, 'ERR no such key READONLY'],
	[undefined, 'Socket closed unexpectedly'],
];

describe('a refusal', () => {
	it.each(HEARD)('of the kind %s: %s', (kind, message) => {
		expect(refusalOf(message)?.kind).toBe(kind);
		const error = new Error(message);
		expect(isDenied(error)).toBe(kind === 'right' || kind === 'command');
		expect(isDenied(explain(error))).toBe(isDenied(error));
		if (kind === undefined) expect(explain(error)).toBe(error);
		else expect(explain(error)).toMatchObject({ cause: error });
	});

	it('tells which wait helps with, and which it does not', () => {
		const waits = HEARD.filter(([, message]) => refusalOf(message)?.waits).map(([, one]) => one);
		const codes = waits.map((message) => refusalOf(message)?.code);
		expect([...new Set(codes)].sort()).toEqual([
			'BUSY',
			'LOADING',
			'MAXCLIENTS',
			'MaxRetriesPerRequestError',
			'NOREPLICAS',
			'NOSCRIPT',
			'QUOTA',
			'UNBLOCKED',
		]);
	});

	it('is an unknown script in the words of every client', () => {
		expect(isUnknownScript(new Error('NOSCRIPT No matching script.'))).toBe(true);
		expect(isUnknownScript(new Error('ResponseError: NoScriptError: No matching'))).toBe(true);
		expect(isUnknownScript('NOSCRIPT')).toBe(false);
	});
});
