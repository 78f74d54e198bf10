// Admission of 1.0.0-beta.5 to beta.7, in which a submission may run at once.
import { ADMITTING } from '../../../lua/admission.ts';
import { FILLING } from '../../../lua/files.ts';
import { LEASES, ROWS } from '../../../lua/rows.ts';
import { script } from '../../../script.ts';

/**
 * Admits once: the row, its attachments, its place in the queue and the event stream of its agent
 * appear together or not at all. With the stream made here, whoever was told of an admission finds it.
 *
 * KEYS: row, parts (attachments), sequence, session, running, runnable, receipts, mark of a deletion, history
 * of the session, feed, and the staged parts if there are some.
 * ARGV: state (JSON text after its seq), payload, id, digest of the parts or '', kind, then the parts.
 * Replies the admission number of a new row, and {1, state} to an exact repetition.
 * Refuses with {0, state, payload} of the stored row when the input differs, for the caller to
 * compare, {2} when the staged parts are gone, {3, moment} when the dispatch was admitted then and has
 * been deleted, and {4} while the session is being deleted; nothing is written then.
 */
export const ADMIT_RUNNABLE = script(
	`
local row, list, sequence, session, running = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local runnable, receipts, deleting, history = KEYS[6], KEYS[7], KEYS[8], KEYS[9]
local feed, staged = KEYS[10], KEYS[11]
local fresh, payload, id, digest, kind = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local parts = {}
for i = 6, #ARGV do parts[#parts + 1] = ARGV[i] end
`,
	FILLING,
	`
local call = redis.call

-- A crash that leaves the row alone is repaired by the repetition; what leaves it runnable too, by sealing.
local function place(seq)
	local head = call('ZRANGE', session, '0', '0')[1]
	if not head or head == id then call('ZADD', runnable, seq, id) end
	call('ZADD', session, seq, id)
end

local receipt = kind == 'dispatch' and call('HGET', receipts, id)
if receipt then return {3, receipt} end
if call('EXISTS', deleting) == 1 then return {4} end
local stored = call('HMGET', row, 'state', 'payload')
if stored[1] then
`,
	ROWS,
	LEASES,
	`
	local known = cjson.decode(stored[1])
	local state = current(stored[1])
	if (known.digest or '') == digest and stored[2] == payload then
		if known.status == 'queued' and not call('ZSCORE', session, id) then place(known.seq) end
		return {1, state}
	end
	return {0, state, stored[2]}
end
if staged and call('EXISTS', staged) == 0 then return {2} end
call('SADD', history, id)
call('HSETNX', feed, 'state', 'open')
`,
	ADMITTING,
);
