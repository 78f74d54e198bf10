// Large values: staged in pieces that remove themselves, committed by one rename, never changed.
import { alone, query, script } from '../script.ts';

/**
 * Makes a list of pieces. Its first two writes are logged whatever is there, so that what a crash has left of the
 * same list, and a restart brings back, is no part of it. Needs no names.
 */
export const FILLING = `
local function fill(list, pieces)
	if #pieces == 0 then return end
	redis.call('RPUSH', list, '')
	redis.call('DEL', list)
	for _, piece in ipairs(pieces) do redis.call('RPUSH', list, piece) end
end
`;

/**
 * Begins a list of pieces that removes itself, or goes on with it in one write.
 *
 * KEYS: staging list. ARGV: deadline in milliseconds or '' to go on, pieces…
 * Replies 1. Refuses nothing.
 */
export const STAGE = alone(
	`
local list = KEYS[1]
local deadline = ARGV[1]
local pieces = {}
for i = 2, #ARGV do pieces[#pieces + 1] = ARGV[i] end
`,
	FILLING,
	`
if deadline == '' then
	redis.call('RPUSH', list, unpack(pieces))
else
	fill(list, pieces)
	redis.call('PEXPIRE', list, deadline)
end
return 1
`,
);

/** Whether there is something to write. Needs head, staged, description. */
export const LOOKING = `
local known = redis.call('GET', head)
if known then return known == description and 1 or 0 end
if staged and redis.call('EXISTS', staged) == 0 then return 2 end
`;

/** Writes what is not there: the bytes first, as it is there once its head is. Needs head, list, staged, description, pieces. */
export const PUTTING = `${FILLING}
if staged then
	redis.call('RENAME', staged, list)
	redis.call('PERSIST', list)
end
fill(list, pieces)
redis.call('SET', head, description)
return 1
`;

/**
 * Writes the attachment once. The description holds the digest that was verified before, so equal
 * descriptions mean equal bytes.
 *
 * KEYS: head, bytes, and the staged pieces if there are some. ARGV: description, pieces…
 * Replies 1 when it is there. Refuses with 0 on a conflict and with 2 when the staged pieces are gone.
 */
export const PUT = script(
	`
local head, list, staged = KEYS[1], KEYS[2], KEYS[3]
local description = ARGV[1]
local pieces = {}
for i = 2, #ARGV do pieces[#pieces + 1] = ARGV[i] end
`,
	LOOKING,
	PUTTING,
);

/**
 * Opens an attachment: what it is, and the first of its pieces.
 *
 * KEYS: head, bytes. ARGV: index of the last piece wanted.
 * Replies {description, number of pieces, pieces}. Refuses with nothing when there is none.
 */
export const OPEN = query(`
local head, list = KEYS[1], KEYS[2]
local last = ARGV[1]

local description = redis.call('GET', head)
if not description then return false end
return {description, redis.call('LLEN', list), redis.call('LRANGE', list, 0, last)}
`);
