// Steps of an attempt that only the 1.0 betas have.
import { LEASES, NAMES, QUEUE, REQUEUING, ROWS } from '../../../lua/rows.ts';
import { query, script } from '../../../script.ts';

/**
 * Stamps the request for recovery, once.
 *
 * KEYS: row. ARGV: now, attempt.
 * Replies 1. Refuses with 0 when the row does not run under the attempt.
 */
export const REQUEST_RECOVERY = script(
	`
local key = KEYS[1]
local now, attempt = ARGV[1], ARGV[2]
`,
	ROWS,
	`
local row = load(key)
if not is_running(row, attempt) then return 0 end
if not row.recovery then
	row.recovery = now
	save(key, row)
end
return 1
`,
);

/**
 * Running -> queued, as long as the input was not applied.
 *
 * KEYS: row, running, runnable. ARGV: base, attempt. The session and the row that heads it are built:
 * they stand in the row and in the session.
 * Replies 1. Refuses with 0 when the row does not run under the attempt or its input was applied.
 */
export const REQUEUE_UNAPPLIED = script(
	`
local key, running, runnable = KEYS[1], KEYS[2], KEYS[3]
local base, attempt = ARGV[1], ARGV[2]
`,
	ROWS,
	LEASES,
	NAMES,
	QUEUE,
	`
local row = load(key)
if not is_running(row, attempt) or row.applied then return 0 end
`,
	REQUEUING,
	'return 1',
);

/**
 * Reserves how a direct message ends: running -> terminalizing, with the exact record.
 *
 * KEYS: row, running, settling. ARGV: attempt, record id, record.
 * Replies {lane, offset where one was recorded}, to an exact repetition too. Refuses with nothing when
 * it is no direct message, belongs to another attempt, or has another record.
 */
export const RESERVE_DIRECT = script(
	`
local key, running, settling = KEYS[1], KEYS[2], KEYS[3]
local attempt, record_id, record = ARGV[1], ARGV[2], ARGV[3]
`,
	ROWS,
	LEASES,
	`
local row = load(key)
if not row or row.kind ~= 'direct' or row.attempt ~= attempt then return false end
if row.status == 'terminalizing' then
	local same = row.record == record_id and call('HGET', key, 'record') == record
	return same and {row.lane, row.offset}
end
if row.status ~= 'running' then return false end
row.status, row.record = 'terminalizing', record_id
leave_running(row)
call('HSET', key, 'state', cjson.encode(row), 'record', record)
call('ZADD', settling, row.seq, row.key)
return {row.lane}
`,
);

/**
 * Every field of a hash and its value, in the same shape whatever protocol the client speaks.
 *
 * KEYS: hash. ARGV: none.
 * Replies field, value, field, value… Refuses nothing.
 */
export const FIELDS = query(`
local hash = KEYS[1]

return redis.call('HGETALL', hash)
`);
