// Read-only views of submissions. Each reads one index and the rows it names, in one step, so a
// listing is a moment's truth and costs what it returns.
import { script } from '../script.ts';
import { MANY_ROWS, QUEUE, ROWS, SETTLING } from './rows.ts';

/** One row. ARGV: base, now, id. */
export const GET = script(ROWS, `return call('HMGET', key_of(ARGV[3]), 'state', 'payload')`);

/** The rows of an index in admission order. ARGV: base, now, index. */
export const LIST = script(
	ROWS,
	MANY_ROWS,
	`return rows_of(call('ZRANGE', base .. ARGV[3], 0, -1))`,
);

/** The running rows whose lease ended before now, not in order. ARGV: base, now. */
export const LIST_EXPIRED = script(
	ROWS,
	MANY_ROWS,
	`return rows_of(call('ZRANGEBYSCORE', base .. 'running', '(0', '(' .. now))`,
);

/** State and settlement record of every reserved row, in admission order. ARGV: base, now. */
export const LIST_SETTLING = script(
	ROWS,
	`
local out = {}
for _, id in ipairs(call('ZRANGE', base .. 'settling', 0, -1)) do
	local pair = call('HMGET', key_of(id), 'state', 'record')
	out[#out + 1], out[#out + 2] = pair[1], pair[2]
end
return out
`,
);

/** The attachment parts of several rows. ARGV: base, now, ids… Replies one list each. */
export const PARTS = script(
	ROWS,
	`
local out = {}
for i = 3, #ARGV do out[#out + 1] = call('LRANGE', base .. 'parts/' .. ARGV[i], 0, -1) end
return out
`,
);

/** Ends a row that cannot be read back, so that it cannot block its session. ARGV: base, now, id, expected state, error. */
export const END_MALFORMED = script(
	ROWS,
	QUEUE,
	SETTLING,
	`
local row = load(ARGV[3])
if not row or row.status ~= ARGV[4] then return 0 end
call('ZREM', base .. 'running', row.key)
call('ZREM', base .. 'unready', row.key)
call('ZREM', base .. 'runnable', row.key)
if row.status == 'running' then
	settle_host(row, ARGV[5])
else
	settle(row, ARGV[5])
	advance(row)
end
return 1
`,
);
