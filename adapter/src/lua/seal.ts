// After a crash: what the log may hold of a write that nobody was told of is made to change nothing.
//
// A server that is killed in the middle of a transaction leaves what it had logged of it out when it starts again, and
// carries it out when it starts the next time. So all that such a write may have changed or removed is written once more,
// as it is in memory, behind it; and what it may have added to an index is taken out where the rows say otherwise.
import { script } from '../script.ts';
import { SEALING } from './log.ts';

/** Every row that is not settled, found by the indexes and the sessions of what they list. Needs base. */
const COLLECTING = `
local call = redis.call
local rows, lanes = {}, {}

local function add(id)
	if rows[id] ~= nil then return end
	local state = redis.pcall('HGET', base .. 'sub/' .. id, 'state')
	local row = type(state) == 'string' and cjson.decode(state)
	rows[id] = row and row.status ~= 'settled' and row or false
	if rows[id] then lanes[row.lane] = true end
end

for _, name in ipairs({'unready', 'runnable', 'running', 'settling', 'joins'}) do
	for _, member in ipairs(call('ZRANGE', base .. name, '0', '-1')) do
		add(string.match(member, '[^/]*$'))
	end
end
local found = {}
for lane in pairs(lanes) do found[#found + 1] = lane end
for _, lane in ipairs(found) do
	for _, id in ipairs(call('ZRANGE', base .. 'session/' .. lane, '0', '-1')) do add(id) end
end
`;

/** Where each row belongs. Needs COLLECTING. */
const PLACING = `
local wanted = {}
local function want(index, score, member)
	wanted[index] = wanted[index] or {}
	if member then wanted[index][member] = score end
end

local heads = {}
for id, row in pairs(rows) do
	if row then
		local head = heads[row.lane]
		if not head or tonumber(row.seq) < tonumber(head.seq) then heads[row.lane] = row end
		want('session/' .. row.lane, row.seq, id)
	end
end
for _, name in ipairs({'unready', 'runnable', 'running', 'settling', 'joins'}) do want(name) end
for id, row in pairs(rows) do
	local status = row and row.status
	if status == 'running' then
		local place = (row.owner or '') .. '/' .. id
		local lease = call('ZSCORE', base .. 'running', place) or call('ZSCORE', base .. 'running', id)
		want('running', lease or row.lease, place)
	end
	if status == 'running' or status == 'terminalizing' then want('joins/' .. id) end
	if status == 'terminalizing' then want('settling', row.seq, id) end
	if status == 'queued' and not row.ready then want('unready', row.seq, id) end
	if status == 'queued' and row.ready and heads[row.lane] == row then want('runnable', row.seq, id) end
	if status == 'joining' or status == 'joined' then
		want('joins', row.seq, id)
		want('joins/' .. row.host, row.seq, id)
	end
end
`;

/** Writes rows and indexes so that it is logged whatever is there. Needs COLLECTING, PLACING. */
const REWRITING = `
local function keep(key)
	call('PEXPIRE', key, '1000000000000')
	call('PERSIST', key)
end

for id, row in pairs(rows) do
	if row then
		local key = base .. 'sub/' .. id
		local fields = call('HGETALL', key)
		call('DEL', key)
		call('HSET', key, unpack(fields))
		keep(key)
		if row.bytes then keep(base .. 'parts/' .. id) end
		local journal = base .. 'journal/' .. id
		local fields = call('HGETALL', journal)
		if #fields > 0 then
			call('HSET', journal, 'checkpoint', '', 'request', '', 'stream', '', 'part', '', 'consumed', '',
				'committed', '', 'leaf', '', unpack(fields))
		end
	end
end
for name, members in pairs(wanted) do
	local index = base .. name
	for _, member in ipairs(call('ZRANGE', index, '0', '-1')) do call('ZREM', index, member) end
	for member, score in pairs(members) do
		call('ZADD', index, score, member)
	end
end
`;

/**
 * Seals the log, in a namespace that is marked: ends what is open in it, and writes what is not settled once more. A
 * server that is full allows it, behind a command that takes no memory.
 *
 * KEYS: mark. ARGV: base. The rows, their sessions, indexes, attachments and journals are built: they stand in the data.
 * Replies 1. Refuses with 0 when the namespace has no mark.
 */
export const SEAL = script(
	`
local mark = KEYS[1]
local base = ARGV[1]
`,
	SEALING,
	`
redis.call('HDEL', mark, '')
if not seal(mark) then return 0 end
`,
	COLLECTING,
	PLACING,
	REWRITING,
	'return 1',
);
