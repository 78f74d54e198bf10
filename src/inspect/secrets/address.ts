// The text of an address -> what may be shown of it, or why it is none. Pure; the text itself is never repeated.
import type { SecretAddress, ShownAddress } from '../../model/verification.ts';
import { isBetween } from '../../text/versions.ts';

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

/** Since these versions of the client: a socket of the machine, and a host in brackets (both seen in its parseURL). */
const WITH_SOCKETS = '>=6.0.0-0';
const WITH_BRACKETS = '>=5.11.0-0';
/** These look the host up once more, with its brackets, when they have connected: ENOTFOUND (seen with 6.3.1). */
const BRACKETS_LOOKED_UP = '>=6.0.0-0 <=6.3.1';
/** These connect to a socket with a user or password, and then fail on the address that is no URL (seen with 6.3.1). */
const WITHOUT_SOCKET_USERS = '<=6.3.1';

const SOCKET = /^unix:\/\/(?:([^:@/]*)(?::([^@/]*))?@)?(\/[^?#]+)(?:\?([^#]*))?(#.*)?$/;

/** A socket of the machine, as redis 6 reads it: `unix://user:password@/path?db=0`. */
function parseSocket(text: string, client: string | null): ParsedAddress {
	if (client === null || !isBetween(client, WITH_SOCKETS))
		return refused(
			`begins with unix://, which ${client ? `redis ${client}` : 'redis 5'} does not take, and redis 6 does`,
		);
	const [whole, user = '', password = '', path = '', query = '', hash = ''] =
		SOCKET.exec(text) ?? [];
	if (whole === undefined || ![user, password, path].every(canDecode))
		return refused(`is not the address of a socket, unix:///path: ${UNENCODED}`);
	if (user + password !== '' && isBetween(client, WITHOUT_SOCKET_USERS))
		return refused(
			`has a user or a password, with which redis ${client} reaches no socket: let the server take its default user there without one`,
		);
	const parameters = new URLSearchParams(query);
	const database = Number(parameters.get('db') ?? 0);
	if (!Number.isInteger(database) || database < 0)
		return refused('has a db that is not the number of a database');
	parameters.delete('db');
	const rest = parameters.size > 0 ? `?${parameters}` : '';
	const secret = { environment: () => ({ FLUE_PROBE_ADDRESS: text }) };
	return {
		address: { host: '', port: 0, path: decodeURIComponent(path), database, tls: false },
		problem: null,
		ignored: ignoredParts(rest, hash),
		secret,
	};
}

/**
 * Reads an address as the client does.
 * @param client its version, where it is known
 */
export function parseAddress(written: string, client: string | null = null): ParsedAddress {
	if (written === '') return refused('is empty');
	if (written.startsWith('unix:')) return parseSocket(written, client);
	// new URL(), to which both clients give it, takes no notice of blanks around it.
	const text = written.replace(/^[\t\n\f\r ]+|[\t\n\f\r ]+$/g, '');
	if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(text))
		return refused('is not an address: it begins with neither redis:// nor rediss://');
	if (!URL.canParse(text))
		return refused(
			`is not an address: it needs a host and a port of at most 65535, and ${UNENCODED}`,
		);
	return parseUrl(text, client);
}

function faultOf(
	{ protocol, hostname, pathname, username, password, search, hash }: URL,
	client: string | null,
): string | null {
	if (!SCHEMES.includes(protocol))
		return `begins with ${/^[a-z]+:$/.test(protocol) ? protocol : 'something else'}//, and the client takes redis:// and rediss:// alone`;
	// What was read as the host is the beginning of the password then.
	if (`${pathname}${search}${hash}`.includes('@'))
		return `has an @ behind its first / ? or #: ${UNENCODED}`;
	if (!canDecode(username) || !canDecode(password))
		return 'has a % in its user or password that is not percent-encoded (write %25)';
	if (hostname.startsWith('[') && client !== null && !isBetween(client, WITH_BRACKETS))
		return `has a host in brackets, which redis ${client} looks up by name: install redis 5.11 or later`;
	if (hostname.startsWith('[') && client !== null && isBetween(client, BRACKETS_LOOKED_UP))
		return `has a host in brackets, which redis ${client} looks up by name: give the host a name, or install redis 5.12`;
	return null;
}

function parseUrl(text: string, client: string | null): ParsedAddress {
	const url = new URL(text);
	const fault = faultOf(url, client);
	if (fault !== null) return refused(fault);
	const { protocol, hostname, port, pathname, search, hash } = url;
	if (port === '0') return refused('has port 0, on which no server listens');
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
