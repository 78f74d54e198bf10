// Conversation streams: a hash of what the stream is (`stream/<path>`) and a list of its batches
// (`batches/<path>`). The list's length is the head, so an append is one write and cannot tear; the
// fence of producers and the ownership of submissions are checked in the same step.
import { alone, query, script } from '../script.ts';
import { INSISTING } from './rows.ts';

/**
 * Makes the stream once.
 *
 * KEYS: stream. ARGV: identity, lane, incarnation.
 * Replies 1, and to the same identity again. Refuses with 0 when it is another one's.
 */
export const CREATE_STREAM = script(
	`
local stream = KEYS[1]
local identity, lane, incarnation = ARGV[1], ARGV[2], ARGV[3]
`,
	INSISTING,
	`
local known = redis.call('HGET', stream, 'identity')
if known then
	local was, is = cjson.decode(known), cjson.decode(identity)
	return was.agentName == is.agentName and was.instanceId == is.instanceId and 1 or 0
end
insist(stream, 'HSET', stream, 'identity', identity, 'lane', lane, 'incarnation', incarnation,
	'epoch', 0, 'base', 0)
return 1
`,
);

/**
 * Makes one producer current and every earlier one stale.
 *
 * KEYS: stream, batches. ARGV: producer.
 * Replies {epoch, incarnation, head}. Refuses with nothing when there is no such stream.
 */
export const ACQUIRE_PRODUCER = script(
	`
local stream, batches = KEYS[1], KEYS[2]
local producer = ARGV[1]
`,
	INSISTING,
	`
local incarnation, last = unpack(redis.call('HMGET', stream, 'incarnation', 'epoch'))
if not incarnation then return false end
local head = redis.call('LLEN', batches)
local epoch = last + 1
insist(stream, 'HSET', stream, 'epoch', epoch, 'producer', producer, 'base', head,
	'fence', epoch .. ' ' .. incarnation .. ' ' .. producer)
return {epoch, incarnation, head}
`,
);

/**
 * Appends one batch under one offset, or finds it there already. Within an epoch the producer's
 * sequence and the offset advance together from \`base\`, so a repetition is looked up by position.
 *
 * KEYS: stream, batches, then the row of the submission and of each delivery it speaks for.
 * ARGV: fence (epoch, incarnation, producer), sequence, entry, attempt, the submission, and when
 * the batch is one settlement: its record.
 * Replies the offset, to a repetition with the same text too, and {offset, entry} of what is stored there
 * to one with another text, which may hold the same records.
 * Refuses with -1 no stream, -2 stale, -4 gap, -5 not a delivery of the submission, -6 the
 * attempt does not own the work.
 */
export const APPEND = alone(
	`
local stream, batches, row_key = KEYS[1], KEYS[2], KEYS[3]
local fence, sequence, entry, attempt, submission = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local settlement = ARGV[6]
local keys = KEYS
`,
	INSISTING,
	`
local meta = redis.call('HMGET', stream, 'fence', 'base')
if meta[1] ~= fence then return redis.call('EXISTS', stream) == 1 and -2 or -1 end
local head = redis.call('LLEN', batches)
local offset = meta[2] + sequence
if offset < head then
	local stored = redis.call('LINDEX', batches, offset)
	if not stored then return -4 end
	return stored == entry and offset or {offset, stored}
end
if offset > head then return -4 end
if row_key then
	for i = 4, #keys do
		local text = redis.pcall('HGET', keys[i], 'state')
		local row = type(text) == 'string' and cjson.decode(text)
		local joins = row and (row.status == 'joining' or row.status == 'joined')
		if not joins or row.host ~= submission then return -5 end
	end
	local text = redis.pcall('HGET', row_key, 'state')
	local row = type(text) == 'string' and cjson.decode(text)
	if not row or row.attempt ~= attempt then return -6 end
	if row.lane ~= redis.call('HGET', stream, 'lane') then return -6 end
	if row.status ~= 'running' then
		if row.status ~= 'terminalizing' or not settlement then return -6 end
		if redis.call('HGET', row_key, 'record') ~= settlement then return -6 end
	end
end
insist(stream, 'RPUSH', batches, entry)
return offset
`,
);

/**
 * Batches, and all that they go on from.
 *
 * KEYS: batches. ARGV: offsets.
 * Replies offset and entry of each, one after the other. Refuses nothing: what is not there is left out.
 */
export const BASES = query(`
local batches = KEYS[1]
local offsets = {}
for i = 1, #ARGV do offsets[#offsets + 1] = ARGV[i] end

local out, seen = {}, {}
for _, offset in ipairs(offsets) do
	local at = tonumber(offset)
	while at and not seen[at] do
		seen[at] = true
		local entry = redis.call('LINDEX', batches, at)
		if entry then
			out[#out + 1] = at
			out[#out + 1] = entry
		end
		local base = entry and string.match(entry, '^~....([0-9a-z]+)')
		at = base and tonumber(base, 36)
	end
end
return out
`);

/**
 * What the stream is now.
 *
 * KEYS: stream, batches. ARGV: none.
 * Replies {identity, incarnation, producer, epoch, base, head}. Refuses with nothing when there is no
 * such stream.
 */
export const STREAM_META = query(`
local stream, batches = KEYS[1], KEYS[2]

local meta = redis.call('HMGET', stream, 'identity', 'incarnation', 'producer', 'epoch', 'base')
if not meta[1] then return false end
meta[6] = redis.call('LLEN', batches)
return meta
`);
