// Small questions about one syntax node. Pure.
import { type Morph, morph } from '../../text/source.ts';

/** The expression below parentheses, `as`, `satisfies`, `!` and `await`. */
export function unwrap(node: Morph.Node): Morph.Node {
	const { Node } = morph();
	const isWrapper =
		Node.isParenthesizedExpression(node) ||
		Node.isAsExpression(node) ||
		Node.isSatisfiesExpression(node) ||
		Node.isTypeAssertion(node) ||
		Node.isNonNullExpression(node) ||
		Node.isAwaitExpression(node);
	return isWrapper ? unwrap(node.getExpression()) : node;
}

/** The expressions that a function returns; nested functions are not looked into. */
export function returnsOf(node: Morph.Node): Morph.Node[] {
	const { Node, SyntaxKind } = morph();
	const body = Node.isBodied(node) || Node.isBodyable(node) ? node.getBody() : undefined;
	if (!body) return [];
	if (!Node.isBlock(body)) return [body];
	return body
		.getDescendantsOfKind(SyntaxKind.ReturnStatement)
		.filter((statement) => statement.getFirstAncestor((one) => isFunction(one)) === node)
		.flatMap((statement) => statement.getExpression() ?? []);
}

export function isFunction(node: Morph.Node): boolean {
	const { Node } = morph();
	return Node.isFunctionLikeDeclaration(node) || Node.isFunctionExpression(node);
}

/** True for a value that is never undefined or false. */
export function isLiteral(value: Morph.Node): boolean {
	const { Node } = morph();
	return (
		Node.isStringLiteral(value) ||
		Node.isObjectLiteralExpression(value) ||
		Node.isArrayLiteralExpression(value)
	);
}

/** False for a node that stands for an object nobody can look into, as `process.env` does. */
export function isKnown(value: Morph.Node): boolean {
	const { Node } = morph();
	return !Node.isIdentifier(value) && !Node.isPropertyAccessExpression(value);
}

/** True for what may be, or give, an object. */
export function isObjectLike(value: Morph.Node): boolean {
	const { Node } = morph();
	return Node.isObjectLiteralExpression(value) || Node.isCallExpression(value) || isFunction(value);
}

/** The text of a string literal; null for any other node. */
export function literalText(value: Morph.Node): string | null {
	const { Node } = morph();
	const isText = Node.isStringLiteral(value) || Node.isNoSubstitutionTemplateLiteral(value);
	return isText ? value.getLiteralValue() : null;
}
