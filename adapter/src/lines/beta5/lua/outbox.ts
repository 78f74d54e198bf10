// Between a reserved event and a settled row: where the event was appended.
import { NO_SHORT } from '../../../lua/packing.ts';
import { NAMES, QUEUE, ROWS, SETTLING } from '../../../lua/rows.ts';
import { script } from '../../../script.ts';

/**
 * Notes where the reserved event was appended.
 *
 * KEYS: row. ARGV: attempt, event key, offset.
 * Replies 1. Refuses with 0 when that event is not reserved under the attempt, or was appended elsewhere.
 */
export const RECORD_OFFSET = script(
	`
local key = KEYS[1]
local attempt, event_key, offset = ARGV[1], ARGV[2], ARGV[3]
`,
	ROWS,
	`
local row = load(key)
if not row or row.status ~= 'terminalizing' then return 0 end
if row.attempt ~= attempt or row.record ~= event_key then return 0 end
if row.offset then return row.offset == offset and 1 or 0 end
row.offset = offset
save(key, row)
return 1
`,
);

/**
 * Terminalizing -> settled, once the event's place is known.
 *
 * KEYS: row, settling, runnable. ARGV: base, now, retention, attempt, event key. The session and the row that now
 * heads it are built: they stand in the row and in the session.
 * Replies 1. Refuses with 0 when that event is not reserved under the attempt, or not appended.
 */
export const FINALIZE_TERMINAL = script(
	`
local key, settling, runnable = KEYS[1], KEYS[2], KEYS[3]
local base, now, retention = ARGV[1], ARGV[2], ARGV[3]
local attempt, event_key = ARGV[4], ARGV[5]
`,
	ROWS,
	NAMES,
	QUEUE,
	NO_SHORT,
	SETTLING,
	`
local row, payload = load_whole(key)
if not row or row.status ~= 'terminalizing' or not row.offset then return 0 end
if row.attempt ~= attempt or row.record ~= event_key then return 0 end
call('ZREM', settling, row.key)
settle(row, payload)
advance(row)
return 1
`,
);
