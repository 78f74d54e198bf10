// How a submission ends. The first terminal state wins; a host and what joined it end in one step.
import { script } from '../script.ts';
import { ENDING, NAMES, ROWS } from './rows.ts';

/**
 * Running -> settled, with an error or without.
 *
 * KEYS: row, running, runnable, joins (all), joined (those of the row). ARGV: base, now, attempt,
 * error or none. The session and its rows are built: they stand in the row and in the session.
 * Replies 1. Refuses with 0 when the row does not run under the attempt.
 */
export const SETTLE_RUNNING = script(
	`
local key, running, runnable, joins, joined = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local base, now, attempt, message = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
`,
	ENDING,
	`
local row = load(key)
if not is_running(row, attempt) then return 0 end
call('ZREM', running, row.key)
settle_host(row, message)
return 1
`,
);

/**
 * Reserves the exact settlement record: a running row of this attempt, or a row joined into a host
 * that runs under it, becomes terminalizing.
 *
 * KEYS: row, running, settling, joins (all). ARGV: base, now, attempt, record id, record, error to
 * show when finalized or none. The host and its joins are built: which it is stands in the row.
 * Replies the lane, to an exact repetition too. Refuses with nothing when the row belongs to another
 * attempt or has another record.
 */
export const RESERVE = script(
	`
local key, running, settling, joins = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local base, now, attempt, record_id, record = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local outcome_error = ARGV[6]
`,
	ROWS,
	NAMES,
	`
local row = load(key)
if not row then return false end
if row.status == 'terminalizing' then
	local same = row.attempt == attempt and row.record == record_id
		and call('HGET', key, 'record') == record
	return same and row.lane
end
if row.record then return false end
if is_running(row, attempt) then
	call('ZREM', running, row.key)
elseif row.status == 'joined' and is_running(load(key_of(row.host)), attempt) then
	call('ZREM', base .. 'joins/' .. row.host, row.key)
	call('ZREM', joins, row.key)
else
	return false
end
row.status, row.attempt, row.started = 'terminalizing', attempt, row.started or now
row.record, row.outcome_error = record_id, outcome_error
call('HSET', key, 'state', cjson.encode(row), 'record', record)
call('ZADD', settling, row.seq, row.key)
return row.lane
`,
);

/**
 * Terminalizing -> settled.
 *
 * KEYS: row, settling, runnable, joins (all), joined (those of the row). ARGV: base, now, attempt,
 * record id, the caller's own error or none. The session and its rows are built: they stand in the row
 * and in the session.
 * Replies 1. Refuses with 0 when that record is not reserved under the attempt.
 */
export const FINALIZE = script(
	`
local key, settling, runnable, joins, joined = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local base, now, attempt, record_id, own_error = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
`,
	ENDING,
	`
local row = load(key)
if not row or row.status ~= 'terminalizing' then return 0 end
if row.attempt ~= attempt or row.record ~= record_id then return 0 end
local message = row.outcome_error and (own_error or row.outcome_error)
row.outcome_error = nil
call('ZREM', settling, row.key)
settle_host(row, message)
return 1
`,
);
