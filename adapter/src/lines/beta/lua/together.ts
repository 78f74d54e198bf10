// Several scripts in one. Each becomes a function whose parameters have the names that a script knows
// its keys and arguments by, so that a script needs not know whether it travels alone.
import { SEALING } from '../../../lua/log.ts';
import { type Script, script } from '../../../script.ts';

/**
 * The text that runs calls of some scripts one after the other. What one of them fails with is its own
 * reply; what the others have done stays.
 *
 * KEYS: of all calls, and the mark of the namespace where the log is to be sealed. ARGV: for each call the number
 * of its script, of its keys and of its arguments, as one text with ! before it to seal the log, which who
 * sends the text at once has to do; then the arguments of all calls.
 * Replies {1, reply} or {0, error} for each.
 */
export function compose(programs: readonly Script[]): Script {
	const parts = programs.map(({ text }) => `function(KEYS, ARGV)\n${text}\nend`);
	const writes = programs.some((program) => program.writes);
	const composed = script(`
local keys, args = KEYS, ARGV
local plan = ARGV[1]
local parts = {${parts.join(',\n')}}
${SEALING}
if string.sub(plan, 1, 1) == '!' then pcall(seal, keys[#keys]) end

local function slice(list, from, count)
	local part = {}
	for i = 1, tonumber(count) do part[i] = list[from + i] end
	return part, from + count
end

local out, key, arg = {}, 0, 1
for part, key_count, arg_count in string.gmatch(plan, '(%d+) (%d+) (%d+)') do
	local own_keys, own_args
	own_keys, key = slice(keys, key, key_count)
	own_args, arg = slice(args, arg, arg_count)
	local done, reply = pcall(parts[tonumber(part)], own_keys, own_args)
	if not done and type(reply) == 'table' then reply = reply.err end
	out[#out + 1] = {done and 1 or 0, reply}
end
return out
`);
	return { ...composed, writes };
}
