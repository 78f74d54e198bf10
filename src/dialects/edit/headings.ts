// Groups of members under short comments: when the comment above a place is about something else, a new group with its own.
import type { Morph } from '../../text/source.ts';
import { wordsOf } from './names.ts';

/** A comment that heads a group of members. */
interface Heading {
	text: string;
	/** Index of the last member of the group. */
	last: number;
}

const BLANK_LINE = /\n[ \t]*\r?\n/;
const ONE_COMMENT = /^\s*\/\/[ \t]*(\S[^\r\n]*?)[ \t]*\r?\n[ \t]*$/;
/** Of what an address may be a part, or of nothing in particular. */
const GENERAL =
	/^(?:databases?|dbs?|redis|valkey|caches?|caching|queues?|storage|stores?|data|infra\w*|servers?|apps?|application|core|general|secrets?|env|environment|connections?|urls?|services?|backend|required|optional|persistence|state)$/;
/** Databases and what speaks to one: never the one of the new key. */
const PRODUCT =
	/^(?:prisma|drizzle|typeorm|sequelize|mongoose|postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|sqlite|supabase|turso|neon|planetscale|firebase|convex)$/;

function above(nodes: Morph.Node[], index: number): string {
	const node = nodes[index];
	if (!node) return '';
	// The comma of the member before, and what stands behind it on its line, belong to that member.
	const text = node.getSourceFile().getFullText().slice(node.getPos(), node.getStart());
	return index === 0 ? text : text.replace(/^[^\r\n]*/, '');
}

/** Where groups begin: at the first member, and below each blank line. */
function startsOf(nodes: Morph.Node[]): number[] {
	return nodes.flatMap((_, index) =>
		index === 0 || BLANK_LINE.test(above(nodes, index)) ? [index] : [],
	);
}

function headingAt(nodes: Morph.Node[], start: number): string | null {
	return ONE_COMMENT.exec(above(nodes, start).replace(/^\s*\r?\n/, ''))?.[1] ?? null;
}

/** True for `// Stripe` above STRIPE_KEY, and for `// Prisma`; not for `// Database` or a sentence. */
function isAbout(heading: string, names: (string | null)[], variable: string): boolean {
	// `MongoDB — holds the events`
	const [title = ''] = heading.split(/\s[-–—]\s|\s?[:(]/);
	const whole = title.toLowerCase().split(/[^\p{L}\p{N}]+/u);
	const words = [...wordsOf(title), ...whole];
	if (title === '' || whole.length > 3 || whole.some((word) => GENERAL.test(word))) return false;
	if (words.includes(wordsOf(variable)[0] ?? '')) return false;
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

/** The heading over a member that is about something else; null where none is, or the others have no headings either. */
export function foreignHeading(
	{ nodes, names }: { nodes: Morph.Node[]; names: (string | null)[] },
	index: number,
	variable: string,
): Heading | null {
	const starts = headedOf(nodes);
	if (!starts) return null;
	const start = starts.findLast((one) => one <= index) ?? 0;
	const text = headingAt(nodes, start);
	const next = starts.find((one) => one > index) ?? nodes.length;
	const isOther = text !== null && isAbout(text, names.slice(start, next), variable);
	return isOther ? { text, last: next - 1 } : null;
}

/** `// Redis`, written as the heading beside it. */
export function ownHeading({ text }: Heading, variable: string): string {
	const [word = ''] = wordsOf(variable);
	if (text === text.toLowerCase()) return `// ${word}`;
	if (text === text.toUpperCase() && text.length > 4) return `// ${word.toUpperCase()}`;
	return `// ${word.charAt(0).toUpperCase()}${word.slice(1)}`;
}
