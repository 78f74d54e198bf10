// What a claim loop looks at, in one moment.
import { LEASES, MANY_ROWS, NAMES, ROWS, RUNNING_ROWS } from '../../../lua/rows.ts';
import { query } from '../../../script.ts';

/**
 * The reserved rows, the running ones whose lease ended before now, and the runnable ones.
 *
 * KEYS: settling, running, runnable. ARGV: base, now. The rows' names are built: their ids stand in the
 * indexes.
 * Replies three lists: state and record, state and payload, state and payload, one after the other.
 * Refuses nothing.
 */
export const LIST_WORK = query(
	`
local settling, running, runnable = KEYS[1], KEYS[2], KEYS[3]
local base, now = ARGV[1], ARGV[2]
`,
	ROWS,
	NAMES,
	LEASES,
	MANY_ROWS,
	RUNNING_ROWS,
	`
local reserved = {}
for _, id in ipairs(call('ZRANGE', settling, '0', '-1')) do
	local pair = call('HMGET', key_of(id), 'state', 'record')
	reserved[#reserved + 1], reserved[#reserved + 2] = pair[1], pair[2]
end
local expired = rows_running('(0', '(' .. now)
return {reserved, expired, rows_of(call('ZRANGE', runnable, '0', '-1'))}
`,
);
