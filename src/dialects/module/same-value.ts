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

/** Nothing, or one of the values that stand in for a missing one. */
export function isFallback(value: Morph.Node, defaults: Set<string>): boolean {
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
		const keeps = /^(?:\|\||\?\?)$/.test(node.getOperatorToken().getText());
		return keeps && sameValue(node.getLeft(), flow);
	}
	if (Node.isConditionalExpression(node)) {
		const branches = [node.getWhenTrue(), node.getWhenFalse()];
		const same = branches.filter((branch) => sameValue(branch, flow));
		const rest = branches.filter((branch) => !same.includes(branch));
		return same.length > 0 && rest.every((branch) => isFallback(branch, flow.defaults));
	}
	if (!Node.isIdentifier(node)) return false;
	const value = constantValue(node, node.getText());
	return value !== undefined && !Node.isIdentifier(value) && sameValue(value, flow);
}
