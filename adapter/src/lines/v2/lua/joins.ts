// Deliveries that join a running host at a turn boundary. All of them are fenced by the host's
// attempt: a replaced or settled attempt can neither take, confirm nor return a delivery.

import { MANY_ROWS, NAMES, RETURNING, ROWS } from '../../../lua/rows.ts';
import { script } from '../../../script.ts';

/**
 * Takes the session's leading queued rows, in order, up to the first that may not join. None of them
 * stands in `runnable`: only a session's oldest row does, and that is the host.
 *
 * KEYS: host's row, joins (all), joined (those of the host). ARGV: base, attempt, agent, and something where the reply
 * to the same request was lost: what it took joins still. The session and its rows are built: they stand in the host's
 * row and in the session.
 * Replies state and payload of each, one after the other. Refuses with none when the host does not
 * run under the attempt.
 */
export const CLAIM_JOINS = script(
	`
local host_key, joins, joined = KEYS[1], KEYS[2], KEYS[3]
local base, attempt, agent, again = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
`,
	ROWS,
	NAMES,
	MANY_ROWS,
	`
local host = load(host_key)
local taken = {}
if not is_running(host, attempt) then return taken end
for _, id in ipairs(again and call('ZRANGE', joined, '0', '-1') or {}) do
	if load(key_of(id)).status == 'joining' then taken[#taken + 1] = id end
end
for _, id in ipairs(call('ZRANGE', session_of(host), '0', '-1')) do
	local row = load(key_of(id))
	if row.status == 'queued' then
		if not row.ready or row.abort or row.agent ~= agent then break end
		row.status, row.host = 'joining', host.key
		save(key_of(id), row)
		call('ZADD', joined, row.seq, id)
		call('ZADD', joins, row.seq, id)
		taken[#taken + 1] = id
	end
end
return rows_of(taken)
`,
);

/**
 * Joining -> joined.
 *
 * KEYS: row, host's row. ARGV: now, host id, attempt.
 * Replies 1. Refuses with 0 when it is not joining that host or the host does not run under the attempt.
 */
export const CONFIRM_JOIN = script(
	`
local key, host_key = KEYS[1], KEYS[2]
local now, host, attempt = ARGV[1], ARGV[2], ARGV[3]
`,
	ROWS,
	`
local row = load(key)
if not row or row.status ~= 'joining' or row.host ~= host then return 0 end
if not is_running(load(host_key), attempt) then return 0 end
row.status, row.applied = 'joined', row.applied or now
save(key, row)
return 1
`,
);

/**
 * Joining -> queued, behind the host, which still runs.
 *
 * KEYS: row, host's row, joins (all), joined (those of the host). ARGV: base, host id, attempt. The row's
 * own name is built once more, by what ends a host too.
 * Replies 1. Refuses with 0 when it is not joining that host or the host does not run under the attempt.
 */
export const REVERT_JOIN = script(
	`
local key, host_key, joins, joined = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local base, host, attempt = ARGV[1], ARGV[2], ARGV[3]
`,
	ROWS,
	NAMES,
	RETURNING,
	`
local row = load(key)
if not row or row.status ~= 'joining' or row.host ~= host then return 0 end
if not is_running(load(host_key), attempt) then return 0 end
call('ZREM', joined, row.key)
call('ZREM', joins, row.key)
back_to_queue(row)
return 1
`,
);
