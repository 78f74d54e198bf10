// Which members belong together: by what they are about, and by the blank lines between them.
import { type Morph, morph } from '../../text/source.ts';
import { relatedness, wordsOf } from '../module/names.ts';
import { isPublicVariable } from '../module/reach.ts';

/** The members of one list, in order. `names` has null for members without one, such as a spread. */
export interface Row {
	nodes: Morph.Node[];
	names: (string | null)[];
}

const BLANK_LINE = /\n[ \t]*\r?\n/;

/** What stands above a member; the comma of the one before, and what stands behind it on its line, belong to that one. */
export function above(nodes: Morph.Node[], index: number): string {
	const node = nodes[index];
	if (!node) return '';
	const text = node.getSourceFile().getFullText().slice(node.getPos(), node.getStart());
	return index === 0 ? text : text.replace(/^[^\r\n]*/, '');
}

/** Where groups begin: at the first member, and below each blank line. */
export function startsOf(nodes: Morph.Node[]): number[] {
	const text = nodes[0]?.getSourceFile().getFullText() ?? '';
	const gap = (node: Morph.Node, at: number) =>
		text.slice(nodes[at - 1]?.getEnd(), node.getStart());
	return nodes.flatMap((node, at) => (at === 0 || BLANK_LINE.test(gap(node, at)) ? [at] : []));
}

/** The first and the last member of the group of one; all of them where each stands apart. */
export function groupAround(nodes: Morph.Node[], index: number): [number, number] {
	const all = startsOf(nodes);
	const starts = all.length === nodes.length ? [0] : all;
	const next = starts.find((one) => one > index) ?? nodes.length;
	return [starts.findLast((one) => one <= index) ?? 0, next - 1];
}

/** True where each member stands apart. */
export function blankLinesBetween(nodes: Morph.Node[]): boolean {
	const blank = startsOf(nodes).length - 1;
	const gaps = nodes.length - 1;
	// A statement stands apart where most do; of members all have to.
	const isStatement = morph().Node.isStatement(nodes[0]);
	return blank > 0 && (isStatement ? blank * 2 > gaps : blank === gaps);
}

const VARIABLE = /\b[A-Z][A-Z0-9]*_[A-Z0-9_]+\b/g;

/** What a member is about: the one variable that it speaks of, else its name. `USER` that reads DB_USER is the database's. */
export function topicOf({ nodes, names }: Row, index: number): string {
	const [variable, ...others] = new Set(nodes[index]?.getText().match(VARIABLE));
	return (others.length === 0 ? variable : undefined) ?? names[index] ?? '';
}

function isComputed(node: Morph.Node | undefined): boolean {
	const { Node } = morph();
	return Node.isGetAccessorDeclaration(node) || Node.isMethodDeclaration(node);
}

/** True for two that are about one thing: their names, or the variables that they speak of, begin alike. */
export function isKin(row: Row, one: number, other: number): boolean {
	const ofOne = (at: number) =>
		[row.names[at] ?? '', topicOf(row, at)].flatMap(
			(name) => wordsOf(name).find((word) => !/^(?:get|is|has|load|read)$/.test(word)) ?? [],
		);
	const own = ofOne(one);
	const isFit = !isComputed(row.nodes[other]) || isComputed(row.nodes[one]);
	return isFit && ofOne(other).some((word) => own.includes(word));
}

/** What stands beside the address of a database and is its own: `DIRECT_URL`, `PGHOST` */
const DIRECT = /^(?:direct_?url|pg(?:host|port|user|password|database|sslmode))$/i;

/** Where a file is: no connection string stands between two of them. */
export const PATH = /(?:^|_|(?<=[a-z]))(?:path|file|dir)$/i;

/** The last of the members that follow one at once and belong to it: `MAIL_URL`, `MAIL_KEY`; `DATABASE_URL`, `DB_POOL`. */
export function pastKin(row: Row, index: number, variable: string): number {
	const { nodes, names } = row;
	const score = (at: number) => relatedness(topicOf(row, at), variable);
	if (relatedness(names[index] ?? '', variable) > 3) return index;
	const isApart = blankLinesBetween(nodes);
	const isNext = (node: Morph.Node, at: number) => {
		const gap = above(nodes, at);
		// What is said of the next one alone parts it from nothing.
		const isHeaded = BLANK_LINE.test(gap) && (!isApart || /\n[ \t]*\/[/*]/.test(gap));
		if ((isComputed(node) && !isComputed(nodes[index])) || isHeaded) return false;
		const isOfDatabase = (score(at) > 1 && score(at) < 4) || DIRECT.test(topicOf(row, at));
		const isPath = [index, at].every((one) => PATH.test(names[one] ?? ''));
		return (isOfDatabase && score(index) > 1) || isPath || isKin(row, index, at);
	};
	const end = nodes.findIndex((node, at) => at > index && !isNext(node, at));
	return (end < 0 ? nodes.length : end) - 1;
}

/** The end, but before what is computed from the others, what browsers read, and what has to be the last. */
export function lastPlain({ nodes, names }: Row): number {
	const { Node } = morph();
	const found = nodes.findLastIndex((node, index) => {
		const name = names[index] ?? '';
		// `...rest`, and `'+': 'delete'`
		const isRest =
			Node.isSpreadAssignment(node) ||
			(Node.isBindingElement(node) && node.getDotDotDotToken() !== undefined) ||
			(name !== '' && wordsOf(name).length === 0);
		return !isComputed(node) && !isRest && !isPublicVariable(name);
	});
	return found < 0 ? nodes.length - 1 : found;
}
