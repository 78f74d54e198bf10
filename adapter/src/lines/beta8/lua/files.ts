// Attachments that can be deleted with the instance they belong to: a set of their ids for each stream.
import { LOOKING, PUTTING } from '../../../lua/files.ts';
import { script } from '../../../script.ts';

/**
 * Writes the attachment once and lists it with its stream.
 *
 * KEYS: head, bytes, ids of the stream, and the staged pieces if there are some. ARGV: description,
 * id, pieces…
 * Replies 1 when it is there. Refuses with 0 on a conflict and with 2 when the staged pieces are gone.
 */
export const PUT_LISTED = script(
	`
local head, list, ids, staged = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local description, id = ARGV[1], ARGV[2]
local pieces = {}
for i = 3, #ARGV do pieces[#pieces + 1] = ARGV[i] end
`,
	LOOKING,
	`
redis.call('SADD', ids, id)
`,
	PUTTING,
);

/**
 * Deletes every attachment of a stream.
 *
 * KEYS: ids of the stream. ARGV: base and the stream's part of a key's name, from which the names are
 * built: the ids stand in the set.
 * Replies how many there were. Refuses nothing.
 */
export const DELETE_FILES = script(`
local ids = KEYS[1]
local base, stream = ARGV[1], ARGV[2]

local found = redis.call('SMEMBERS', ids)
for _, id in ipairs(found) do
	local name = stream .. '/' .. id
	redis.call('DEL', base .. 'file/' .. name, base .. 'bytes/' .. name)
end
redis.call('DEL', ids)
return #found
`);
