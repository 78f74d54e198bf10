// A settled row as one short string in the place of its hash: a MessagePack list of what its input does not say, and the
// input. src/submissions/settled.ts reads what UNPACKING replies.

/** What the list holds behind the flags; where the last ones are not there, it ends before them. */
export const LISTED = [
	...['seq', 'accepted', 'count', 'max', 'timeout', 'lease', 'settled', 'agent'],
	...[
		'ready',
		'applied',
		'started',
		'attempt',
		'owner',
		'abort',
		'host',
		'error',
		'digest',
		'bytes',
	],
] as const;

/** Bits of the flags. */
export const FLAGS = { dispatch: 1, longAttempt: 2, longOwner: 4 } as const;

/**
 * Packs a row and its input; nothing where the input is JSON, or a number is none that MessagePack keeps. Ids that are
 * long may be given in a shorter form too. What callers give is read by \`tonumber\`, which takes any text; what this package
 * wrote itself by arithmetic, which takes a quarter of the time. Needs short (what is shorter, by what it is).
 */
export const PACKING = `
local tonumber = tonumber

local function pack(row, payload)
	local form = payload and string.byte(payload) or 0
	if form < 49 or form > 52 or row.recovery or row.offset or row.outcome_error then return nil end
	local accepted = row.accepted + 0
	local max, timeout, lease = tonumber(row.max), tonumber(row.timeout), tonumber(row.lease)
	if not (max and timeout and lease) then return nil end
	if accepted < 0 or max < 0 or timeout < 0 or lease < 0 then return nil end
	local sum = accepted + max + timeout + lease
	if not (sum < 9e15 and accepted % 1 + max % 1 + timeout % 1 + lease % 1 == 0) then return nil end
	local attempt, owner, flags = short[row.attempt], short[row.owner], 0
	if row.kind == 'dispatch' then flags = 1 end
	if not attempt then flags = flags + 2 end
	if not owner then flags = flags + 4 end
	local out = {flags, row.seq + 0, accepted, row.count + 0, max,
		timeout > 0 and timeout - accepted, lease > 0 and lease - accepted, row.settled - accepted, row.agent,
		row.ready and row.ready - accepted or false, row.applied and row.applied - accepted or false,
		row.started and row.started - accepted or false, attempt or row.attempt or false,
		owner or row.owner or false}
	if row.abort or row.host or row.error or row.digest then
		out[15], out[16] = row.abort and row.abort - accepted or false, row.host or false
		out[17], out[18], out[19] = row.error or false, row.digest or false, row.bytes or false
	end
	return cmsgpack.pack(out) .. payload
end
`;

/** The ids of a call that have a shorter form. Needs attempt, short_attempt, owner, short_owner. */
export const SHORT = `
local short = {}
if short_attempt ~= '' then short[attempt] = short_attempt end
if short_owner ~= '' then short[owner] = short_owner end
`;

/** Where none has one. Needs nothing. */
export const NO_SHORT = `
local short = {}
`;

/** Reads such a string for a reply: its list with the input at the end; nothing in it where it is damaged. Needs nothing. */
export const UNPACKING = `
local function unpacked(text)
	if not string.find(text, '^[\\158\\220]') then return {} end
	local next, list = cmsgpack.unpack_one(text, 0)
	list[#list + 1] = string.sub(text, next + 1)
	return list
end
`;
