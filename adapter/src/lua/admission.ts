// Admission and readiness: how a submission comes to exist and when it may run.
import { script } from '../script.ts';
import { QUEUE, ROWS, SETTLING } from './rows.ts';

/**
 * Admits once. The same id with the same input returns the row that the first call made; with
 * another input nothing is written and the stored row comes back for the caller to compare.
 * The row, its attachments and its place in the queue appear together or not at all.
 *
 * KEYS: row, parts (attachments). ARGV: base, now, state (JSON without seq), payload, staged key or
 * '', then the parts themselves. Replies {1, state} or {0, state, payload}.
 */
export const ADMIT = script(
	ROWS,
	`
local stored = call('HMGET', KEYS[1], 'state', 'payload')
local fresh = cjson.decode(ARGV[3])
if stored[1] then
	local row = cjson.decode(stored[1])
	if row.kind == fresh.kind and row.digest == fresh.digest and stored[2] == ARGV[4] then
		return {1, stored[1]}
	end
	return {0, stored[1], stored[2]}
end
if ARGV[5] ~= '' and call('EXISTS', ARGV[5]) == 0 then return {2} end
fresh.seq = tostring(call('INCR', base .. 'sequence'))
local state = cjson.encode(fresh)
call('HSET', KEYS[1], 'state', state, 'payload', ARGV[4])
if ARGV[5] ~= '' then
	call('RENAME', ARGV[5], KEYS[2])
	call('PERSIST', KEYS[2])
end
for i = 6, #ARGV do call('RPUSH', KEYS[2], ARGV[i]) end
call('ZADD', session_of(fresh), fresh.seq, fresh.key)
call('ZADD', base .. 'unready', fresh.seq, fresh.key)
return {1, state}
`,
);

/** Marks a queued row ready, once. ARGV: base, now, id. Replies {state, payload} or nothing. */
export const READY = script(
	ROWS,
	`
local row = load(ARGV[3])
if not row or row.status ~= 'queued' then return false end
if row.ready then return with_payload(row, cjson.encode(row)) end
row.ready = now
local state = save(row)
call('ZREM', base .. 'unready', row.key)
if call('ZRANGE', session_of(row), 0, 0)[1] == row.key then
	call('ZADD', base .. 'runnable', row.seq, row.key)
end
return with_payload(row, state)
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
