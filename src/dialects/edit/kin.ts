// Which members belong together: by the first word of their names, and by the blank lines between them.
import { type Morph, morph } from '../../text/source.ts';
import { relatedness, wordsOf } from '../module/names.ts';
import { isPublicVariable } from '../module/reach.ts';

/** Below the rest of what an address of something else belongs to: `MAIL_URL`, `MAIL_KEY`. */
export function pastKin(
	nodes: Morph.Node[],
	names: (string | null)[],
	{ index, variable }: { index: number; variable: string },
): number {
	const { Node } = morph();
	const [word] = wordsOf(names[index] ?? '');
	if (word === undefined || relatedness(names[index] ?? '', variable) > 3) return index;
	const isApart = blankLinesBetween(nodes);
	const isNext = (node: Morph.Node, name: string | null | undefined) => {
		const gap = node.getFullText().slice(0, node.getStart() - node.getPos());
		// What is said of the next one alone parts it from nothing.
		const isHeaded = /\n[ \t]*\r?\n/.test(gap) && (!isApart || /\n[ \t]*\/[/*]/.test(gap));
		const isComputed = Node.isGetAccessorDeclaration(node) || Node.isMethodDeclaration(node);
		return wordsOf(name ?? '')[0] === word && !isHeaded && !isComputed;
	};
	const others = nodes.slice(index + 1);
	const end = others.findIndex((node, at) => !isNext(node, names[index + 1 + at]));
	return index + (end < 0 ? others.length : end);
}

/** The end, but before what is computed from the others, and what browsers read. */
export function lastPlain(nodes: Morph.Node[], names: (string | null)[]): number {
	const { Node } = morph();
	const found = nodes.findLastIndex((node, index) => {
		const isComputed = Node.isGetAccessorDeclaration(node) || Node.isMethodDeclaration(node);
		return !isComputed && !isPublicVariable(names[index] ?? '');
	});
	return found < 0 ? nodes.length - 1 : found;
}

/** Whether blank lines part a node from the one before, for each but the first. */
function gapsBetween(nodes: Morph.Node[]): boolean[] {
	const text = nodes[0]?.getSourceFile().getFullText() ?? '';
	const gapAbove = (node: Morph.Node, at: number) =>
		text.slice(nodes[at]?.getEnd(), node.getStart(true));
	return nodes.slice(1).map((node, at) => /\n[ \t]*\r?\n/.test(gapAbove(node, at)));
}

/** The first of the nodes above which there is no blank line; 0 where each stands apart. */
export function startOfGroup(nodes: Morph.Node[], index: number): number {
	return blankLinesBetween(nodes) ? 0 : gapsBetween(nodes).lastIndexOf(true, index - 1) + 1;
}

/** True where each node stands apart. */
export function blankLinesBetween(nodes: Morph.Node[]): boolean {
	const gaps = gapsBetween(nodes);
	const blank = gaps.filter(Boolean).length;
	// A statement stands apart where most do; of members all have to.
	const isStatement = morph().Node.isStatement(nodes[0]);
	return blank > 0 && (isStatement ? blank * 2 > gaps.length : blank === gaps.length);
}

/** Above the last member, which has no comma, and above what belongs together with it: `MAIL_KEY`, `MAIL_URL`. */
export function beforeLast(names: (string | null)[], variable: string): number {
	const end = names.length - 2;
	const [word] = wordsOf(names.at(-1) ?? '');
	if (word === undefined || relatedness(names.at(-1) ?? '', variable) > 1) return end;
	const above = names.findLastIndex((name) => name !== null && wordsOf(name)[0] !== word);
	return above < 0 ? end : above;
}

/** The last of a group of several that are all about one thing, in a file that has other groups; null for any other group. */
export function endOfTopic(
	nodes: Morph.Node[],
	names: (string | null)[],
	index: number,
): number | null {
	const start = startOfGroup(nodes, index);
	const next = nodes.findIndex((_, at) => at > index && startOfGroup(nodes, at) === at);
	const end = (next < 0 ? nodes.length : next) - 1;
	const topics = new Set(names.slice(start, end + 1).map((one) => wordsOf(one ?? '')[0]));
	return start > 0 && end > start && topics.size === 1 ? end : null;
}
