// Conversation streams: a hash of what the stream is (`stream/<path>`) and a list of its batches
// (`batches/<path>`). The list's length is the head, so an append is one write and cannot tear; the
// fence of producers and the ownership of submissions are checked in the same step.
import { script } from '../script.ts';

/** Makes the stream once. KEYS: stream, batches. ARGV: identity, lane, incarnation. Replies whether it is the same. */
export const CREATE_STREAM = script(`
local lane = redis.call('HGET', KEYS[1], 'lane')
if lane then return lane == ARGV[2] and 1 or 0 end
redis.call('HSET', KEYS[1], 'identity', ARGV[1], 'lane', ARGV[2], 'incarnation', ARGV[3],
	'epoch', 0, 'base', 0)
return 1
`);

/** Makes one producer current and every earlier one stale. KEYS: stream, batches. ARGV: producer. */
export const ACQUIRE_PRODUCER = script(`
local incarnation = redis.call('HGET', KEYS[1], 'incarnation')
if not incarnation then return false end
local head = redis.call('LLEN', KEYS[2])
local epoch = redis.call('HINCRBY', KEYS[1], 'epoch', 1)
redis.call('HSET', KEYS[1], 'producer', ARGV[1], 'base', head,
	'fence', epoch .. ' ' .. incarnation .. ' ' .. ARGV[1])
return {epoch, incarnation, head}
`);

/**
 * Appends one batch under one offset, or finds it there already. Within an epoch the producer's
 * sequence and the offset advance together from \`base\`, so a repetition is looked up by position.
 *
 * KEYS: stream, batches, then the row of the submission and of each delivery it speaks for.
 * ARGV: fence (epoch, incarnation, producer), sequence, entry, attempt, the submission, and when
 * the batch is one settlement: its record.
 * Replies the offset, or -1 no stream, -2 stale, -3 conflict, -4 gap, -5 not a delivery of the
 * submission, -6 the attempt does not own the work.
 */
export const APPEND = script(`
local meta = redis.call('HMGET', KEYS[1], 'fence', 'base')
if meta[1] ~= ARGV[1] then return redis.call('EXISTS', KEYS[1]) == 1 and -2 or -1 end
local head = redis.call('LLEN', KEYS[2])
local offset = meta[2] + ARGV[2]
if offset < head then
	return redis.call('LINDEX', KEYS[2], offset) == ARGV[3] and offset or -3
end
if offset > head then return -4 end
if KEYS[3] then
	for i = 4, #KEYS do
		local text = redis.call('HGET', KEYS[i], 'state')
		local row = text and cjson.decode(text)
		local joins = row and (row.status == 'joining' or row.status == 'joined')
		if not joins or row.host ~= ARGV[5] then return -5 end
	end
	local text = redis.call('HGET', KEYS[3], 'state')
	local row = text and cjson.decode(text)
	if not row or row.attempt ~= ARGV[4] then return -6 end
	if row.lane ~= redis.call('HGET', KEYS[1], 'lane') then return -6 end
	if row.status ~= 'running' then
		if row.status ~= 'terminalizing' or not ARGV[6] then return -6 end
		if redis.call('HGET', KEYS[3], 'record') ~= ARGV[6] then return -6 end
	end
end
redis.call('RPUSH', KEYS[2], ARGV[3])
return offset
`);

/** What the stream is now. KEYS: stream, batches. */
export const STREAM_META = script(`
local meta = redis.call('HMGET', KEYS[1], 'identity', 'incarnation', 'producer', 'epoch', 'base')
if not meta[1] then return false end
return {meta[1], meta[2], meta[3], meta[4], meta[5], redis.call('LLEN', KEYS[2])}
`);
