// Shared by the scripts that touch submissions: how a row is read, written, settled, and how the
// indexes follow it. Guarantees that an index never names a row in a state it does not list.
//
// A row is the hash `sub/<id>`: `state` (JSON, every value a string, so that Lua's doubles can
// neither round nor reformat a number) and `payload` (the admitted input, never changed). The index
// `running` is scored by lease, every other index by admission. While a row runs its lease stands there alone,
// beside its owner, so that renewing hundreds of them reads and rewrites no row.
//
// A part uses names that the opening lines of a script declare; each says which. A key can be declared
// only when its name is known before the call: the session of a row, the head of that session and what
// joined a host stand in the data, so those names are built from `base`, the namespace.
import { PACKING } from './packing.ts';

/**
 * Writes for accepted work although memory is full. A server refuses the first write of a script if it takes memory,
 * and asks no more after one that takes none: that one removes what is never there.
 */
export const INSISTING = `
local function insist(hash, ...)
	local done = redis.pcall(...)
	if type(done) ~= 'table' or not done.err then return done end
	redis.call('HDEL', hash, '')
	return redis.call(...)
end
`;

/**
 * Reads and writes a row by its key; what is saved was accepted. A settled row may be one text in the place of its
 * hash: of that one no more is told than that it is settled. Needs no names.
 */
export const ROWS = `${INSISTING}
local call = redis.call

local function load(key)
	local state = redis.pcall('HGET', key, 'state')
	if type(state) == 'table' then return {status = 'settled'} end
	return state and cjson.decode(state)
end

local function load_whole(key)
	local pair = redis.pcall('HMGET', key, 'state', 'payload')
	if pair.err then return {status = 'settled'} end
	return pair[1] and cjson.decode(pair[1]), pair[2]
end

local function save(key, row)
	local state = cjson.encode(row)
	insist(key, 'HSET', key, 'state', state)
	return state
end

local function is_running(row, attempt)
	return row and row.status == 'running' and row.attempt == attempt
end
`;

/**
 * Leases: a row that runs stands in `running` as `<owner>/<id>`, or as `<id>` where layout 1 put it, and its
 * score is its lease; its state has the lease that it had when it was saved. Needs ROWS, running.
 */
export const LEAVING = `
local function place_of(row) return (row.owner or '') .. '/' .. row.key end

local function lease_of(row, place)
	return call('ZSCORE', running, place or place_of(row)) or call('ZSCORE', running, row.key) or row.lease
end

local function leave_running(row)
	local place = place_of(row)
	row.lease = lease_of(row, place)
	if call('ZREM', running, place) == 0 then call('ZREM', running, row.key) end
end
`;

/** The same, and how a state is read that has the lease of now. Needs ROWS, running. */
export const LEASES = `${LEAVING}

local function with_lease(state, lease)
	return (string.gsub(state, '"lease":"[^"]*"', '"lease":"' .. lease .. '"', 1))
end

local function current(state)
	if not string.find(state, '"status":"running"', 1, true) then return state end
	return with_lease(state, lease_of(cjson.decode(state)))
end
`;

/** Names the keys that stand in rows and indexes. Needs base. */
export const NAMES = `
local function key_of(id) return base .. 'sub/' .. id end
local function session_of(row) return base .. 'session/' .. row.lane end
`;

/** Reads several rows, one after the other: state, payload, state, payload… Needs NAMES. */
export const MANY_ROWS = `
local function rows_of(ids)
	local out = {}
	for i = 1, #ids do
		local pair = call('HMGET', key_of(ids[i]), 'state', 'payload')
		out[2 * i - 1], out[2 * i] = pair[1], pair[2]
	end
	return out
end
`;

/** The same of the rows that run, whose leases end between two moments. Needs NAMES, LEASES. */
export const RUNNING_ROWS = `
local function rows_running(after, before)
	local out = {}
	local places = call('ZRANGEBYSCORE', running, after, before, 'WITHSCORES')
	for i = 1, #places, 2 do
		local id = string.match(places[i], '[^/]*$')
		local pair = call('HMGET', key_of(id), 'state', 'payload')
		out[i], out[i + 1] = pair[1] and with_lease(pair[1], places[i + 1]), pair[2]
	end
	return out
end
`;

/**
 * Keeps the one rule of listing: a session's oldest unsettled row stands in `runnable` exactly while
 * it is queued and ready. Rows behind it never do, so listing costs what is runnable. Needs NAMES, runnable.
 */
export const QUEUE = `
local function advance(row)
	local head = call('ZRANGE', session_of(row), '0', '0')[1]
	if not head then return end
	local first = head == row.key and row or load(key_of(head))
	if first.status == 'queued' and first.ready then
		call('ZADD', runnable, first.seq, head)
	end
end
`;

/** Puts `row`, which runs, back into its session's queue. Needs LEASES, QUEUE, key. */
export const REQUEUING = `
leave_running(row)
row.status, row.attempt, row.applied, row.recovery, row.started = 'queued', nil, nil, nil, nil
row.owner, row.lease = nil, '0'
save(key, row)
advance(row)
`;

/** Puts a row that had joined a host back into its session's queue. Needs NAMES. */
export const RETURNING = `
local function back_to_queue(row)
	row.status, row.host, row.applied = 'queued', nil, nil
	save(key_of(row.key), row)
end
`;

/**
 * Ends one row, which stands in no index from then on. Where it is to expire, it goes before its attachments: a row
 * without them could not be read. What takes no memory is written first, so that a full server takes the rest. Needs
 * NAMES, now, retention, short.
 */
export const SETTLING = `${PACKING}
local function settle(row, payload, message)
	row.status, row.settled, row.error = 'settled', now, message
	local key = key_of(row.key)
	local packed = pack(row, payload)
	call('ZREM', session_of(row), row.key)
	if packed then call('SET', key, packed) else call('HSET', key, 'state', cjson.encode(row)) end
	if retention ~= '0' then
		call('PEXPIRE', key, retention)
		if row.bytes then call('PEXPIRE', base .. 'parts/' .. row.key, retention) end
	end
end
`;

/**
 * Ends a row and what joined it: confirmed joins end alike, others return to the queue.
 * Needs SETTLING, RETURNING, QUEUE, joins (all that joined any host), joined (what joined this row).
 */
const HOSTS = `
local function settle_host(row, payload, message)
	settle(row, payload, message)
	local ids = call('ZRANGE', joined, '0', '-1')
	for _, id in ipairs(ids) do
		local delivery, input = load_whole(key_of(id))
		if delivery.status == 'joined' then settle(delivery, input, message) else back_to_queue(delivery) end
		call('ZREM', joins, id)
	end
	if #ids > 0 then call('DEL', joined) end
	advance(row)
end
`;

/** All that ends a running or reserved row. Needs base, now, retention, runnable, joins, joined. */
export const ENDING = [ROWS, NAMES, QUEUE, RETURNING, SETTLING, HOSTS].join('');
