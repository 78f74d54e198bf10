// Event streams of the 1.0 betas: a hash of what the stream is (`feed/<path>`: that it was made, and where an
// event that was appended under a key should be) and a list of its events (`events/<path>`), each behind its
// position and its key. So the last event of a position is the one that counts, and an event proves its own key:
// what a crash left of writes that nobody was told of, and a restart brings back, shifts nothing.
import { query, script } from '../../../script.ts';

/** The head of a stream, whether it is closed, and how many more entries than events there are. Needs events. */
const TAIL = `
local call = redis.call
local tail = call('LINDEX', events, -1)
local closed = tail and string.sub(tail, 1, 1) == '!'
local head = tail and tonumber(string.match(tail, '%d+')) or 0
if tail and not closed then head = head + 1 end
local spare = call('LLEN', events) - head
`;

/**
 * Applies a few writes to one stream, in order: what several callers asked for while the last request
 * was under way goes out together. A write is a pair: '' and an event appends it; 'k' with a key and an
 * event appends it once under that key; '!' and '' closes the stream, which is an entry of the list too.
 *
 * KEYS: feed, events. ARGV: the writes, pair by pair.
 * Replies one number a write: the event's position, the first one again to an exact repetition, or 0
 * for a close. Refuses with -1 no stream, -2 closed, -3 the key has another event; the other writes of
 * the request are carried out all the same.
 */
export const WRITE_EVENTS = script(
	`
local feed, events = KEYS[1], KEYS[2]
local writes = {}
for i = 1, #ARGV do writes[#writes + 1] = ARGV[i] end
`,
	TAIL,
	`
local exists = call('HGET', feed, 'state')
local out = {}

local function stored(position)
	local first, found = tonumber(position)
	for _, entry in ipairs(call('LRANGE', events, first, first + spare)) do
		if string.match(entry, '^%d+') == position then found = entry end
	end
	return found
end

local function known(field)
	local position = call('HGET', feed, field)
	local entry = position and stored(position)
	local opening = entry and position .. '\\n' .. field .. '\\n'
	if not entry or string.sub(entry, 1, #opening) ~= opening then return end
	local data = string.sub(entry, #opening + 1)
	if not string.find(data, '\\n', 1, true) then return tonumber(position), data end
end

local function write(field, data)
	if field == '!' then
		if exists and not closed then
			call('RPUSH', events, '!' .. head)
			closed, spare = true, spare + 1
		end
		return 0
	end
	if field ~= '' then
		local position, same = known(field)
		if position then return same == data and position or -3 end
	end
	if not exists then return -1 end
	if closed then return -2 end
	local position = head
	if field ~= '' then
		call('HSET', feed, field, position)
		field = field .. '\\n'
	end
	call('RPUSH', events, position .. '\\n' .. field .. data)
	head = position + 1
	return position
end

for i = 1, #writes, 2 do out[#out + 1] = write(writes[i], writes[i + 1]) end
return out
`,
);

/**
 * A page of a stream and its state, in one moment.
 *
 * KEYS: feed, events. ARGV: the first position wanted, and how many.
 * Replies {1 for closed or 0, number of events, entries}: of each position that is wanted the last entry is
 * the one that counts, and others may be among them. Refuses with nothing when there is no such stream.
 */
export const READ_EVENTS = query(
	`
local feed, events = KEYS[1], KEYS[2]
local first, count = ARGV[1], ARGV[2]
`,
	TAIL,
	`
if not call('HGET', feed, 'state') then return false end
local found = count ~= '0' and call('LRANGE', events, first, first + count - 1 + spare) or {}
return {closed and 1 or 0, head, found}
`,
);
