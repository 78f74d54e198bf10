// Read-only views of submissions. Each reads one index and the rows it names, in one step, so a
// listing is a moment's truth and costs what it returns. The rows' names are built: their ids stand
// in the index.

import { query, script } from '../script.ts';
import { NO_SHORT, UNPACKING } from './packing.ts';
import { ENDING, LEASES, LEAVING, MANY_ROWS, NAMES, ROWS, RUNNING_ROWS } from './rows.ts';

/**
 * The rows of an index in its order.
 *
 * KEYS: index. ARGV: base, from which the rows' names are built: their ids stand in the index.
 * Replies state and payload of each, one after the other. Refuses nothing.
 */
export const LIST = query(
	`
local index = KEYS[1]
local base = ARGV[1]
`,
	ROWS,
	NAMES,
	MANY_ROWS,
	`return rows_of(call('ZRANGE', index, '0', '-1'))`,
);

/**
 * One row.
 *
 * KEYS: row, running. ARGV: none.
 * Replies {state, payload}, or a list with the list of a settled row that is one string. Refuses with nothing when there is no such row.
 */
export const ROW = query(
	`
local key, running = KEYS[1], KEYS[2]
`,
	ROWS,
	LEASES,
	UNPACKING,
	`
local pair = redis.pcall('HMGET', key, 'state', 'payload')
if pair.err then return {unpacked(call('GET', key))} end
return pair[1] and {current(pair[1]), pair[2]}
`,
);

/**
 * The running rows whose lease ends between two moments, not in order.
 *
 * KEYS: running. ARGV: base, after, before. The rows' names are built: their ids stand in the index.
 * Replies state and payload of each, one after the other. Refuses nothing.
 */
export const LIST_RUNNING = query(
	`
local running = KEYS[1]
local base, after, before = ARGV[1], ARGV[2], ARGV[3]
`,
	ROWS,
	NAMES,
	LEASES,
	RUNNING_ROWS,
	'return rows_running(after, before)',
);

/**
 * Every reserved row in admission order.
 *
 * KEYS: settling. ARGV: base, from which the rows' names are built: their ids stand in the index.
 * Replies state and settlement record of each, one after the other. Refuses nothing.
 */
export const LIST_SETTLING = query(
	`
local settling = KEYS[1]
local base = ARGV[1]
`,
	ROWS,
	NAMES,
	`
local out = {}
for _, id in ipairs(call('ZRANGE', settling, '0', '-1')) do
	local pair = call('HMGET', key_of(id), 'state', 'record')
	out[#out + 1], out[#out + 2] = pair[1], pair[2]
end
return out
`,
);

/**
 * The attachment parts of several rows.
 *
 * KEYS: their lists. ARGV: none.
 * Replies one list each. Refuses nothing.
 */
export const PARTS = query(`
local lists = KEYS

local out = {}
for _, list in ipairs(lists) do out[#out + 1] = redis.call('LRANGE', list, '0', '-1') end
return out
`);

/**
 * Ends a row that cannot be read back, so that it cannot block its session.
 *
 * KEYS: row, unready, runnable, running, joins (all), joined (those of the row). ARGV: base, now,
 * retention, expected state, error. The session and its rows are built: they stand in the row and in the session.
 * Replies 1. Refuses with 0 when there is no such row or it is in another state.
 */
export const END_MALFORMED = script(
	`
local key, unready, runnable, running = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local joins, joined = KEYS[5], KEYS[6]
local base, now, retention, expected, message = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
`,
	NO_SHORT,
	ENDING,
	LEAVING,
	`
local row, payload = load_whole(key)
if not row or row.status ~= expected then return 0 end
if row.status == 'running' then leave_running(row) end
call('ZREM', unready, row.key)
call('ZREM', runnable, row.key)
if row.status == 'running' then
	settle_host(row, payload, message)
else
	settle(row, payload, message)
	advance(row)
end
return 1
`,
);
