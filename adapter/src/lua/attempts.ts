// An attempt's life: claim, first input, hand-over, leases. Every script checks
// and writes in one step, so of two callers that race for the same change one finds it already made.
import { script } from '../script.ts';
import { LEASES, NAMES, ROWS } from './rows.ts';

/**
 * Queued, ready and head of its session, which is what `runnable` lists -> running. Who removes the
 * row from that index has it, so two claims of one row never both succeed. The first write takes memory:
 * a server that is full refuses the claim before anything is changed.
 *
 * KEYS: row, runnable, running. ARGV: now, id, attempt, owner, lease, default attempts, default
 * timeout (moment), and something where the reply to the same claim was lost.
 * Replies {state, payload}, and again where the row runs under the attempt. Refuses with nothing when the row is not
 * runnable.
 */
export const CLAIM = script(
	`
local key, runnable, running = KEYS[1], KEYS[2], KEYS[3]
local now, id, attempt, owner, lease = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local max, timeout, again = ARGV[6], ARGV[7], ARGV[8]
`,
	ROWS,
	`
local place = owner .. '/' .. id
local added = call('ZADD', running, 'NX', lease, place)
if call('ZREM', runnable, id) == 0 then
	if added == 1 then call('ZREM', running, place) end
	if not again then return false end
	local row, payload = load_whole(key)
	return is_running(row, attempt) and {cjson.encode(row), payload}
end
local row, payload = load_whole(key)
row.status, row.attempt, row.started = 'running', attempt, now
row.owner, row.max, row.lease = owner, max, lease
row.count = tostring(row.count + 1)
if row.timeout == '0' then row.timeout = timeout end
return {save(key, row), payload}
`,
);

/**
 * Installs the durability budget once per attempt chain.
 *
 * KEYS: row. ARGV: now, attempt, max, timeout.
 * Replies 1. Refuses with 0 when the row does not run under the attempt.
 */
export const INPUT_APPLIED = script(
	`
local key = KEYS[1]
local now, attempt, max, timeout = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
`,
	ROWS,
	`
local row = load(key)
if not is_running(row, attempt) then return 0 end
if not row.applied then
	row.applied, row.max, row.timeout = now, max, timeout
	save(key, row)
end
return 1
`,
);

/** Hands `row` to the next attempt. Needs LEASES, now, following, owner, lease. */
export const HANDING = `
row.lease = lease_of(row)
row.attempt, row.started, row.count = following, now, tostring(row.count + 1)
row.recovery = nil
if owner then
	leave_running(row)
	row.owner, row.lease = owner, lease
	call('ZADD', running, lease, place_of(row))
end
`;

/**
 * Hands a running row to the next attempt; a pending abort request stays, one for recovery is answered.
 *
 * KEYS: row, running. ARGV: now, attempt, next attempt, then owner and lease when a lease is given.
 * Replies {state, payload}. Refuses with nothing when the row does not run under the attempt.
 */
export const REPLACE_ATTEMPT = script(
	`
local key, running = KEYS[1], KEYS[2]
local now, attempt, following, owner, lease = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
`,
	ROWS,
	LEASES,
	`
local row, payload = load_whole(key)
if not is_running(row, attempt) then return false end
`,
	HANDING,
	`
return {save(key, row), payload}
`,
);

/**
 * Moves the lease of each running row of one owner, which is its score in the index: whose a row is stands there
 * too, so no row is read. Where not all were moved, some have ended, or began to run under layout 1.
 *
 * KEYS: running. ARGV: base, owner, lease, ids with a colon behind each. The rows' names are built: hundreds of
 * them need not be sent.
 * Replies 1. Refuses nothing: rows of another owner or in another state are passed over.
 */
export const RENEW = script(
	`
local running = KEYS[1]
local base, owner, lease, ids = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
`,
	ROWS,
	NAMES,
	`
local prefix = owner .. '/'
local most = 2000
local pending, count, asked, moved = {}, 0, 0, 0

local function move()
	if count > 0 then moved = moved + call('ZADD', running, 'XX', 'CH', unpack(pending)) end
	pending, count = {}, 0
end

call('ZREM', running, '')
for id in string.gmatch(ids, '([^:]*):') do
	pending[count + 1], pending[count + 2] = lease, prefix .. id
	count, asked = count + 2, asked + 1
	if count == most then move() end
end
move()
if moved == asked then return 1 end
for id in string.gmatch(ids, '([^:]*):') do
	if call('ZSCORE', running, id) and load(key_of(id)).owner == owner then
		call('ZADD', running, lease, id)
	end
end
return 1
`,
);

/**
 * Stamps the abort request on every row of a session that can still stop.
 *
 * KEYS: session. ARGV: base, now. The rows are built: their ids stand in the session.
 * Replies the ids of the rows that carry the request. Refuses nothing: reserved rows are passed over.
 */
export const ABORT_SESSION = script(
	`
local session = KEYS[1]
local base, now = ARGV[1], ARGV[2]
`,
	ROWS,
	NAMES,
	`
local ids = {}
for _, id in ipairs(call('ZRANGE', session, '0', '-1')) do
	local row = load(key_of(id))
	if row.status ~= 'terminalizing' then
		if not row.abort then
			row.abort = now
			save(key_of(id), row)
		end
		ids[#ids + 1] = id
	end
end
return ids
`,
);
