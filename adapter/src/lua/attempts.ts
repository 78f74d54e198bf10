// An attempt's life: claim, first input, hand-over, return to the queue, leases. Every script checks
// and writes in one step, so of two callers that race for the same change one finds it already made.
import { script } from '../script.ts';
import { QUEUE, ROWS } from './rows.ts';

/**
 * Queued, ready and head of its session, which is what `runnable` lists -> running. Who removes the
 * row from that index has it, so two claims of one row never both succeed.
 * ARGV: base, now, id, attempt, owner, lease, default attempts, default timeout (moment).
 */
export const CLAIM = script(
	ROWS,
	`
if call('ZREM', base .. 'runnable', ARGV[3]) == 0 then return false end
local row, payload = load_whole(ARGV[3])
row.status, row.attempt, row.started = 'running', ARGV[4], now
row.owner, row.max = ARGV[5], ARGV[7]
set_lease(row, ARGV[6])
row.count = tostring(row.count + 1)
if row.timeout == '0' then row.timeout = ARGV[8] end
return {save(row), payload}
`,
);

/** Installs the durability budget once per attempt chain. ARGV: base, now, id, attempt, max, timeout. */
export const INPUT_APPLIED = script(
	ROWS,
	`
local row = load(ARGV[3])
if not is_running(row, ARGV[4]) then return 0 end
if not row.applied then
	row.applied, row.max, row.timeout = now, ARGV[5], ARGV[6]
	save(row)
end
return 1
`,
);

/**
 * Hands a running row to the next attempt; a pending abort request stays.
 * ARGV: base, now, id, attempt, next attempt, then owner and lease when a lease is given.
 */
export const REPLACE_ATTEMPT = script(
	ROWS,
	`
local row, payload = load_whole(ARGV[3])
if not is_running(row, ARGV[4]) then return false end
row.attempt, row.started, row.count = ARGV[5], now, tostring(row.count + 1)
if ARGV[6] then
	row.owner = ARGV[6]
	set_lease(row, ARGV[7])
end
return {save(row), payload}
`,
);

/** Running -> queued, as if never claimed but for its count and timeout. ARGV: base, now, id, attempt. */
export const REQUEUE = script(
	ROWS,
	QUEUE,
	`
local row = load(ARGV[3])
if not is_running(row, ARGV[4]) then return 0 end
row.status, row.attempt, row.applied, row.started = 'queued', nil, nil, nil
row.owner, row.lease = nil, '0'
call('ZREM', base .. 'running', row.key)
save(row)
advance(row)
return 1
`,
);

/** Moves the lease of each running row of one owner. ARGV: base, now, owner, lease, ids… */
export const RENEW = script(
	ROWS,
	`
for i = 5, #ARGV do
	local row = load(ARGV[i])
	if row and row.status == 'running' and row.owner == ARGV[3] then
		set_lease(row, ARGV[4])
		save(row)
	end
end
return 1
`,
);

/** Stamps the abort request on every row of a session that can still stop. ARGV: base, now, lane. */
export const ABORT_SESSION = script(
	ROWS,
	`
local ids = {}
for _, id in ipairs(call('ZRANGE', base .. 'session/' .. ARGV[3], 0, -1)) do
	local row = load(id)
	if row.status ~= 'terminalizing' then
		if not row.abort then
			row.abort = now
			save(row)
		end
		ids[#ids + 1] = id
	end
end
return ids
`,
);
