// What keeps the server's log whole over a crash: how it is ended, and single commands as scripts.
import { alone, script } from '../script.ts';

/**
 * Ends what a crash may have left open in the log. A server that is killed in the middle of a transaction cuts
 * its log behind the last whole command when it starts again, not before the transaction. All that is logged from
 * then on belongs to it, and unless an EXEC comes the next start throws it all away, acknowledged or not. Two writes
 * of one script are logged with an EXEC. They change nothing. Needs no names.
 */
export const SEALING = `
local function seal(mark)
	local layout = redis.call('HGET', mark, 'layout')
	if not layout then return end
	redis.call('HSET', mark, 'layout', layout)
	redis.call('HSET', mark, 'layout', layout)
	return true
end
`;

/**
 * One command, so that it can travel with scripts, and so that a server which has started again does not know it.
 *
 * KEYS: its key. ARGV: its name, then its other arguments.
 * Replies what the command replies. Refuses with what the command refuses.
 */
export const COMMAND = script(`
local key = KEYS[1]
local name = ARGV[1]
local rest = {}
for i = 2, #ARGV do rest[#rest + 1] = ARGV[i] end

return redis.call(name, key, unpack(rest))
`);

/**
 * Deletes keys.
 *
 * KEYS: the keys. ARGV: none.
 * Replies 1. Refuses nothing.
 */
export const REMOVE = alone(`
local keys = KEYS

redis.call('DEL', unpack(keys))
return 1
`);
