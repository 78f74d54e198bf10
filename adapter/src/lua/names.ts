// Whether the names of keys arrive at the server as they were given to the client.
import { query } from '../script.ts';

/**
 * Says a key's name back, as the server was given it.
 *
 * KEYS: mark. ARGV: none. Replies the name. Refuses nothing.
 */
export const SAY_NAME = query(`
local mark = KEYS[1]
return mark
`);
