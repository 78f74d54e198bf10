// Admission and readiness: how a submission comes to exist and when it may run.
import { script } from '../script.ts';
import { FILLING } from './files.ts';
import { UNPACKING } from './packing.ts';
import { LEASES, NAMES, ROWS } from './rows.ts';

/**
 * Makes a row of what was given, with its attachments. Needs FILLING, call, place, and the names of the keys and words of an
 * admission.
 */
export const ADMITTING = `
local seq = call('INCR', sequence)
if staged then
	call('RENAME', staged, list)
	call('PERSIST', list)
end
fill(list, parts)
call('HSET', row, 'state', '{"seq":"' .. seq .. '",' .. fresh, 'payload', payload)
place(seq)
return seq
`;

/**
 * Admits once: the row, its attachments and its place in the queue appear together or not at all.
 *
 * KEYS: row, parts (attachments), sequence, session, running, unready, and the staged parts if there are some.
 * ARGV: state (JSON text after its seq), payload, id, digest of the parts or '', then the parts.
 * What an expired row may have left of its attachments a moment longer is replaced.
 * Replies the admission number of a new row, and {1, state} to an exact repetition.
 * Refuses with {0, state, payload} of the stored row when the input differs, for the caller to
 * compare, with {5, list} of one that is settled and one string, for the same, and with {2} when the staged parts are gone; nothing is written then.
 */
export const ADMIT = script(
	`
local row, list, sequence, session = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local running, unready, staged = KEYS[5], KEYS[6], KEYS[7]
local fresh, payload, id, digest = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local parts = {}
for i = 5, #ARGV do parts[#parts + 1] = ARGV[i] end
`,
	FILLING,
	`
local call = redis.call

-- A crash that leaves the row alone is repaired by the repetition; what leaves it unready too, by sealing.
local function place(seq)
	call('ZADD', unready, seq, id)
	call('ZADD', session, seq, id)
end
`,
	UNPACKING,
	`
local stored = redis.pcall('HMGET', row, 'state', 'payload')
if stored.err then return {5, unpacked(call('GET', row))} end
if stored[1] then
`,
	ROWS,
	LEASES,
	`
	local known = cjson.decode(stored[1])
	local state = current(stored[1])
	local given = cjson.decode('{' .. fresh)
	local same = known.kind == given.kind and known.agent == given.agent and known.accepted == given.accepted
	if same and (known.digest or '') == digest and stored[2] == payload then
		if known.status == 'queued' and not known.ready and not call('ZSCORE', session, id) then
			place(known.seq)
		end
		return {1, state}
	end
	return {0, state, stored[2]}
end
if staged and call('EXISTS', staged) == 0 then return {2} end
`,
	ADMITTING,
);

/**
 * Marks a queued row ready, once.
 *
 * KEYS: row, unready, runnable. ARGV: base, now. The session's name is built: it stands in the row.
 * Replies {state, payload}. Refuses with nothing when there is no such row or it is queued no longer.
 */
export const READY = script(
	`
local key, unready, runnable = KEYS[1], KEYS[2], KEYS[3]
local base, now = ARGV[1], ARGV[2]
`,
	ROWS,
	NAMES,
	`
local row, payload = load_whole(key)
if not row or row.status ~= 'queued' then return false end
if row.ready then return {cjson.encode(row), payload} end
row.ready = now
local state = save(key, row)
call('ZREM', unready, row.key)
if call('ZRANGE', session_of(row), '0', '0')[1] == row.key then
	call('ZADD', runnable, row.seq, row.key)
end
return {state, payload}
`,
);
