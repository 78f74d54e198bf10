// An admission in nine round trips: the commands that upstream's `@flue/redis` 2.1.0 sends for one without attachments, with the same fields, in
// words of our own. Admissions alone, to be measured beside the adapter's.
import { randomUUID } from 'node:crypto';
import type { AgentSubmissionInput } from '@flue/runtime/adapter';
import type { RedisRunner } from '../src/runner.ts';

const IS_TYPE = `
local function check(key, wanted)
	local found = redis.call('TYPE', key).ok
	if found ~= 'none' and found ~= wanted then error('WRONGTYPE ' .. key) end
end
`;

const ADMIT = `${IS_TYPE}
for index, wanted in ipairs({'hash', 'hash', 'string', 'zset', 'zset', 'zset'}) do check(KEYS[index], wanted) end
if redis.call('EXISTS', KEYS[2]) == 1 then return 0 end
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
local sequence = redis.call('INCR', KEYS[3])
redis.call('ZADD', KEYS[4], sequence, ARGV[1])
redis.call('ZADD', KEYS[6], sequence, ARGV[1])
redis.call('HSET', KEYS[2], 'submissionId', ARGV[1], 'sessionKey', ARGV[2], 'kind', ARGV[3], 'status', 'queued',
	'acceptedAt', ARGV[4], 'sequence', sequence, 'attemptCount', 0, 'maxAttempts', ARGV[5], 'timeoutAt', 0,
	'leaseExpiresAt', 0, 'generation', ARGV[6])
redis.call('ZADD', KEYS[5], ARGV[7], ARGV[6])
return 1
`;

const ACQUIRE = `${IS_TYPE}
check(KEYS[1], 'hash')
check(KEYS[2], 'hash')
local generation = redis.call('HGET', KEYS[1], 'generation')
redis.call('HINCRBY', KEYS[2], generation, 1)
return generation
`;

const RELEASE = `${IS_TYPE}
check(KEYS[1], 'hash')
if tonumber(redis.call('HGET', KEYS[1], ARGV[1]) or '0') <= 1 then return redis.call('HDEL', KEYS[1], ARGV[1]) end
return redis.call('HINCRBY', KEYS[1], ARGV[1], -1)
`;

const RECLAIM = `${IS_TYPE}
check(KEYS[1], 'hash')
check(KEYS[2], 'hash')
check(KEYS[3], 'zset')
redis.call('HGET', KEYS[1], 'generation')
return redis.call('ZRANGEBYSCORE', KEYS[3], '-inf', ARGV[1], 'LIMIT', 0, 100)
`;

/** Opens what admits so below a prefix. */
export function admitInNine(
	runner: RedisRunner,
	prefix: string,
): (input: AgentSubmissionInput) => Promise<unknown> {
	const coded = (text: string) => Buffer.from(text).toString('base64url');
	return async (input) => {
		const id = input.submissionId;
		const session = JSON.stringify([input.agent, input.id, 'default', 'default']);
		const row = `${prefix}:submission:${coded(id)}`;
		const [readers, generations] = [`${row}:readers`, `${row}:generations`];
		const generation = randomUUID();
		const staged = `${row}:generation:${generation}`;
		await runner.command('ZADD', [generations, Date.now(), generation]);
		await runner.command('DEL', [staged]);
		const fields = { payload: JSON.stringify(input), chunkCount: '0', sessionKey: session };
		const sets = Object.entries(fields).map(([field, value]) => ({
			command: 'HSET',
			args: [staged, field, value],
		}));
		await runner.pipeline?.(sets);
		const queued = `${prefix}:submissions:queued`;
		const unsettled = `${prefix}:session:${coded(session)}:unsettled`;
		const keys = [staged, row, `${prefix}:sequence`, queued, generations, unsettled];
		const about = [id, session, input.kind, Date.parse(input.acceptedAt), 10, generation];
		await runner.eval(ADMIT, keys, [...about, Date.now()]);
		await runner.command('HGETALL', [row]);
		await runner.eval(ACQUIRE, [row, readers]);
		await runner.command('HGETALL', [staged]);
		await runner.eval(RELEASE, [readers], [generation]);
		return runner.eval(RECLAIM, [row, readers, generations], [Date.now() - 60_000]);
	};
}
