// Takes secrets out of a text that may leave the drill: passwords in addresses, and the values that the environment holds. Pure.

/** An address up to the `@` before its host; a password may hold `@` and even a slash. */
const ADDRESS = /([a-z][a-z0-9+.-]*:\/\/)[^\s'"`<>]*@/gi;
/** `password=…`, `token: "…"` */
const ASSIGNED =
	/\b((?:[\w-]*(?:passw(?:or)?d|passphrase|secret|token|api[_-]?key|credential)[\w-]*)['"]?\s*[=:]\s*['"`]?)[^\s'"`,;)}]+/gi;
const SECRET_NAME = /key|token|secret|pass|pwd|credential|auth|dsn|url|uri|address|private|salt/i;

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}

/** The user and password of an address, as written and as they are. */
function credentials(value: string): string[] {
	const [, held = ''] = /^[a-z][a-z0-9+.-]*:\/\/(.*)@/i.exec(value) ?? [];
	const password = held.slice(held.indexOf(':') + 1);
	return [password, decoded(password)];
}

/**
 * The parts of an environment that must not be shown: values of names that sound like secrets, or of all, and the passwords
 * in addresses. Longest first; short words would blot out half of a text.
 */
export function secretsOf(
	environment: Record<string, string | undefined>,
	{ all = false } = {},
): string[] {
	const values = Object.entries(environment).flatMap(([name, value = '']) => [
		...(all || SECRET_NAME.test(name) ? [value] : []),
		...credentials(value),
	]);
	const long = values.map((value) => value.trim()).filter((value) => value.length >= 5);
	return [...new Set(long)].sort((one, other) => other.length - one.length);
}

/** The text without what must not be shown. */
export function redact(text: string, secrets: readonly string[] = []): string {
	const without = secrets.reduce((rest, secret) => rest.replaceAll(secret, '***'), text);
	return without.replace(ADDRESS, '$1***@').replace(ASSIGNED, '$1***');
}
