// The write that WAIT is asked about, so that it can never answer for an older one.
import { script } from '../script.ts';

/**
 * Writes, always. A server may remember for WAIT only what this connection itself wrote last (Valkey 8), so that an
 * exact repetition, which finds everything there and writes nothing, would be confirmed by replicas that lack it. The
 * first write frees memory: a full server takes the others.
 *
 * KEYS: the fence. ARGV: none.
 * Replies 1. Refuses nothing.
 */
export const FENCE = script(`
local fence = KEYS[1]

redis.call('DEL', fence)
redis.call('SET', fence, '')
return 1
`);
