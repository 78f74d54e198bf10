// Breaks what is longer than the project's formatter lets a line be, as Prettier and Biome break it. Pure; for our own templates only.
import type { Style } from '../model/facts.ts';
import { type Morph, morph, parse } from '../text/source.ts';
import { type Splice, spliceText } from './splice.ts';

/** A text, and how to lay it out. */
interface Page {
	text: string;
	style: Style;
	/** The indentation of the line at an offset. */
	indentAt(offset: number): string;
	/** Whether two offsets are on the same line. */
	isOneLine(start: number, end: number): boolean;
}

function pageOf(text: string, style: Style): Page {
	return {
		text,
		style,
		indentAt: (offset) =>
			/^[ \t]*/.exec(text.slice(text.lastIndexOf('\n', offset - 1) + 1))?.[0] ?? '',
		isOneLine: (start, end) => !text.slice(start, end).includes('\n'),
	};
}

/** The columns that a line takes: a tab counts as many as the formatter says. */
function columnsOf(line: string, { tabWidth = 2 }: Style): number {
	return [...line.replaceAll('\t', ' '.repeat(tabWidth))].length;
}

/** Puts what follows `end` onto a line of its own, one level deeper. */
function below(page: Page, end: number, next: Morph.Node): Splice[] {
	const start = next.getStart();
	if (!page.isOneLine(end, start)) return [];
	return [{ start: end, end: start, text: `\n${page.indentAt(end)}${page.style.indent}` }];
}

/** `for (…) statement` and `if (…) statement`. */
function breakClause(page: Page, node: Morph.Node): Splice[] {
	const { Node } = morph();
	const isLoop = Node.isForOfStatement(node);
	const body = isLoop
		? node.getStatement()
		: Node.isIfStatement(node)
			? node.getThenStatement()
			: null;
	if (!body || Node.isBlock(body)) return [];
	return below(page, page.text.lastIndexOf(')', body.getStart()) + 1, body);
}

/** The arrow function with an expression for a body that a node is. */
function shortArrow(node: Morph.Node | undefined): Morph.ArrowFunction | null {
	const { Node } = morph();
	return Node.isArrowFunction(node) && !Node.isBlock(node.getBody()) ? node : null;
}

/** `name: (…) => expression`. */
function breakArrow(page: Page, node: Morph.Node): Splice[] {
	const value = morph().Node.isPropertyAssignment(node) ? node.getInitializer() : undefined;
	const arrow = shortArrow(value);
	return arrow ? below(page, arrow.getEqualsGreaterThan().getEnd(), arrow.getBody()) : [];
}

/** `call(…, (…) => expression)`. */
function breakCallback(page: Page, node: Morph.Node): Splice[] {
	if (!morph().Node.isCallExpression(node)) return [];
	const arrow = shortArrow(node.getArguments().at(-1));
	const splices = arrow ? below(page, arrow.getEqualsGreaterThan().getEnd(), arrow.getBody()) : [];
	if (!arrow || splices.length === 0) return [];
	const end = arrow.getEnd();
	const comma = page.style.trailingCommas === undefined ? ',' : '';
	return [...splices, { start: end, end, text: `${comma}\n${page.indentAt(end)}` }];
}

/** `{ … }` and `[ … ]` as the last argument of a call: a line for each member. */
function breakList(page: Page, node: Morph.Node): Splice[] {
	const { Node } = morph();
	if (!Node.isCallExpression(node)) return [];
	const list = node.getArguments().at(-1);
	const members = Node.isObjectLiteralExpression(list)
		? list.getProperties()
		: Node.isArrayLiteralExpression(list)
			? list.getElements()
			: [];
	if (!list || members.length === 0 || !page.isOneLine(list.getStart(), list.getEnd())) return [];
	const indent = page.indentAt(list.getStart());
	const lines = members.map((member) => `${indent}${page.style.indent}${member.getText()}`);
	const comma = page.style.trailingCommas === 'none' ? '' : ',';
	const [open, close] = [list.getText().slice(0, 1), list.getText().slice(-1)];
	const text = `${open}\n${lines.join(',\n')}${comma}\n${indent}${close}`;
	return [{ start: list.getStart(), end: list.getEnd(), text }];
}

const WAYS = [breakClause, breakArrow, breakCallback, breakList];

/** The splices that break the outermost node of the first line that is too long and can be broken. */
function nextBreak(text: string, style: Style, width: number): Splice[] {
	const page = pageOf(text, style);
	const nodes = parse('db.ts', text).getDescendants();
	let start = 0;
	for (const line of text.split('\n')) {
		const from = start;
		const end = from + line.length;
		start = end + 1;
		if (columnsOf(line, style) <= width) continue;
		const here = nodes.filter((node) => node.getStart() >= from && node.getStart() < end);
		const tries = here.flatMap((node) => WAYS.map((way) => way(page, node)));
		const splices = tries.find((one) => one.length > 0);
		if (splices) return splices;
	}
	return [];
}

/** The adapter's two arguments, each on lines of its own: no formatter leaves two side by side of which one is broken. */
export function spreadArguments(text: string, style: Style): string {
	const { Node } = morph();
	const exported = parse('db.ts', text).getExportAssignment((one) => !one.isExportEquals());
	const call = exported?.getFirstDescendant(Node.isCallExpression);
	const [first, second] = call?.getArguments() ?? [];
	if (!first || !second) return text;
	const deeper = (node: Morph.Node): string =>
		style.indent + node.getText().replaceAll('\n', `\n${style.indent}`);
	const comma = style.trailingCommas === undefined ? ',' : '';
	return spliceText(text, [
		{
			start: first.getStart(),
			end: second.getEnd(),
			text: `\n${deeper(first)},\n${deeper(second)}${comma}\n`,
		},
	]);
}

/** The text with no line longer than the style allows, as far as a formatter would break it; line ends are `\n`. */
export function fitLines(text: string, style: Style): string {
	if (style.lineWidth === undefined) return text;
	let fitted = text;
	for (;;) {
		const splices = nextBreak(fitted, style, style.lineWidth);
		if (splices.length === 0) return fitted;
		fitted = spliceText(fitted, splices);
	}
}
