// Names of keys: their words, their case, which of them are related and whether they are sorted. Pure text.
import { isPublicVariable } from './reach.ts';

/** `databaseURL`, `DATABASE_URL` and `database-url` -> `['database', 'url']`. */
export function wordsOf(name: string): string[] {
	return name
		.replace(/([a-z0-9])([A-Z])/g, '$1_$2')
		.replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '')
		.map((word) => word.toLowerCase());
}

type Case = 'upper' | 'camel' | 'pascal' | 'snake' | 'kebab' | 'title';

const CASES: [Case, RegExp][] = [
	['upper', /^[A-Z][A-Z0-9_]*$/],
	['kebab', /^[a-z0-9]+(-[a-z0-9]+)+$/],
	['snake', /^[a-z0-9]+(_[a-z0-9]+)+$/],
	['pascal', /^[A-Z][A-Za-z0-9]*$/],
	['camel', /^[a-z][a-z0-9]*[A-Z][A-Za-z0-9]*$/],
	// `Mongo_URL`
	['title', /^[A-Z][A-Za-z0-9]*(_[A-Z][A-Za-z0-9]*)+$/],
];

function kindOf(name: string): Case | undefined {
	return CASES.find(([, pattern]) => pattern.test(name))?.[0];
}

function caseOf(names: string[], variable: string): Case {
	// One lower-case word (`port`) is camel as well as snake: it decides nothing, and camel is the habit.
	const cased = names.filter((name) => kindOf(name) !== undefined);
	// A database's address tells more than all that stands beside it: `DATABASE_URL` among `Secret` and `HostDev`.
	const addresses = cased.filter((name) => relatedness(name, variable) > 2);
	const all = addresses.length > 0 ? addresses : cased;
	const counts = CASES.map(([kind]) => all.filter((name) => kindOf(name) === kind).length);
	const most = Math.max(...counts);
	const common = CASES.filter((_, at) => counts[at] === most).map(([kind]) => kind);
	const [telling] = mostTelling(
		all.filter((name) => common.includes(kindOf(name) ?? 'camel')).map((name) => ({ name })),
		variable,
	);
	return (telling && kindOf(telling.name)) ?? 'camel';
}

function capitalised(word: string, acronyms: boolean): string {
	if (acronyms && /^(url|uri|dsn|id|api|db)$/.test(word)) return word.toUpperCase();
	return word.charAt(0).toUpperCase() + word.slice(1);
}

/** Writes a name in the case of its siblings: `redisUrl`, or `redisURL` beside `databaseURL`. */
export function nameLike(words: string[], siblings: string[]): string {
	const kind = caseOf(siblings, words.join('_'));
	if (kind === 'upper') return words.join('_').toUpperCase();
	if (kind === 'snake') return words.join('_');
	if (kind === 'kebab') return words.join('-');
	const acronyms = siblings.some((name) => /[a-z0-9]_?(URL|URI|DSN|ID|API|DB)(?![a-z])/.test(name));
	const parts = words.map((word) => capitalised(word, acronyms));
	if (kind === 'title') return parts.join('_');
	if (kind === 'camel' && words[0] !== undefined) parts[0] = words[0];
	return parts.join('');
}

const KIN = new Set(['redis', 'valkey', 'keydb', 'kv', 'upstash']);
const DATABASES = new Set(
	'database databases db postgres postgresql pg mysql mariadb mongo mongodb sqlite turso supabase'.split(
		' ',
	),
);
const ADDRESSES = new Set(['url', 'uri', 'dsn']);

/** How much a key has to do with the variable: 0 nothing, up to 5 the same prefix. */
export function relatedness(name: string, variable: string): number {
	// What browsers read is no place beside which an address stands.
	if (isPublicVariable(name)) return 0;
	const words = wordsOf(name);
	const address = words.some((word) => ADDRESSES.has(word));
	const isAddress = ADDRESSES.has(words.at(-1) ?? '');
	if (words[0] !== undefined && words[0] === wordsOf(variable)[0]) return 5;
	if (words.some((word) => KIN.has(word))) return 4;
	const isOfDatabase = words.some((word) => DATABASES.has(word));
	// `NOTION_DATABASE_ID` is a table of somebody's.
	if (isOfDatabase && words.at(-1) !== 'id') return address ? 3 : 2;
	// `imageUrlLength` is no address.
	return isAddress ? 1 : 0;
}

