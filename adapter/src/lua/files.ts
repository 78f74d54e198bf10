// Large values: staged in pieces that remove themselves, committed by one rename, never changed.
import { query, script } from '../script.ts';

/**
 * Appends pieces and renews the deadline in one step.
 *
 * KEYS: staging list. ARGV: deadline in milliseconds, pieces…
 * Replies 1. Refuses nothing.
 */
export const STAGE = script(`
local list = KEYS[1]
local deadline = ARGV[1]
local pieces = {}
for i = 2, #ARGV do pieces[#pieces + 1] = ARGV[i] end

for _, piece in ipairs(pieces) do redis.call('RPUSH', list, piece) end
redis.call('PEXPIRE', list, deadline)
return 1
`);

/** Writes once what is not there; goes on when it was written. Needs head, list, staged, description, pieces. */
export const PUTTING = `
local known = redis.call('GET', head)
if known then return known == description and 1 or 0 end
if staged and redis.call('EXISTS', staged) == 0 then return 2 end
redis.call('SET', head, description)
if staged then
	redis.call('RENAME', staged, list)
	redis.call('PERSIST', list)
end
for _, piece in ipairs(pieces) do redis.call('RPUSH', list, piece) end
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
	PUTTING,
	'return 1',
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
