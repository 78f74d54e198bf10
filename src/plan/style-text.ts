// Canonical style -> the project's style: indent, quotes, semicolons, commas, width, line ending. Pure; for our own templates only.
import type { Style } from '../model/facts.ts';
import { type Morph, morph, parse } from '../text/source.ts';
import { fitLines, spreadArguments } from './line-width.ts';
import { type Splice, spliceText } from './splice.ts';

/** The style in which the templates are written. */
export const CANONICAL_STYLE: Style = {
	indent: '  ',
	quote: "'",
	semicolons: true,
	lineEnding: '\n',
};

function requote(literal: string, quote: string): string {
	const inner = literal.slice(1, -1).replaceAll("\\'", "'");
	return inner.includes(quote) ? literal : quote + inner + quote;
}

function quoteSplices(text: string, quote: string): Splice[] {
	if (quote === CANONICAL_STYLE.quote) return [];
	return parse('db.ts', text)
		.getDescendantsOfKind(morph().SyntaxKind.StringLiteral)
		.map((node) => ({
			start: node.getStart(),
			end: node.getEnd(),
			text: requote(node.getText(), quote),
		}));
}

/** No statement of a template begins with a character that would continue the line above, so all may go. */
function semicolonSplices(text: string, keep: boolean): Splice[] {
	if (keep) return [];
	return parse('db.ts', text)
		.getDescendantsOfKind(morph().SyntaxKind.SemicolonToken)
		.map((node) => ({ start: node.getStart(), end: node.getEnd(), text: '' }));
}

/** The commas behind the last member of a list that is broken into lines. */
function commaSplices(text: string, style: Style): Splice[] {
	if (style.trailingCommas !== 'none') return [];
	return parse('db.ts', text)
		.getDescendantsOfKind(morph().SyntaxKind.CommaToken)
		.filter((node) => /^\s*\n\s*[)\]}]/.test(text.slice(node.getEnd())))
		.map((node) => ({ start: node.getStart(), end: node.getEnd(), text: '' }));
}

/** The blanks inside braces that stand on one line. */
function braceSplices(text: string, style: Style): Splice[] {
	if (!style.isTight) return [];
	const { Node, SyntaxKind } = morph();
	return parse('db.ts', text)
		.getDescendants()
		.filter(
			(node) =>
				Node.isObjectLiteralExpression(node) ||
				Node.isObjectBindingPattern(node) ||
				node.getKind() === SyntaxKind.NamedImports,
		)
		.flatMap((node) => {
			const [start, end] = [node.getStart() + 1, node.getEnd() - 1];
			if (text.slice(start, end).includes('\n')) return [];
			return [
				{ start, end: start + 1, text: '' },
				{ start: end - 1, end, text: '' },
			];
		});
}

/** The parentheses around the one plain parameter of an arrow function. */
function parameterSplices(text: string, style: Style): Splice[] {
	if (!style.hasBareParameters) return [];
	const { SyntaxKind } = morph();
	return parse('db.ts', text)
		.getDescendantsOfKind(SyntaxKind.ArrowFunction)
		.flatMap((arrow) => {
			const [parameter, ...others] = arrow.getParameters();
			if (!parameter || others.length > 0 || !/^\w+$/.test(parameter.getText())) return [];
			const [start, end] = [parameter.getStart(), parameter.getEnd()];
			return [
				{ start: start - 1, end: start, text: '' },
				{ start: end, end: end + 1, text: '' },
			];
		});
}

/** The first body of an `if` or a `for` that stands without braces, in them; nothing where all have theirs. */
function blockSplices(text: string): Splice[] {
	const { Node } = morph();
	for (const node of parse('db.ts', text).getDescendants()) {
		const body = Node.isForOfStatement(node)
			? node.getStatement()
			: Node.isIfStatement(node)
				? node.getThenStatement()
				: null;
		if (!body || Node.isBlock(body)) continue;
		const [start, end] = [body.getStart(), body.getEnd()];
		const line = text.slice(text.lastIndexOf('\n', node.getStart()) + 1);
		const indent = /^ */.exec(line)?.[0] ?? '';
		const block = `{\n${indent}  ${text.slice(start, end)}\n${indent}}`;
		return [{ start, end, text: block }];
	}
	return [];
}

/** Every body of `if` and `for` in braces, from the outermost to the innermost. */
function withBlocks(text: string): string {
	const splices = blockSplices(text);
	return splices.length === 0 ? text : withBlocks(spliceText(text, splices));
}

/** The name of a member of an object; '' for one that has none of its own. */
function nameOf(node: Morph.Node): string {
	const { Node } = morph();
	const isNamed =
		Node.isPropertyAssignment(node) ||
		Node.isShorthandPropertyAssignment(node) ||
		Node.isMethodDeclaration(node) ||
		Node.isBindingElement(node);
	return isNamed ? node.getName() : '';
}

/** The members of one object that are not in order of their names; nothing where all are. What is spread stays where it is. */
function orderSplices(text: string): Splice[] {
	const { Node } = morph();
	const lists = parse('db.ts', text)
		.getDescendants()
		.flatMap((node): Morph.Node[][] => {
			if (Node.isObjectLiteralExpression(node)) return [node.getProperties()];
			return Node.isObjectBindingPattern(node) ? [node.getElements()] : [];
		});
	for (const members of lists) {
		const named = members.map((node) => ({ node, name: nameOf(node) }));
		const sorted = named.toSorted((one, other) => (one.name < other.name ? -1 : 1));
		const isSpread = named.some(({ name }) => name === '');
		if (isSpread || sorted.every((one, index) => one === named[index])) continue;
		return members.map((node, index) => ({
			start: node.getStart(),
			end: node.getEnd(),
			text: sorted[index]?.node.getText() ?? '',
		}));
	}
	return [];
}

/** Every object with its members in order of their names. */
export function withSortedKeys(text: string): string {
	const splices = orderSplices(text);
	return splices.length === 0 ? text : withSortedKeys(spliceText(text, splices));
}

/** The comment above the line that reads the environment, where one is wanted. */
function withSilence(text: string, { silence }: Style): string {
	return silence === undefined
		? text
		: text.replace(/^([ \t]*)(?=.*\bprocess\.env\b)/m, `$1// ${silence}\n$1`);
}

/** Rewrites text that is in the canonical style into `style`. */
export function styleText(canonical: string, style: Style): string {
	const ordered = style.hasSortedKeys ? withSortedKeys(canonical) : canonical;
	const text = style.hasBlocks ? withBlocks(ordered) : ordered;
	const rewrites = [
		(now: string) => quoteSplices(now, style.quote),
		(now: string) => semicolonSplices(now, style.semicolons),
		(now: string) => commaSplices(now, style),
		(now: string) => braceSplices(now, style),
		(now: string) => parameterSplices(now, style),
	];
	const written = rewrites.reduce((now, rewrite) => spliceText(now, rewrite(now)), text);
	// `^` would also match inside a string, behind a U+2028.
	const indented = written.replace(/(?<=^|\n)(?: {2})+/g, (spaces) =>
		style.indent.repeat(spaces.length / 2),
	);
	const spread = style.lineWidth === undefined ? indented : spreadArguments(indented, style);
	const fitted = withSilence(fitLines(spread, style), style);
	return style.lineEnding === '\n' ? fitted : fitted.replaceAll('\n', style.lineEnding);
}
