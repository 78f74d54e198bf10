// Deleting a session: a mark that blocks admission while the runtime deletes what it knows, then the
// settled rows go. The mark carries a lease, so that of two processes one deletes at a time and a dead
// one blocks nobody for long. A late process cannot end what another has begun: it is told by its token.
import { NAMES, ROWS } from '../../../lua/rows.ts';
import { script } from '../../../script.ts';

/**
 * Marks a session as being deleted, or takes over a mark whose lease has ended.
 *
 * KEYS: session, mark, deletions. ARGV: now, lane, token, end of the lease.
 * Replies 1. Refuses with 0 while another process holds the mark and -1 while work is unsettled.
 */
export const BEGIN_DELETION = script(`
local session, mark, deletions = KEYS[1], KEYS[2], KEYS[3]
local now, lane, token, lease = ARGV[1], ARGV[2], ARGV[3], ARGV[4]

if redis.call('EXISTS', session) == 1 then return -1 end
local held = redis.call('HGET', mark, 'lease')
if held and tonumber(held) > tonumber(now) then return 0 end
local started = redis.call('HGET', mark, 'started') or now
redis.call('HSET', mark, 'started', started, 'token', token, 'lease', lease)
redis.call('SADD', deletions, lane)
return 1
`);

/**
 * Moves the lease of a mark.
 *
 * KEYS: mark. ARGV: token, end of the lease.
 * Replies 1. Refuses with 0 when another process has the mark, or nobody.
 */
export const RENEW_DELETION = script(`
local mark = KEYS[1]
local token, lease = ARGV[1], ARGV[2]

if redis.call('HGET', mark, 'token') ~= token then return 0 end
redis.call('HSET', mark, 'lease', lease)
return 1
`);

/**
 * Takes the mark away: the session is usable as before.
 *
 * KEYS: mark, deletions. ARGV: lane, token.
 * Replies 1. Refuses with 0 when another process has the mark, or nobody.
 */
export const ABANDON_DELETION = script(`
local mark, deletions = KEYS[1], KEYS[2]
local lane, token = ARGV[1], ARGV[2]

if redis.call('HGET', mark, 'token') ~= token then return 0 end
redis.call('DEL', mark)
redis.call('SREM', deletions, lane)
return 1
`);

/**
 * Removes the settled rows that were admitted before the mark, with their attachments, journals and
 * segments, keeps a receipt of each dispatch among them, and takes the mark away.
 *
 * KEYS: mark, deletions, history, receipts. ARGV: base, lane, token. The rows and what belongs to them
 * are built: their ids stand in the history, the stream in the journal.
 * Replies 1. Refuses with 0 when another process has the mark, or nobody.
 */
export const FINISH_DELETION = script(
	`
local mark, deletions, history, receipts = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local base, lane, token = ARGV[1], ARGV[2], ARGV[3]
`,
	ROWS,
	NAMES,
	`
local holder, started = unpack(call('HMGET', mark, 'token', 'started'))
if holder ~= token then return 0 end

local function remove(id, row)
	if row.kind == 'dispatch' then call('HSETNX', receipts, id, row.accepted) end
	local journal = base .. 'journal/' .. id
	local stream = call('HGET', journal, 'part')
	if stream and stream ~= '' then call('DEL', base .. 'segments/' .. stream) end
	call('DEL', key_of(id), base .. 'parts/' .. id, journal)
end

for _, id in ipairs(call('SMEMBERS', history)) do
	local row = load(key_of(id))
	local gone = row and row.status == 'settled' and tonumber(row.accepted) <= tonumber(started)
	if gone then remove(id, row) end
	if gone or not row then call('SREM', history, id) end
end
call('DEL', mark)
call('SREM', deletions, lane)
return 1
`,
);
