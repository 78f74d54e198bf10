// Workflow runs of the 1.0 betas: a hash for each (`run/<id>`), and sorted sets in which every member has
// the score 0, so that the server keeps them by the bytes of `<started>\\0<id>`: the order of a listing.
// There is one such index of all runs, and one for each status, workflow, and both together, so that a
// page costs what it returns, whatever it is filtered by and however far it lies back.
import { query, script } from '../../../script.ts';

/**
 * Keeps a run, once.
 *
 * KEYS: run, and the indexes that a new run stands in. ARGV: member, then the run's fields, each with
 * its value.
 * Replies 1. Refuses with 0 when there is a run of that id, which stays as it is.
 */
export const CREATE_RUN = script(`
local run = KEYS[1]
local member = ARGV[1]
local indexes, fields = {}, {}
for i = 2, #KEYS do indexes[#indexes + 1] = KEYS[i] end
for i = 2, #ARGV do fields[#fields + 1] = ARGV[i] end

if redis.call('EXISTS', run) == 1 then return 0 end
redis.call('HSET', run, 'status', 'active', unpack(fields))
for _, index in ipairs(indexes) do redis.call('ZADD', index, 0, member) end
return 1
`);

/**
 * Ends a run, whatever its state is, and moves it in the indexes.
 *
 * KEYS: run. ARGV: base, id, status, then the fields of the end, each with its value. The indexes are
 * built: which it stands in is known from the run alone.
 * Replies 1. Refuses with 0 when there is no such run; nothing is written then.
 */
export const END_RUN = script(`
local run = KEYS[1]
local base, id, status = ARGV[1], ARGV[2], ARGV[3]
local fields = {}
for i = 4, #ARGV do fields[#fields + 1] = ARGV[i] end

local call = redis.call
local was, started, workflow = unpack(call('HMGET', run, 'status', 'started', 'workflow'))
if not was then return 0 end
call('HDEL', run, 'result', 'error')
call('HSET', run, 'status', status, unpack(fields))
if was ~= status then
	local member = started .. '\\0' .. id
	for _, place in ipairs({'runs/', 'workflow/' .. workflow .. '/'}) do
		call('ZREM', base .. place .. was, member)
		call('ZADD', base .. place .. status, 0, member)
	end
end
return 1
`);

/**
 * A page of runs, newest first.
 *
 * KEYS: index. ARGV: base, the member before the page as '(member', or '+', and how many are wanted.
 * The runs' names are built: their ids stand in the index.
 * Replies the id and six fields of each, one after the other. Refuses nothing.
 */
export const LIST_RUNS = query(`
local index = KEYS[1]
local base, before, count = ARGV[1], ARGV[2], ARGV[3]

local signs = {['%'] = '%25', [':'] = '%3A', ['/'] = '%2F'}
local out = {}
for _, member in ipairs(redis.call('ZREVRANGEBYLEX', index, before, '-', 'LIMIT', 0, count)) do
	local id = string.match(member, '^[^%z]*%z(.*)$')
	local key = base .. 'run/' .. string.gsub(id, '[%%:/]', signs)
	local run = redis.call('HMGET', key, 'name', 'status', 'started', 'ended', 'duration', 'failed')
	out[#out + 1] = id
	for i = 1, 6 do out[#out + 1] = run[i] end
end
return out
`);
