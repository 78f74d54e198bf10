// Shared by the scripts that touch submissions: how a row is read, written, settled, and how the
// indexes follow it. Guarantees that an index never names a row in a state it does not list.
//
// A row is the hash `sub/<id>`: `state` (JSON, every value a string, so that Lua's doubles can
// neither round nor reformat a number) and `payload` (the admitted input, never changed).
// ARGV[1] is the namespace's base, ARGV[2] the caller's clock in milliseconds. The index `running` is
// scored by lease, every other index by admission.
export const ROWS = `
local base, now = ARGV[1], ARGV[2]
local call = redis.call

local function key_of(id) return base .. 'sub/' .. id end
local function session_of(row) return base .. 'session/' .. row.lane end

local function load(id)
	local state = call('HGET', key_of(id), 'state')
	return state and cjson.decode(state)
end

local function save(row)
	local state = cjson.encode(row)
	call('HSET', key_of(row.key), 'state', state)
	return state
end

local function load_whole(id)
	local pair = call('HMGET', key_of(id), 'state', 'payload')
	return pair[1] and cjson.decode(pair[1]), pair[2]
end

local function set_lease(row, lease)
	row.lease = lease
	call('ZADD', base .. 'running', lease, row.key)
end

local function is_running(row, attempt)
	return row and row.status == 'running' and row.attempt == attempt
end
`;

/** Reads several rows, one after the other: state, payload, state, payload… */
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

/**
 * Keeps the one rule of listing: a session's oldest unsettled row stands in `runnable` exactly while
 * it is queued and ready. Rows behind it never do, so listing costs what is runnable.
 */
export const QUEUE = `
local function advance(row)
	local head = call('ZRANGE', session_of(row), 0, 0)[1]
	if not head then return end
	local first = head == row.key and row or load(head)
	if first.status == 'queued' and first.ready then
		call('ZADD', base .. 'runnable', first.seq, head)
	end
end
`;

/** Ends a row and, with a host, what joined it: confirmed joins end alike, others return to the queue. */
export const SETTLING = `
local function joins_of(id) return base .. 'joins/' .. id end

local function back_to_queue(row)
	row.status, row.host, row.applied = 'queued', nil, nil
	save(row)
end

local function settle(row, message)
	row.status, row.settled, row.error = 'settled', now, message
	save(row)
	call('ZREM', session_of(row), row.key)
end

local function settle_host(row, message)
	settle(row, message)
	local joins = call('ZRANGE', joins_of(row.key), 0, -1)
	for _, id in ipairs(joins) do
		local joined = load(id)
		if joined.status == 'joined' then settle(joined, message) else back_to_queue(joined) end
		call('ZREM', base .. 'joins', id)
	end
	if #joins > 0 then call('DEL', joins_of(row.key)) end
	advance(row)
end
`;
