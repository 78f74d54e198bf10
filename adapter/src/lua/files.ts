// Large values: staged in pieces that remove themselves, committed by one rename, never changed.
import { script } from '../script.ts';

/** Appends pieces and renews the deadline in one step. KEYS: staging list. ARGV: deadline, pieces… */
export const STAGE = script(`
for i = 2, #ARGV do redis.call('RPUSH', KEYS[1], ARGV[i]) end
redis.call('PEXPIRE', KEYS[1], ARGV[1])
return 1
`);

/**
 * Writes the attachment once. The description holds the digest that was verified before, so equal
 * descriptions mean equal bytes. KEYS: head, pieces. ARGV: description, staged key or '', pieces…
 * Replies 1 when it is there, 0 on a conflict, 2 when the staged pieces are gone.
 */
export const PUT = script(`
local head = redis.call('GET', KEYS[1])
if head then return head == ARGV[1] and 1 or 0 end
if ARGV[2] ~= '' and redis.call('EXISTS', ARGV[2]) == 0 then return 2 end
redis.call('SET', KEYS[1], ARGV[1])
if ARGV[2] ~= '' then
	redis.call('RENAME', ARGV[2], KEYS[2])
	redis.call('PERSIST', KEYS[2])
end
for i = 3, #ARGV do redis.call('RPUSH', KEYS[2], ARGV[i]) end
return 1
`);

/** Description, number of pieces and the first of them. KEYS: head, pieces. ARGV: last index wanted. */
export const OPEN = script(`
local head = redis.call('GET', KEYS[1])
if not head then return false end
return {head, redis.call('LLEN', KEYS[2]), redis.call('LRANGE', KEYS[2], 0, ARGV[1])}
`);
