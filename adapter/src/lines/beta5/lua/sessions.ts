// Sessions of 1.0.0-beta.5 to beta.7: a hash with everything but the entries and a token that every
// change replaces (`snapshot/<id>`), and a list of the entries (`entries/<id>`). Who knows the token
// knows what is there, and sends only what differs.
import { query, script } from '../../../script.ts';

/**
 * Changes what differs: some entries in place, those after the kept ones replaced, all in one step.
 *
 * KEYS: snapshot, entries, and the staged texts if there are some. ARGV: the token that is expected or
 * '' for a session that does not exist, the token from now on, the head or '' to leave it, how many
 * entries stay, how many of them change, the position of each of these, then unless they are staged the
 * texts: of the changed entries, then of those after the kept ones.
 * Replies {1}.
 * Refuses with {0, token or '', digest of the head, digest of each entry} when another token is there,
 * for the caller to see what differs, and {2} when the staged texts are gone; nothing is written then.
 */
export const SAVE_SESSION = script(`
local snapshot, entries, staged = KEYS[1], KEYS[2], KEYS[3]
local expected, token, head, kept, changes = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5]
local rest = {}
for i = 6, #ARGV do rest[#rest + 1] = ARGV[i] end

local call = redis.call
local known = call('HMGET', snapshot, 'token', 'head')
if (known[1] or '') ~= expected then
	local out = {0, known[1] or '', redis.sha1hex(known[2] or '')}
	for _, entry in ipairs(call('LRANGE', entries, 0, -1)) do out[#out + 1] = redis.sha1hex(entry) end
	return out
end

local changed = tonumber(changes)
local texts, start = rest, changed
if staged then
	if call('EXISTS', staged) == 0 then return {2} end
	texts, start = call('LRANGE', staged, 0, -1), 0
end
for i = 1, changed do call('LSET', entries, rest[i], texts[start + i]) end
if kept == '0' then call('DEL', entries) else call('LTRIM', entries, 0, kept - 1) end
for i = start + changed + 1, #texts do call('RPUSH', entries, texts[i]) end
if head ~= '' then call('HSET', snapshot, 'head', head) end
call('HSET', snapshot, 'token', token)
if staged then call('DEL', staged) end
return {1}
`);

/**
 * The whole session in one moment.
 *
 * KEYS: snapshot, entries. ARGV: none.
 * Replies {token, head, entries}. Refuses with nothing when there is no such session.
 */
export const LOAD_SESSION = query(`
local snapshot, entries = KEYS[1], KEYS[2]

local token, head = unpack(redis.call('HMGET', snapshot, 'token', 'head'))
if not token then return false end
return {token, head, redis.call('LRANGE', entries, 0, -1)}
`);
