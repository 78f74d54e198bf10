// Reserving a settlement, which in 2.x a delivery that joined a host may need too.
import { LEASES, NAMES, ROWS } from '../../../lua/rows.ts';
import { script } from '../../../script.ts';

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
	LEASES,
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
	leave_running(row)
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
