// How a submission ends. The first terminal state wins; a host and what joined it end in one step.
import { script } from '../script.ts';
import { SHORT } from './packing.ts';
import { ENDING, LEAVING } from './rows.ts';

/**
 * Running -> settled, with an error or without.
 *
 * KEYS: row, running, runnable, joins (all), joined (those of the row). ARGV: base, now, retention,
 * attempt, its short form or '', an owner, its short form or '', error or none. The session and its rows are built: they stand in the row and in the session.
 * Replies 1. Refuses with 0 when the row does not run under the attempt.
 */
export const SETTLE_RUNNING = script(
	`
local key, running, runnable, joins, joined = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local base, now, retention = ARGV[1], ARGV[2], ARGV[3]
local attempt, short_attempt, owner, short_owner, message = ARGV[4], ARGV[5], ARGV[6], ARGV[7], ARGV[8]
`,
	SHORT,
	ENDING,
	LEAVING,
	`
local row, payload = load_whole(key)
if not is_running(row, attempt) then return 0 end
leave_running(row)
settle_host(row, payload, message)
return 1
`,
);

/**
 * Terminalizing -> settled.
 *
 * KEYS: row, settling, runnable, joins (all), joined (those of the row). ARGV: base, now, retention,
 * attempt, its short form or '', an owner, its short form or '', record id, the caller's own error or none. The session and its rows are built: they stand in the row
 * and in the session.
 * Replies 1. Refuses with 0 when that record is not reserved under the attempt.
 */
export const FINALIZE = script(
	`
local key, settling, runnable, joins, joined = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local base, now, retention = ARGV[1], ARGV[2], ARGV[3]
local attempt, short_attempt, owner, short_owner = ARGV[4], ARGV[5], ARGV[6], ARGV[7]
local record_id, own_error = ARGV[8], ARGV[9]
`,
	SHORT,
	ENDING,
	`
local row, payload = load_whole(key)
if not row or row.status ~= 'terminalizing' then return 0 end
if row.attempt ~= attempt or row.record ~= record_id then return 0 end
local message = row.outcome_error and (own_error or row.outcome_error)
row.outcome_error = nil
call('ZREM', settling, row.key)
call('HDEL', key, 'record')
settle_host(row, payload, message)
return 1
`,
);
