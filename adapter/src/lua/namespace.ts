// Marking a namespace as ours, in one step however many processes start at once.
import { script } from '../script.ts';

/**
 * Sets the mark where there is none, and renames an adoptable one. Each line of the runtime has a
 * field of its own in the mark, so that one never takes the other's data for its own.
 *
 * KEYS: mark, another adapter's metadata. ARGV: this line's field and version, layout, the
 * one before it, which is raised, the field that may be renamed and the version it must have, the fields of all lines…
 * Replies {1} when the mark is right. Refuses with {0, what was found in this line's words, the first
 * field that another line has set or nothing, its value} and writes nothing then.
 */
export const CLAIM_NAMESPACE = script(`
local mark, foreign = KEYS[1], KEYS[2]
local field, version, our_layout, older_layout = ARGV[1], ARGV[2], ARGV[3], ARGV[4]
local old_field, adoptable = ARGV[5], ARGV[6]
local fields = {}
for i = 7, #ARGV do fields[#fields + 1] = ARGV[i] end

if redis.call('EXISTS', foreign) == 1 then return {0, 'unversioned'} end
for _, name in ipairs(fields) do
	local value = name ~= field and redis.call('HGET', mark, name)
	if value then return {0, 'unversioned', name, value} end
end
local found, layout, old = unpack(redis.call('HMGET', mark, field, 'layout', old_field))
if found and found ~= version then return {0, found, field, found} end
if layout and layout ~= our_layout and layout ~= older_layout then
	return {0, 'layout ' .. layout}
end
if found then
	if layout ~= our_layout then redis.call('HSET', mark, 'layout', our_layout) end
	return {1}
end
if old and old ~= adoptable then return {0, old} end
if layout and not old then return {0, 'unversioned'} end
if old then redis.call('HDEL', mark, old_field) end
redis.call('HSET', mark, field, version, 'layout', our_layout)
return {1}
`);