/** Index of the last of the most related names; -1 when none is related. */
export function mostRelated(names: (string | null)[], variable: string): number {
	let best = -1;
	let score = 1;
	names.forEach((name, index) => {
		const own = name === null ? 0 : relatedness(name, variable);
		if (own < score) return;
		best = index;
		score = own;
	});
	return best;
}

const ORDERS: ((name: string) => string)[] = [(name) => name, (name) => name.toLowerCase()];

/**
 * Where a name goes among sorted names: the index of its predecessor, -1 for the first place.
 * Undefined when the names are not sorted, or too few to tell (fewer than `least`).
 */
export function sortedAfter(names: (string | null)[], name: string, least = 4): number | undefined {
	if (names.length < least || names.includes(null)) return undefined;
	const order = ORDERS.find((by) =>
		names.every((one, index) => index === 0 || by(names[index - 1] ?? '') <= by(one ?? '')),
	);
	if (!order) return undefined;
	return names.filter((one) => order(one ?? '') < order(name)).length - 1;
}

/** Replaces a name where it stands as a word of its own: `DATABASE_URL` but not `MY_DATABASE_URL`. */
export function replaceWord(text: string, word: string, by: string): string {
	const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	return text.replace(new RegExp(`(?<![\\w$])${escaped}(?![\\w$])`, 'g'), () => by);
}

const ADDRESS_OR_SECRET = /^(?:url|uri|dsn|secret|key|token|password|passwd|pwd|credentials?)$/;

/** True for a name that says that it is where something is, or what opens it. */
export function isAddressOrSecret(name: string): boolean {
	return wordsOf(name).some((word) => ADDRESS_OR_SECRET.test(word));
}

/** A database's file, or how it is used: nothing that tells what happens without its address. */
const ASIDE =
	/(?:^|[_-]|(?<=[a-z]))(?:path|file|dir|ssl|tls|pool|size|max|min|timeout|logging|debug|ttl)$|_rest_/i;

/** Databases, addresses and secrets among some named things: those that tell most of how an address is treated first. */
export function tellingOf<T extends { name: string }>(all: T[], variable: string): T[][] {
	const isDatabase = ({ name }: T) => relatedness(name, variable) > 1 && !ASIDE.test(name);
	const isAddress = ({ name }: T) => relatedness(name, variable) === 1;
	const isStore = ({ name }: T) => relatedness(name, variable) > 1 && /_(?:path|file)$/i.test(name);
	const isKindred = (one: T) => isAddressOrSecret(one.name) || isStore(one);
	return [all.filter(isDatabase), all.filter(isAddress), all.filter(isKindred)];
}

/** Those of some named things that tell most of how an address is treated; all of them where none tells anything. */
export function mostTelling<T extends { name: string }>(all: T[], variable: string): T[] {
	const tiers = tellingOf(all, variable);
	// `DATABASE_URL` tells more than `REDIS_PASSWORD`.
	const whole = tiers[0]?.filter(({ name }) => ADDRESSES.has(wordsOf(name).at(-1) ?? '')) ?? [];
	return [whole, ...tiers].find((one) => one.length > 0) ?? all;
}

/** The most common text among those that tell most of how an address is treated. */
export function usualFor<T extends { name: string; text: string }>(all: T[], variable: string) {
	return mostCommon(mostTelling(all, variable), variable);
}

/** The most common of some texts; among equally common ones the name most related to the variable decides. */
export function mostCommon<T extends { name: string; text: string }>(
	candidates: T[],
	variable: string,
): T | undefined {
	const counts = new Map<string, number>();
	for (const { text } of candidates) counts.set(text, (counts.get(text) ?? 0) + 1);
	const most = Math.max(...counts.values());
	const common = candidates.filter(({ text }) => counts.get(text) === most);
	const scores = common.map(({ name }) => relatedness(name, variable));
	const near = common.filter((_, at) => scores[at] === Math.max(...scores) && scores[at] > 0);
	// `DATABASE_URL` tells more than `DATABASE_REPLICA_URL`.
	const least = Math.min(...near.map(({ name }) => wordsOf(name).length));
	return near.findLast(({ name }) => wordsOf(name).length === least) ?? common[0];
}
