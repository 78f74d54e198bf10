// The text of an address -> what may be shown of it, or why it is none. Pure; the text itself is never repeated.
import type { SecretAddress, ShownAddress } from '../../model/verification.ts';

export interface ParsedAddress {
	address: ShownAddress | null;
	/** Why it is no address, as the end of a sentence; null when it is one. */
	problem: string | null;
	/** Parts that the client reads past, e.g. `?db`: names alone, never what stands behind a `=`. */
	ignored: string[];
	secret: SecretAddress | null;
}

/** By the client's own rules (redis 5.12.1 and 6.3.1, parseURL): they count, whatever else an address may be. */
const SCHEMES = ['redis:', 'rediss:'];
const STANDARD_PORT = 6379;

const UNENCODED = 'a / ? # @ or % in a password must be percent-encoded';

function refused(problem: string): ParsedAddress {
	return { address: null, problem, ignored: [], secret: null };
}

/** The answer for a text that goes on behind the part that was taken for its value: of that part nothing is shown. */
export function cutAddress(): ParsedAddress {
	return refused(`is cut off in the middle: ${UNENCODED}`);
}

function canDecode(text: string): boolean {
	try {
		decodeURIComponent(text);
		return true;
	} catch {
		return false;
	}
}

/** Both clients look at neither (parseURL). A parameter without a value may be anything, and is not repeated. */
function ignoredParts(search: string, hash: string): string[] {
	const names = [...search.matchAll(/[?&]([\w.-]+)=/g)].map(([, name]) => `?${name}`);
	const parameters = names.length === 0 && search !== '' ? ['?…'] : names;
	return [...parameters, ...(hash === '' ? [] : ['#…'])];
}

/** Reads an address as the client does. */
export function parseAddress(text: string): ParsedAddress {
	if (text === '') return refused('is empty');
	if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
		return refused('is not an address: it begins with neither redis:// nor rediss://');
	if (!URL.canParse(text))
		return refused(
			`is not an address: it needs a host and a port of at most 65535, and ${UNENCODED}`,
		);
	const { protocol, hostname, port, pathname, username, password, search, hash } = new URL(text);
	if (!SCHEMES.includes(protocol))
		return refused(
			`begins with ${/^[a-z]+:$/.test(protocol) ? protocol : 'something else'}//, and the client takes redis:// and rediss:// alone`,
		);
	// What was read as the host is the beginning of the password then.
	if (`${pathname}${search}${hash}`.includes('@'))
		return refused(`has an @ behind its first / ? or #: ${UNENCODED}`);
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
	const secret = { environment: () => ({ FLUE_PROBE_ADDRESS: text }) };
	return { address, problem: null, ignored: ignoredParts(search, hash), secret };
}
