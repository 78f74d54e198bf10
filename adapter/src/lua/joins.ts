// Deliveries that join a running host at a turn boundary. All of them are fenced by the host's
// attempt: a replaced or settled attempt can neither take, confirm nor return a delivery.
import { script } from '../script.ts';
import { MANY_ROWS, QUEUE, ROWS, SETTLING } from './rows.ts';

/**
 * Takes the session's leading queued rows, in order, up to the first that may not join. None of them
 * stands in `runnable`: only a session's oldest row does, and that is the host.
 * ARGV: base, now, host id, attempt, agent. Replies state and payload of each, one after the other.
 */
export const CLAIM_JOINS = script(
	ROWS,
	MANY_ROWS,
	QUEUE,
	SETTLING,
	`
local host = load(ARGV[3])
local taken = {}
if not is_running(host, ARGV[4]) then return taken end
for _, id in ipairs(call('ZRANGE', session_of(host), 0, -1)) do
	local row = load(id)
	if row.status == 'queued' then
		if not row.ready or row.abort or row.agent ~= ARGV[5] then break end
		row.status, row.host = 'joining', host.key
		save(row)
		call('ZADD', joins_of(host.key), row.seq, id)
		call('ZADD', base .. 'joins', row.seq, id)
		taken[#taken + 1] = id
	end
end
return rows_of(taken)
`,
);

/** Joining -> joined. ARGV: base, now, host id, attempt, id. */
export const CONFIRM_JOIN = script(
	ROWS,
	`
local row = load(ARGV[5])
if not row or row.status ~= 'joining' or row.host ~= ARGV[3] then return 0 end
if not is_running(load(ARGV[3]), ARGV[4]) then return 0 end
row.status, row.applied = 'joined', row.applied or now
save(row)
return 1
`,
);

/** Joining -> queued, behind the host, which still runs. ARGV: base, now, host id, attempt, id. */
export const REVERT_JOIN = script(
	ROWS,
	QUEUE,
	SETTLING,
	`
local row = load(ARGV[5])
if not row or row.status ~= 'joining' or row.host ~= ARGV[3] then return 0 end
if not is_running(load(ARGV[3]), ARGV[4]) then return 0 end
call('ZREM', joins_of(row.host), row.key)
call('ZREM', base .. 'joins', row.key)
back_to_queue(row)
return 1
`,
);
