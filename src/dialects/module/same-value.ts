// Whether an expression is one value all along: under casts, defaults, branches and at most a local name.
import { type Morph, morph } from '../../text/source.ts';
import { constantValue } from './scope.ts';

/** `value` of `value?.trim()`, also where it is a name. */
export function trimmed(node: Morph.Node | undefined): Morph.Node | undefined {
	const { Node } = morph();
	const callee = Node.isCallExpression(node) ? node.getExpression() : undefined;
	if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'trim') return undefined;
	const inner = callee.getExpression();
	return Node.isIdentifier(inner) ? constantValue(inner, inner.getText()) : inner;
}

const CHOOSES = /^(?:\|\||\?\?)$/;

/** Nothing, or one of the values that stand in for a missing one. */
export function isFallback(value: Morph.Node, defaults: Set<string>): boolean {
	const { Node } = morph();
	if (Node.isBinaryExpression(value) && CHOOSES.test(value.getOperatorToken().getText()))
		return [value.getLeft(), value.getRight()].every((one) => isFallback(one, defaults));
	const text = value.getText();
	return /^(?:undefined|null|''|"")$/.test(text) || defaults.has(text);
}

interface Flow {
	isStart: (node: Morph.Node | undefined) => boolean;
	defaults: Set<string>;
}

/** True when an expression is the start value under casts, defaults and at most a local name. */
export function sameValue(node: Morph.Node | undefined, flow: Flow): boolean {
	const { Node } = morph();
	if (node === undefined) return false;
	if (flow.isStart(node)) return true;
	if (
		Node.isNonNullExpression(node) ||
		Node.isAsExpression(node) ||
		Node.isParenthesizedExpression(node)
	) {
		return sameValue(node.getExpression(), flow);
	}
	if (Node.isBinaryExpression(node)) {
		const keeps = CHOOSES.test(node.getOperatorToken().getText());
		return keeps && sameValue(node.getLeft(), flow);
	}
	if (Node.isConditionalExpression(node)) {
		const branches = [node.getWhenTrue(), node.getWhenFalse()];
		const same = branches.filter((branch) => sameValue(branch, flow));
		const rest = branches.filter((branch) => !same.includes(branch));
		return same.length > 0 && rest.every((branch) => isFallback(branch, flow.defaults));
	}
	if (Node.isCallExpression(node)) {
		const [first] = node.getArguments();
		return isText(node) && isAskedFor(first) && sameValue(first, flow);
	}
	if (!Node.isIdentifier(node)) return false;
	const value = constantValue(node, node.getText());
	return value !== undefined && !Node.isIdentifier(value) && sameValue(value, flow);
}

function isText(call: Morph.CallExpression): boolean {
	return call.getExpression().getText() === 'String' && call.getArguments().length === 1;
}

/** A name that an `if` looks at first: `String(value)` of no value would be a text. */
function isAskedFor(node: Morph.Node | undefined): boolean {
	const { Node, SyntaxKind } = morph();
	if (!Node.isIdentifier(node)) return false;
	const room = node.getFirstAncestorByKind(SyntaxKind.Block);
	const checks = room?.getStatements().filter((one) => Node.isIfStatement(one)) ?? [];
	return checks.some((one) =>
		one
			.getExpression()
			.getText()
			.split(/[^\w$]+/)
			.includes(node.getText()),
	);
}
