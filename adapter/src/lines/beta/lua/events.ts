// Event streams of the 1.0 betas: a hash of what the stream is (`feed/<path>`: its state, and the
// position of each event that was appended under a key) and a list of its events (`events/<path>`).
// The list's length is the head, so an append is one write and cannot tear.
import { query, script } from '../../../script.ts';

/**
 * Applies a few writes to one stream, in order: what several callers asked for while the last request
 * was under way goes out together. A write is a pair: '' and an event appends it; 'k' with a key and an
 * event appends it once under that key; '!' and '' closes the stream.
 *
 * KEYS: feed, events. ARGV: the writes, pair by pair.
 * Replies one number a write: the event's position, the first one again to an exact repetition, or 0
 * for a close. Refuses with -1 no stream, -2 closed, -3 the key has another event; the other writes of
 * the request are carried out all the same.
 */
export const WRITE_EVENTS = script(`
local feed, events = KEYS[1], KEYS[2]
local writes = {}
for i = 1, #ARGV do writes[#writes + 1] = ARGV[i] end

local call = redis.call
local state = call('HGET', feed, 'state')
local out = {}

local function write(field, data)
	if field == '!' then
		if state then call('HSET', feed, 'state', 'closed') end
		state = state and 'closed'
		return 0
	end
	local known = field ~= '' and call('HGET', feed, field)
	if known then return call('LINDEX', events, known) == data and tonumber(known) or -3 end
	if not state then return -1 end
	if state == 'closed' then return -2 end
	local position = call('RPUSH', events, data) - 1
	if field ~= '' then call('HSET', feed, field, position) end
	return position
end

for i = 1, #writes, 2 do out[#out + 1] = write(writes[i], writes[i + 1]) end
return out
`);

/**
 * A page of a stream and its state, in one moment.
 *
 * KEYS: feed, events. ARGV: the first and the last position wanted.
 * Replies {state, number of events, events}. Refuses with nothing when there is no such stream.
 */
export const READ_EVENTS = query(`
local feed, events = KEYS[1], KEYS[2]
local first, last = ARGV[1], ARGV[2]

local state = redis.call('HGET', feed, 'state')
if not state then return false end
return {state, redis.call('LLEN', events), redis.call('LRANGE', events, first, last)}
`);
