// Back into the queue, or out of it, without having run.
import { NO_SHORT } from '../../../lua/packing.ts';
import { LEASES, NAMES, QUEUE, REQUEUING, ROWS, SETTLING } from '../../../lua/rows.ts';
import { script } from '../../../script.ts';

/**
 * Running -> queued, as if never claimed but for its count and timeout.
 *
 * KEYS: row, running, runnable. ARGV: base, attempt. The session is built: it stands in the row.
 * Replies 1. Refuses with 0 when the row does not run under the attempt.
 */
export const REQUEUE = script(
	`
local key, running, runnable = KEYS[1], KEYS[2], KEYS[3]
local base, attempt = ARGV[1], ARGV[2]
`,
	ROWS,
	LEASES,
	NAMES,
	QUEUE,
	`
local row = load(key)
if not is_running(row, attempt) then return 0 end
`,
	REQUEUING,
	'return 1',
);

/**
 * Settles a row that is still queued.
 *
 * KEYS: row, unready, runnable. ARGV: base, now, retention, error. The session and the row that now heads it are
 * built: they stand in the row and in the session.
 * Replies 1. Refuses with 0 when there is no such row or it is queued no longer.
 */
export const SETTLE_QUEUED = script(
	`
local key, unready, runnable = KEYS[1], KEYS[2], KEYS[3]
local base, now, retention, message = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
`,
	ROWS,
	NAMES,
	QUEUE,
	NO_SHORT,
	SETTLING,
	`
local row, payload = load_whole(key)
if not row or row.status ~= 'queued' then return 0 end
settle(row, payload, message)
call('ZREM', unready, row.key)
call('ZREM', runnable, row.key)
advance(row)
return 1
`,
);
