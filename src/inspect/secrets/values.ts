// The value of one variable in an env file, as each command reads it. It leaves this file as an address without its password,
// beside a secret that only a child process can open.
import { parseEnv } from 'node:util';
import type { SettingFact } from '../../model/verification.ts';
import { readIfPossible } from '../files.ts';
import { cutAddress, parseAddress } from './address.ts';
import { managerOf } from './managed.ts';

/** The pairs of a file as Node reads them; Node 22 keeps `export` in the name of an empty key. */
function pairsIn(path: string): Map<string, string> {
	const text = readIfPossible(path)?.replace(/^\uFEFF/, '');
	const pairs = Object.entries(text === undefined ? {} : parseEnv(text));
	return new Map(pairs.map(([name, value]) => [name.replace(/^\s*export\s+/, ''), value ?? '']));
}

export function hasValue(path: string, variable: string): boolean {
	return pairsIn(path).has(variable);
}

/**
 * Whether the value was cut off in a password: env files end an unquoted value at a `#`, and a quoted one at its quote,
 * although an `@` follows without a blank.
 */
function isCut(path: string, variable: string, value: string): boolean {
	const line = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${variable}[ \\t]*=[ \\t]*(.*)$`, 'gm');
	const [, written = ''] = [...(readIfPossible(path) ?? '').matchAll(line)].at(-1) ?? [];
	const quote = /^['"`]/.exec(written)?.[0] ?? '';
	const rest = written.startsWith(quote + value) ? written.slice(quote.length + value.length) : '';
	return /^\S*@/.test(rest);
}

/** How one command reads the files. */
interface Reading {
	/** Every file that it reads, absolute, the one that wins first. */
	paths: string[];
	/** What it expands `$NAME` with, before the files; null: it takes the text as it is. */
	environment: Record<string, string | undefined> | null;
	client: string | null;
}

/** `$NAME`, `${NAME}` and `${NAME:-default}`; a backslash before it keeps it as text. */
const REFERENCE = /(?<!\\)\$(?:\{(\w+)(?::?-([^{}]*))?\}|([A-Za-z_]\w*))/g;
const DEEPEST = 10;

/** As dotenv-expand does it, which Vite calls. */
function expand(value: string, lookUp: (name: string) => string | undefined, depth = 0): string {
	const expanded = value.replace(
		REFERENCE,
		(_, braced?: string, other?: string, plain?: string) => {
			const found = lookUp(braced ?? plain ?? '') || (other ?? '');
			return depth < DEEPEST ? expand(found, lookUp, depth + 1) : '';
		},
	);
	return depth === 0 ? expanded.replaceAll('\\$', '$') : expanded;
}

type Read = Omit<SettingFact, 'command' | 'from'>;

/** The address that a command finds in a file that has the variable. */
export function readAddress(path: string, variable: string, reading: Reading): Read {
	const value = pairsIn(path).get(variable) ?? '';
	const managedBy = managerOf(value);
	if (managedBy) return { address: null, problem: null, ignored: [], secret: null, managedBy };
	if (isCut(path, variable, value)) return cutAddress();
	if (!value.includes('$')) return parseAddress(value, reading.client);
	const { environment, paths, client } = reading;
	if (environment === null) return { ...parseAddress(value, client), dollar: 'literal' };
	const known = [...paths].reverse().flatMap((file) => [...pairsIn(file)]);
	const files = new Map(known);
	const expanded = expand(value, (name) => environment[name] ?? files.get(name));
	return { ...parseAddress(expanded, client), dollar: 'expanded' };
}
