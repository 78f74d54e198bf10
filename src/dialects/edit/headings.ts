// Groups of members under short comments: when the comment above a place is about something else, a new group with its own.
import type { Morph } from '../../text/source.ts';
import { relatedness, wordsOf } from '../module/names.ts';
import { describe } from './copied.ts';
import { above, type Row, startsOf } from './kin.ts';

/** A group that is about something else. */
interface Foreign {
	/** The comment above a group beside it; '' where the others have none. */
	text: string;
	/** Index of the last member of the group. */
	last: number;
}

const ONE_COMMENT = /^\s*\/\/[ \t]*(\S[^\r\n]*?)[ \t]*\r?\n[ \t]*$/;
/** Of what an address may be a part, or of nothing in particular. */
const GENERAL =
	/^(?:databases?|dbs?|redis|valkey|caches?|caching|queues?|storage|stores?|data|infra\w*|servers?|apps?|application|core|general|secrets?|env|environment|connections?|urls?|services?|backend|required|optional|persistence|state)$/;
/** Databases and what speaks to one: never the one of the new key. */
const PRODUCT =
	/^(?:prisma|drizzle|typeorm|sequelize|mongoose|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|sqlite|supabase|turso|neon|planetscale|firebase|convex)$/;

function headingAt(nodes: Morph.Node[], start: number): string | null {
	return ONE_COMMENT.exec(above(nodes, start).replace(/^\s*\r?\n/, ''))?.[1] ?? null;
}

/** True for `// Stripe` above STRIPE_KEY, and for `// Prisma`; not for `// Database` or a sentence. */
function isAbout(heading: string, names: (string | null)[], variable: string): boolean {
	// `MongoDB — holds the events`
	const [title = ''] = heading.split(/\s[-–—]\s|\s?[:(]/);
	const whole = title.toLowerCase().split(/[^\p{L}\p{N}]+/u);
	const words = [...wordsOf(title), ...whole];
	// What is asked over HTTP is no server of that kind.
	if (whole.length < 4 && whole.some((word) => /^(?:upstash|rest)$/.test(word)))
		return !wordsOf(variable).includes('upstash');
	if (title === '' || whole.length > 3 || whole.some((word) => GENERAL.test(word))) return false;
	if (words.includes(wordsOf(variable)[0] ?? '')) return false;
	// Beside nothing that is like it, an address is no part of what has a heading.
	if (names.every((name) => name === null || relatedness(name, variable) < 2)) return true;
	const first = names.map((name) => wordsOf(name ?? '')[0]);
	return words.some((word) => PRODUCT.test(word) || first.includes(word));
}

function headedOf(nodes: Morph.Node[]): number[] | null {
	const starts = startsOf(nodes);
	const headed = starts.filter((start) => headingAt(nodes, start) !== null);
	// The first group is often what needs no heading.
	const others = headed[0] === 0 ? starts.length : starts.length - 1;
	return headed.length < 2 || headed.length * 2 <= others ? null : starts;
}

/** True where most groups of members stand under headings. */
export function isHeaded(nodes: Morph.Node[]): boolean {
	return headedOf(nodes) !== null;
}

/** The heading over a member that is about something else, '' where the others have none; null where none is. */
export function foreignHeading(
	{ nodes, names }: Row,
	index: number,
	variable: string,
): Foreign | null {
	const starts = startsOf(nodes);
	const start = starts.findLast((one) => one <= index) ?? 0;
	const text = headingAt(nodes, start);
	const next = starts.find((one) => one > index) ?? nodes.length;
	const group = names.slice(start, next);
	const isOther = text !== null && starts.length > 1 && isAbout(text, group, variable);
	if (isOther && isHeaded(nodes)) return { text: headingLike(text, variable), last: next - 1 };
	const isUnlike = group.every((name) => name === null || relatedness(name, variable) < 2);
	return isOther && isUnlike && group.length > 1 ? { text: '', last: next - 1 } : null;
}

/** `// Redis`, written as the headings of the list; '' where there are none. */
export function ownHeading(nodes: Morph.Node[], variable: string): string {
	const starts = isHeaded(nodes) ? startsOf(nodes) : [];
	const [text] = starts.flatMap((start) => headingAt(nodes, start) ?? []);
	return text === undefined ? '' : headingLike(text, variable);
}

/** `// Redis`, and `// Redis Configuration` below `// JWT Configuration`. */
function headingLike(text: string, variable: string): string {
	const [first = ''] = wordsOf(variable);
	const word = first + (/(?<=\w) (?:config|configuration|settings)$/i.exec(text)?.[0] ?? '');
	if (text === text.toLowerCase()) return `// ${word}`;
	if (text === text.toUpperCase() && text.length > 4) return `// ${word.toUpperCase()}`;
	return `// ${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}

const DOCUMENT = /\/\*\*(?:(?!\*\/)[\s\S])*\*\/\s*$/;

/** A description for the new one, where each of the others has one; '' where one has none. */
export function ownDocument(nodes: Morph.Node[], variable: string): string {
	const found = nodes.flatMap((_, at) => DOCUMENT.exec(above(nodes, at))?.[0].trim() ?? []);
	if (nodes.length < 2 || found.length < nodes.length) return '';
	const isLong = found.filter((one) => one.includes('\n')).length * 2 > found.length;
	return isLong ? `/**\n * ${describe(variable)}\n */` : `/** ${describe(variable)} */`;
}

/** True for a group under sentences, which tell of what stands there and of nothing else. */
export function isDescribed(nodes: Morph.Node[], start: number): boolean {
	const words = above(nodes, start).match(/[\p{L}\p{N}]{2,}/gu) ?? [];
	return words.length > 5;
}

/** `// ── Sessions & tokens ─────` */
const RULER = /^[ \t]*(\/\/[ \t]*([─━═=*#-]{2,})[ \t]+(\S.*?)[ \t]+[─━═=*#-]{2,})[ \t]*$/gm;

/** The last of the constants under a ruler that is about something else, and a ruler of that kind for the new one; null for none. */
export function foreignSection(
	{ nodes, names }: Row,
	index: number,
	variable: string,
): Foreign | null {
	const rulers = nodes.map((_, at) => [...above(nodes, at).matchAll(RULER)].at(-1));
	const start = rulers.findLastIndex((one, at) => one !== undefined && at <= index);
	const [, line = '', mark = '', whole = ''] = rulers[start] ?? [];
	const [title = ''] = whole.split('(');
	if (start < 0 || rulers.filter((one) => one !== undefined).length < 2) return null;
	const next = rulers.findIndex((one, at) => one !== undefined && at > index);
	const last = (next < 0 ? nodes.length : next) - 1;
	const words = title.toLowerCase().split(/[^\p{L}\p{N}]+/u);
	const members = names.slice(start, last + 1);
	const isLike = members.some((name) => name !== null && relatedness(name, variable) > 1);
	// `── Monitor ──` above MONITOR_POLL, whatever stands beside that.
	const isNamed = members.some(
		(name) => relatedness(name ?? '', variable) < 2 && words.includes(wordsOf(name ?? '')[0] ?? ''),
	);
	if ((isLike && !isNamed) || words.some((word) => GENERAL.test(word))) return null;
	const [word = ''] = wordsOf(variable);
	const own = `// ${mark} ${word.charAt(0).toUpperCase()}${word.slice(1)} `;
	return {
		text: own.padEnd(Math.max(line.length, own.length + mark.length), mark.charAt(0)),
		last,
	};
}
