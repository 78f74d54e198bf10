// Whether a db.ts has the listener that `--reconnect` wrote before it looked at the connection too. Pure.

/** The statement of it, in whatever format. */
const LISTENER =
	/\.on\(\s*(['"])error\1\s*,\s*\(?\s*error\s*\)?\s*=>\s*console\.error\(\s*(['"])[^'"]* connection:\2/;

/** What it does beside, since then. */
const LOOK = /\brenew\b/;

/** The text may be changed by hand; a listener of somebody's own is none of this command's. */
export function hasListenerAlone(text: string): boolean {
	return LISTENER.test(text) && !LOOK.test(text);
}
