// An attempt's life: claim, first input, hand-over, return to the queue, leases. Every script checks
// and writes in one step, so of two callers that race for the same change one finds it already made.
import { script } from '../script.ts';
import { QUEUE, ROWS } from './rows.ts';

/**
 * Queued, ready and head of its session -> running. Two claims of one row never both succeed.
 * ARGV: base, now, id, attempt, owner, lease, default attempts, default timeout (moment).
 */
export const CLAIM = script(
	ROWS,
	`
local row = load(ARGV[3])
if not row or row.status ~= 'queued' or not row.ready then return false end
if call('ZRANGE', session_of(row), 0, 0)[1] ~= row.key then return false end
row.status, row.attempt, row.started = 'running', ARGV[4], now
row.owner, row.lease, row.max = ARGV[5], ARGV[6], ARGV[7]
row.count = tostring(row.count + 1)
if row.timeout == '0' then row.timeout = ARGV[8] end
local state = save(row)
call('ZREM', base .. 'runnable', row.key)
call('ZADD', base .. 'running', row.seq, row.key)
if tonumber(row.lease) > 0 then call('ZADD', base .. 'leases', row.lease, row.key) end
return with_payload(row, state)
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
local row = load(ARGV[3])
if not is_running(row, ARGV[4]) then return false end
row.attempt, row.started, row.count = ARGV[5], now, tostring(row.count + 1)
if ARGV[6] then
	row.owner, row.lease = ARGV[6], ARGV[7]
	call('ZREM', base .. 'leases', row.key)
	if tonumber(row.lease) > 0 then call('ZADD', base .. 'leases', row.lease, row.key) end
end
return with_payload(row, save(row))
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
stop_running(row)
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
		row.lease = ARGV[4]
		save(row)
		call('ZADD', base .. 'leases', row.lease, row.key)
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
		ids[#ids + 1] = row.id
	end
end
return ids
`,
);
