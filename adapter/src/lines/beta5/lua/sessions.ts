// Sessions of 1.0.0-beta.5 to beta.7: a hash (`snapshot/<id>`) with the entries, each under its position, how many of them
// count, everything else as the head, and a token that every change replaces. Who knows the token knows what is
// there, and sends only what differs. A change is one command, so that a crash leaves all of it or nothing.
import { alone, query } from '../../../script.ts';

/** Passes entries on, as many at a time as a command takes. Needs snapshot. */
const READING = `
local function each(count, use)
	local names, most = {}, 5000
	for position = 0, count - 1 do
		names[#names + 1] = position
		if #names == most or position == count - 1 then
			for _, entry in ipairs(redis.call('HMGET', snapshot, unpack(names))) do use(entry) end
			names = {}
		end
	end
end
`;

/**
 * Changes what differs: some entries in place, those after the kept ones replaced. What does not fit into one command is
 * written before it, as far as it stands behind what counts until then.
 *
 * KEYS: snapshot, and the staged texts if there are some. ARGV: the token that is expected or
 * '' for a session that does not exist, the token from now on, the head or '' to leave it, how many
 * entries stay, how many of them change, the position of each of these, then unless they are staged the
 * texts: of the changed entries, then of those after the kept ones.
 * Replies {1}.
 * Refuses with {0, token or '', digest of the head, digest of each entry} when another token is there,
 * for the caller to see what differs, and {2} when the staged texts are gone; nothing is written then.
 */
export const SAVE_SESSION = alone(
	`
local snapshot, staged = KEYS[1], KEYS[2]
local expected, token, head, kept, changes = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local rest = {}
for i = 6, #ARGV do rest[#rest + 1] = ARGV[i] end
`,
	READING,
	`
local call = redis.call
local known = call('HMGET', snapshot, 'token', 'head', 'count')
if (known[1] or '') ~= expected then
	local out = {0, known[1] or '', redis.sha1hex(known[2] or '')}
	each(known[3] or 0, function(entry) out[#out + 1] = redis.sha1hex(entry) end)
	return out
end

local changed = tonumber(changes)
local texts, start = rest, changed
if staged then
	if call('EXISTS', staged) == 0 then return {2} end
	texts, start = call('LRANGE', staged, '0', '-1'), 0
end
local fields, most = {}, 7000
local function put(name, value, isEarly)
	fields[#fields + 1], fields[#fields + 2] = name, value
	if isEarly and #fields >= most then
		call('HSET', snapshot, unpack(fields))
		fields = {}
	end
end
local first = start + changed + 1
for i = first, #texts do put(kept + i - first, texts[i], true) end
for i = 1, changed do put(rest[i], texts[start + i], #fields + 2 * changed > most) end
put('count', kept + #texts - first + 1)
if head ~= '' then put('head', head) end
put('token', token)
call('HSET', snapshot, unpack(fields))
return {1}
`,
);

/**
 * Deletes the entries that count no longer.
 *
 * KEYS: snapshot. ARGV: how many counted before.
 * Replies 1. Refuses nothing.
 */
export const TRIM_SESSION = alone(`
local snapshot = KEYS[1]
local before = ARGV[1]

local names = {}
local count = redis.call('HGET', snapshot, 'count')
for position = count or before, before - 1 do
	if #names < 7000 then names[#names + 1] = position end
end
if #names > 0 then redis.call('HDEL', snapshot, unpack(names)) end
return 1
`);

/**
 * The whole session in one moment.
 *
 * KEYS: snapshot. ARGV: none.
 * Replies {token, head, entries}. Refuses with nothing when there is no such session.
 */
export const LOAD_SESSION = query(
	`
local snapshot = KEYS[1]
`,
	READING,
	`
local token, head, count = unpack(redis.call('HMGET', snapshot, 'token', 'head', 'count'))
if not token then return false end
local entries = {}
each(count, function(entry) entries[#entries + 1] = entry end)
return {token, head, entries}
`,
);
