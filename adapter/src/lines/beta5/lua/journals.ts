// Turn journals of 1.0.0-beta.5 to beta.7: the hash `journal/<submission>`, every field text.
import { LEASES, ROWS } from '../../../lua/rows.ts';
import { script } from '../../../script.ts';

/**
 * Begins a turn: the journal is made, or replaced in place with its age and a higher revision.
 *
 * KEYS: journal. ARGV: now, then the fields, each with its value.
 * Replies 1. Refuses nothing.
 */
export const BEGIN_JOURNAL = script(`
local journal = KEYS[1]
local now = ARGV[1]
local fields = {}
for i = 2, #ARGV do fields[#fields + 1] = ARGV[i] end

local revision, created = unpack(redis.call('HMGET', journal, 'revision', 'created'))
redis.call('DEL', journal)
redis.call('HSET', journal, 'revision', (revision or 0) + 1, 'created', created or now,
	'updated', now, unpack(fields))
return 1
`);

/**
 * Changes fields of a journal that is not committed.
 *
 * KEYS: journal. ARGV: now, attempt, then the fields, each with its value.
 * Replies 1. Refuses with 0 when there is no journal, it is committed, or it is another attempt's.
 */
export const CHANGE_JOURNAL = script(`
local journal = KEYS[1]
local now, attempt = ARGV[1], ARGV[2]
local fields = {}
for i = 3, #ARGV do fields[#fields + 1] = ARGV[i] end

local owner, committed = unpack(redis.call('HMGET', journal, 'attempt', 'committed'))
if owner ~= attempt or committed then return 0 end
redis.call('HINCRBY', journal, 'revision', 1)
redis.call('HSET', journal, 'updated', now, unpack(fields))
return 1
`);

/**
 * Notes, once, that a stream was consumed.
 *
 * KEYS: journal. ARGV: now, attempt, stream.
 * Replies 1. Refuses with 0 when there is no journal, it is committed, it is another attempt's or of
 * another stream, or it says so already.
 */
export const CONSUME_STREAM = script(`
local journal = KEYS[1]
local now, attempt, stream = ARGV[1], ARGV[2], ARGV[3]

local owner, committed, current, consumed = unpack(redis.call('HMGET', journal,
	'attempt', 'committed', 'stream', 'consumed'))
if owner ~= attempt or committed or current ~= stream or consumed then return 0 end
redis.call('HINCRBY', journal, 'revision', 1)
redis.call('HSET', journal, 'updated', now, 'consumed', now)
return 1
`);

/**
 * Hands a running row and its journal, unless that is committed, to the next attempt.
 *
 * KEYS: row, running, journal. ARGV: now, attempt, next attempt, then owner and lease when a lease is given.
 * Replies {state, payload}. Refuses with nothing when the row does not run under the attempt.
 */
export const REPLACE_JOURNAL_ATTEMPT = script(
	`
local key, running, journal = KEYS[1], KEYS[2], KEYS[3]
local now, attempt, following, owner, lease = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
`,
	ROWS,
	LEASES,
	`
local row, payload = load_whole(key)
if not is_running(row, attempt) then return false end
row.lease = lease_of(row)
row.attempt, row.started, row.count = following, now, tostring(row.count + 1)
row.recovery = nil
if owner then
	leave_running(row)
	row.owner, row.lease = owner, lease
	call('ZADD', running, lease, place_of(row))
end
local writer, committed = unpack(call('HMGET', journal, 'attempt', 'committed'))
if writer == attempt and not committed then
	call('HINCRBY', journal, 'revision', 1)
	call('HSET', journal, 'attempt', following, 'updated', now)
end
return {save(key, row), payload}
`,
);
