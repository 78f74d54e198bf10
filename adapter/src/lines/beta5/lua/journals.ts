// Turn journals of 1.0.0-beta.5 to beta.7: the hash `journal/<submission>`, every field text, and one without text as good as absent.
// Every change writes the whole of it by one command, so that nothing of a change that a crash has cut off can stay in it.
import { HANDING } from '../../../lua/attempts.ts';
import { LEASES, ROWS } from '../../../lua/rows.ts';
import { script } from '../../../script.ts';

/** Writes a journal with some fields changed, and the fields that it has. Needs journal, now. */
const WRITING = `
local function write(known, fields)
	local words = known
	words[#words + 1], words[#words + 2] = 'updated', now
	for i = 1, #fields do words[#words + 1] = fields[i] end
	redis.call('HSET', journal, unpack(words))
end

local function change(known, fields)
	local revision = redis.call('HGET', journal, 'revision')
	known[#known + 1], known[#known + 2] = 'revision', revision + 1
	write(known, fields)
end

local function is_open(owner, committed, attempt)
	return owner == attempt and (committed or '') == ''
end
`;

/**
 * Begins a turn: the journal is made, or replaced in place with its age and a higher revision.
 *
 * KEYS: journal. ARGV: now, then the fields, each with its value.
 * Replies 1. Refuses nothing: behind a command that takes no memory a server that is full allows it.
 */
export const BEGIN_JOURNAL = script(
	`
local journal = KEYS[1]
local now = ARGV[1]
local fields = {}
for i = 2, #ARGV do fields[#fields + 1] = ARGV[i] end
`,
	WRITING,
	`
local revision, created = unpack(redis.call('HMGET', journal, 'revision', 'created'))
local cleared = {}
for _, name in ipairs(redis.call('HKEYS', journal)) do
	cleared[#cleared + 1], cleared[#cleared + 2] = name, ''
end
cleared[#cleared + 1], cleared[#cleared + 2] = 'created', created or now
cleared[#cleared + 1], cleared[#cleared + 2] = 'revision', (revision or 0) + 1
redis.call('HDEL', journal, '')
write(cleared, fields)
return 1
`,
);

/**
 * Changes fields of a journal that is not committed.
 *
 * KEYS: journal. ARGV: now, attempt, then the fields, each with its value.
 * Replies 1. Refuses with 0 when there is no journal, it is committed, or it is another attempt's.
 */
export const CHANGE_JOURNAL = script(
	`
local journal = KEYS[1]
local now, attempt = ARGV[1], ARGV[2]
local fields = {}
for i = 3, #ARGV do fields[#fields + 1] = ARGV[i] end
`,
	WRITING,
	`
local owner, committed = unpack(redis.call('HMGET', journal, 'attempt', 'committed'))
if not is_open(owner, committed, attempt) then return 0 end
change(redis.call('HGETALL', journal), fields)
return 1
`,
);

/**
 * Notes, once, that a stream was consumed.
 *
 * KEYS: journal. ARGV: now, attempt, stream.
 * Replies 1. Refuses with 0 when there is no journal, it is committed, it is another attempt's or of
 * another stream, or it says so already.
 */
export const CONSUME_STREAM = script(
	`
local journal = KEYS[1]
local now, attempt, stream = ARGV[1], ARGV[2], ARGV[3]
`,
	WRITING,
	`
local owner, committed, current, consumed = unpack(redis.call('HMGET', journal,
	'attempt', 'committed', 'stream', 'consumed'))
if not is_open(owner, committed, attempt) or current ~= stream then return 0 end
if (consumed or '') ~= '' then return 0 end
change(redis.call('HGETALL', journal), {'consumed', now})
return 1
`,
);

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
	WRITING,
	`
local row, payload = load_whole(key)
if not is_running(row, attempt) then return false end
`,
	HANDING,
	`
local writer, committed = unpack(call('HMGET', journal, 'attempt', 'committed'))
if is_open(writer, committed, attempt) then
	change(call('HGETALL', journal), {'attempt', following})
end
return {save(key, row), payload}
`,
);
