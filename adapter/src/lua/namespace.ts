// Marking a namespace as ours, in one step however many processes start at once.
import { script } from '../script.ts';

/**
 * Sets the mark where there is none, and renames an adoptable one.
 *
 * KEYS: mark, another adapter's metadata. ARGV: format, layout, the last schema that may be adopted.
 * Replies {1} when the mark is right. Refuses with {0, what was found} and writes nothing then.
 */
export const CLAIM_NAMESPACE = script(`
local mark, foreign = KEYS[1], KEYS[2]
local our_format, our_layout, adoptable = ARGV[1], ARGV[2], ARGV[3]

local format, schema, layout = unpack(redis.call('HMGET', mark, 'format_version',
	'schema_version', 'layout'))
if redis.call('EXISTS', foreign) == 1 then return {0, 'unversioned'} end
if layout and layout ~= our_layout then return {0, 'layout ' .. layout} end
if format then return format == our_format and {1} or {0, format} end
if schema and schema ~= adoptable then return {0, schema} end
if layout and not schema then return {0, 'unversioned'} end
if schema then redis.call('HDEL', mark, 'schema_version') end
redis.call('HSET', mark, 'format_version', our_format, 'layout', our_layout)
return {1}
`);
