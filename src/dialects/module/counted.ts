// Whether a module counts on how long a list is, or on the place of what is in it: with one more in it that no longer holds.
import { type Morph, morph, plainBelow } from '../../text/source.ts';
import { remembered } from './remembered.ts';
import type { Range } from './twins.ts';

type Plain = Morph.ts.Node;

const MENTION = /\.(?:length|size|at)\b|\[[\w.]*\]|\blength\b|\breadonly \[|:\s*\[/;
/** What gives as many things, or fewer of them, in the same order. */
const SAME_ORDER =
	/^(?:map|filter|flatMap|slice|sort|toSorted|concat|all|allSettled|freeze|keys|values|entries|from|Set|Map)$/;
const COMPARES = /^(?:[!=]==?|[<>]=?)$/;

const lies = (node: Plain, ranges: readonly Range[]): boolean =>
	ranges.some(({ start, end }) => node.pos <= start && end <= node.end);

const nodesIn = remembered((source: Morph.SourceFile): Plain[] =>
	plainBelow(source.compilerNode, () => true),
);

function inner(node: Plain): Plain {
	const { ts } = morph();
	const isAround =
		ts.isParenthesizedExpression(node) ||
		ts.isAsExpression(node) ||
		ts.isSatisfiesExpression(node) ||
		ts.isNonNullExpression(node) ||
		ts.isAwaitExpression(node);
	return isAround ? inner(node.expression) : node;
}

/** The part is one of the members itself, and not in one of their values. */
function holds(value: Plain, ranges: readonly Range[]): boolean {
	const { ts } = morph();
	if (!ts.isArrayLiteralExpression(value) && !ts.isObjectLiteralExpression(value)) return false;
	if (!lies(value, ranges)) return false;
	const members: readonly Plain[] = ts.isArrayLiteralExpression(value)
		? value.elements
		: value.properties;
	return !members.some((child) => ranges.some((one) => within(child, one)));
}

/** What a call or a list is made of. */
function sourcesOf(value: Plain): Plain[] {
	const { ts } = morph();
	if (ts.isArrayLiteralExpression(value))
		return value.elements.flatMap((one) => (ts.isSpreadElement(one) ? one.expression : []));
	if (!ts.isCallExpression(value) && !ts.isNewExpression(value)) return [];
	const callee = value.expression;
	const isMember = ts.isPropertyAccessExpression(callee);
	const name = isMember ? callee.name.text : callee.getText();
	const from = isMember ? [callee.expression] : [];
	return SAME_ORDER.test(name) ? [...(value.arguments ?? []), ...from] : [];
}

type IsIt = (node: Plain) => boolean;

/** What says whether an expression is a list, or the object, that got one of the parts, or is made of it. */
function listsWith(source: Morph.SourceFile, ranges: readonly Range[]): IsIt {
	const { ts } = morph();
	const names = new Set<string>();
	const isIt = (node: Plain): boolean => {
		const value = inner(node);
		if (ts.isIdentifier(value)) return names.has(value.text);
		return holds(value, ranges) || sourcesOf(value).some(isIt);
	};
	const declared = nodesIn(source).filter(ts.isVariableDeclaration);
	for (let size = -1; size < names.size; ) {
		size = names.size;
		for (const { name, initializer } of declared)
			if (ts.isIdentifier(name) && initializer && isIt(initializer)) names.add(name.text);
	}
	return isIt;
}

const within = (child: Plain, { start, end }: Range): boolean =>
	child.getStart() < start && end < child.end;

/** What a name is declared as. */
function declaredAs(name: Morph.ts.Identifier): Plain | undefined {
	const { ts } = morph();
	const around = name.getSourceFile();
	const isIt = (one: Plain) => ts.isVariableDeclaration(one) && one.name.getText() === name.text;
	const [declared] = plainBelow(around, isIt).filter(ts.isVariableDeclaration);
	return declared?.initializer;
}

/** `given.length !== 2`; whether there is any at all is no count. */
function isCount(node: Plain, isIt: IsIt): boolean {
	const { ts } = morph();
	if (!ts.isBinaryExpression(node) || !COMPARES.test(node.operatorToken.getText())) return false;
	const [count, other] = ts.isNumericLiteral(node.left)
		? [node.left, node.right]
		: [node.right, node.left];
	const length = ts.isIdentifier(other) ? declaredAs(other) : other;
	const isLength =
		length && ts.isPropertyAccessExpression(length) && /^(?:length|size)$/.test(length.name.text);
	if (!isLength || !ts.isNumericLiteral(count) || Number(count.text) < 1) return false;
	const isAny = count.text === '1' && /[<>]/.test(node.operatorToken.getText());
	return !isAny && isIt(length.expression);
}

/** `values[0]`, `values.at(-1)`, `const [first] = values`, `const pair: [string, string] = …` */
function isPlace(node: Plain, isAny: IsIt): boolean {
	const { ts } = morph();
	// What was sought out has no places of its own.
	const isIt = (list: Plain): boolean => {
		const made = ts.isIdentifier(list) ? (declaredAs(list) ?? list) : list;
		return !/\.(?:filter|flatMap)\(/.test(made.getText()) && isAny(list);
	};
	if (ts.isElementAccessExpression(node))
		return ts.isNumericLiteral(node.argumentExpression) && isIt(node.expression);
	if (ts.isVariableDeclaration(node) && node.initializer) {
		const { name, type } = node;
		const isTuple = /^(?:readonly )?\[/.test(type?.getText() ?? '');
		return (ts.isArrayBindingPattern(name) || isTuple) && isIt(node.initializer);
	}
	if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
	return node.expression.name.text === 'at' && isIt(node.expression.expression);
}

/** `names.map((name, at) => LABELS[at])`: another list goes along. */
function isBeside(node: Plain, isIt: IsIt): boolean {
	const { ts } = morph();
	if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression)) return false;
	const [step] = node.arguments;
	if (!step || !ts.isFunctionLike(step) || !isIt(node.expression.expression)) return false;
	const at = step.parameters[1]?.name.getText();
	return plainBelow(step, ts.isElementAccessExpression).some(
		(one) =>
			ts.isElementAccessExpression(one) &&
			one.argumentExpression.getText() === at &&
			!isIt(one.expression),
	);
}

/** `(typeof NAMES)['length']` */
function isLengthOf(node: Plain, isIt: IsIt): boolean {
	const { ts } = morph();
	if (!ts.isIndexedAccessTypeNode(node) || !/^['"]length['"]$/.test(node.indexType.getText()))
		return false;
	return plainBelow(node, ts.isIdentifier).some(isIt);
}

/** True where one more in what got the parts would be counted, or would move others from their place. */
export function isCountedOn(source: Morph.SourceFile, ranges: readonly Range[]): boolean {
	if (!MENTION.test(source.getFullText())) return false;
	const isIt = listsWith(source, ranges);
	return nodesIn(source).some(
		(node) =>
			isCount(node, isIt) || isPlace(node, isIt) || isBeside(node, isIt) || isLengthOf(node, isIt),
	);
}
