// How a submission ends. The first terminal state wins; a host and what joined it end in one step.
import { script } from '../script.ts';
import { QUEUE, ROWS, SETTLING } from './rows.ts';

/**
 * Running -> settled, with the error or (no ARGV[5]) without. ARGV: base, now, id, attempt, error?
 */
export const SETTLE_RUNNING = script(
	ROWS,
	QUEUE,
	SETTLING,
	`
local row = load(ARGV[3])
if not is_running(row, ARGV[4]) then return 0 end
call('ZREM', base .. 'running', row.key)
settle_host(row, ARGV[5])
return 1
`,
);

/**
 * Reserves the exact settlement record: a running row of this attempt, or a row joined into a host
 * that runs under it, becomes terminalizing. An exact repetition is answered like the first.
 * ARGV: base, now, id, attempt, record id, record, error to show when finalized or none.
 * Replies the lane, or nothing.
 */
export const RESERVE = script(
	ROWS,
	QUEUE,
	SETTLING,
	`
local row = load(ARGV[3])
if not row then return false end
if row.status == 'terminalizing' then
	local same = row.attempt == ARGV[4] and row.record == ARGV[5]
		and call('HGET', key_of(row.key), 'record') == ARGV[6]
	return same and row.lane
end
if row.record then return false end
if is_running(row, ARGV[4]) then
	call('ZREM', base .. 'running', row.key)
elseif row.status == 'joined' and is_running(load(row.host), ARGV[4]) then
	call('ZREM', joins_of(row.host), row.key)
	call('ZREM', base .. 'joins', row.key)
else
	return false
end
row.status, row.attempt, row.started = 'terminalizing', ARGV[4], row.started or now
row.record, row.outcome_error = ARGV[5], ARGV[7]
call('HSET', key_of(row.key), 'state', cjson.encode(row), 'record', ARGV[6])
call('ZADD', base .. 'settling', row.seq, row.key)
return row.lane
`,
);

/** Terminalizing -> settled. ARGV: base, now, id, attempt, record id, the caller's own error or none. */
export const FINALIZE = script(
	ROWS,
	QUEUE,
	SETTLING,
	`
local row = load(ARGV[3])
if not row or row.status ~= 'terminalizing' then return 0 end
if row.attempt ~= ARGV[4] or row.record ~= ARGV[5] then return 0 end
local message = row.outcome_error and (ARGV[6] or row.outcome_error)
row.outcome_error = nil
call('ZREM', base .. 'settling', row.key)
settle_host(row, message)
return 1
`,
);
