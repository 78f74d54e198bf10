// Admission and readiness: how a submission comes to exist and when it may run.
import { script } from '../script.ts';
import { QUEUE, ROWS, SETTLING } from './rows.ts';

/**
 * Admits once. The same id with the same input returns the row that the first call made; with
 * another input nothing is written and the stored row comes back for the caller to compare.
 * The row, its attachments and its place in the queue appear together or not at all.
 *
 * KEYS: row, parts (attachments), sequence, session. ARGV: base, state (JSON text after its seq),
 * payload, id, digest of the parts or '', staged key or '', then the parts themselves.
 * Replies {1, state}, {0, state, payload}, or {2} when the staged parts are gone.
 */
export const ADMIT = script(`
local call = redis.call
local base = ARGV[1]
local stored = call('HMGET', KEYS[1], 'state', 'payload')
if stored[1] then
	local row = cjson.decode(stored[1])
	if (row.digest or '') == ARGV[5] and stored[2] == ARGV[3] then
		return {1, stored[1]}
	end
	return {0, stored[1], stored[2]}
end
if ARGV[6] ~= '' and call('EXISTS', ARGV[6]) == 0 then return {2} end
local seq = call('INCR', KEYS[3])
local state = '{"seq":"' .. seq .. '",' .. ARGV[2]
call('HSET', KEYS[1], 'state', state, 'payload', ARGV[3])
if ARGV[6] ~= '' then
	call('RENAME', ARGV[6], KEYS[2])
	call('PERSIST', KEYS[2])
end
for i = 7, #ARGV do call('RPUSH', KEYS[2], ARGV[i]) end
call('ZADD', KEYS[4], seq, ARGV[4])
call('ZADD', base .. 'unready', seq, ARGV[4])
return {1, state}
`);

/** Marks a queued row ready, once. ARGV: base, now, id. Replies {state, payload} or nothing. */
export const READY = script(
	ROWS,
	`
local row, payload = load_whole(ARGV[3])
if not row or row.status ~= 'queued' then return false end
if row.ready then return {cjson.encode(row), payload} end
row.ready = now
local state = save(row)
call('ZREM', base .. 'unready', row.key)
if call('ZRANGE', session_of(row), 0, 0)[1] == row.key then
	call('ZADD', base .. 'runnable', row.seq, row.key)
end
return {state, payload}
`,
);

/** Settles a row that is still queued; any other is left alone. ARGV: base, now, id, error. */
export const SETTLE_QUEUED = script(
	ROWS,
	QUEUE,
	SETTLING,
	`
local row = load(ARGV[3])
if not row or row.status ~= 'queued' then return 0 end
settle(row, ARGV[4])
call('ZREM', base .. 'unready', row.key)
call('ZREM', base .. 'runnable', row.key)
advance(row)
return 1
`,
);
