// The text of an address -> what may be shown of it, or why it is none. Pure; the text itself is never repeated.
import type { SecretAddress, ShownAddress } from '../../model/verification.ts';

export interface ParsedAddress {
	address: ShownAddress | null;
	/** Why it is no address, as the end of a sentence; null when it is one. */
	problem: string | null;
	secret: SecretAddress | null;
}

/** By the client's own rules (redis 5.12.1 and 6.3.1, parseURL): they count, whatever else an address may be. */
const SCHEMES = ['redis:', 'rediss:'];
const STANDARD_PORT = 6379;

function refused(problem: string): ParsedAddress {
	return { address: null, problem, secret: null };
}

function canDecode(text: string): boolean {
	try {
		decodeURIComponent(text);
		return true;
	} catch {
		return false;
	}
}

/** Reads an address as the client does. */
export function parseAddress(text: string): ParsedAddress {
	if (text === '') return refused('is empty');
	if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
		return refused('is not an address: it begins with neither redis:// nor rediss://');
	if (!URL.canParse(text))
		return refused(
			'is not an address: it needs a host and a port of at most 65535, and a / ? # @ or % in a password must be percent-encoded',
		);
	const { protocol, hostname, port, pathname, username, password } = new URL(text);
	if (!SCHEMES.includes(protocol))
		return refused(
			`begins with ${/^[a-z]+:$/.test(protocol) ? protocol : 'something else'}//, and the client takes redis:// and rediss:// alone`,
		);
	if (!canDecode(username) || !canDecode(password))
		return refused('has a % in its user or password that is not percent-encoded (write %25)');
	const database = pathname.length > 1 ? Number(pathname.slice(1)) : 0;
	if (!Number.isInteger(database) || database < 0)
		return refused('has a path that is not the number of a database');
	const address = {
		// The client takes its own host for none.
		host: hostname.replace(/^\[(.*)\]$/, '$1') || 'localhost',
		port: port === '' ? STANDARD_PORT : Number(port),
		database,
		tls: protocol === 'rediss:',
	};
	return { address, problem: null, secret: { environment: () => ({ FLUE_PROBE_ADDRESS: text }) } };
}
