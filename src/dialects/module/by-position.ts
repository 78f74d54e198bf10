// Whether a list is taken apart by position, so that one more in it gives another value to each that stands behind.
import { type Morph, morph } from '../../text/source.ts';
import { nodesOf } from './inert.ts';

/** `values[0]`, `values.at(-1)`: what is taken from. */
function takenFrom(node: Morph.Node): Morph.Node | undefined {
	const { Node } = morph();
	if (Node.isElementAccessExpression(node))
		return Node.isNumericLiteral(node.getArgumentExpression()) ? node.getExpression() : undefined;
	if (!Node.isCallExpression(node)) return undefined;
	const callee = node.getExpression();
	return Node.isPropertyAccessExpression(callee) && callee.getName() === 'at'
		? callee.getExpression()
		: undefined;
}

/** The constants and fields whose value is made of one of the items, also through others. */
function namesMadeOf(source: Morph.SourceFile, items: Morph.Node[]): Set<string> {
	const declarations = source.getDescendantsOfKind(morph().SyntaxKind.VariableDeclaration);
	const makers = declarations.flatMap((one) => {
		const value = one.getInitializer();
		return value ? [{ name: one.getName(), value }] : [];
	});
	const names = new Set<string>();
	const isMade = (value: Morph.Node): boolean =>
		items.some((one) => value.getPos() <= one.getPos() && one.getEnd() <= value.getEnd()) ||
		(value.getText().match(/[\w$]+/g) ?? []).some((word) => names.has(word));
	// As long as each round finds more.
	for (let size = -1; size < names.size; ) {
		size = names.size;
		for (const { name, value } of makers) if (isMade(value)) names.add(name);
	}
	return names;
}

/** True where the module takes values by their place in a list that one of the items is a part of. */
export function isTakenByPlace(source: Morph.SourceFile, items: Morph.Node[]): boolean {
	const { Node, ts } = morph();
	const places = [
		...nodesOf(source, ts.isElementAccessExpression),
		...nodesOf(source, ts.isCallExpression),
	].flatMap((node) => takenFrom(node) ?? []);
	const patterns = nodesOf(source, ts.isArrayBindingPattern).flatMap((pattern) => {
		const declared = pattern.getParent();
		// In `for (const [key, value] of …)` and `([key, value]) => …` there is no value of the declaration's own.
		return Node.isVariableDeclaration(declared) ? (declared.getInitializer() ?? []) : [];
	});
	const taken = [...places, ...patterns];
	if (taken.length === 0) return false;
	const names = namesMadeOf(source, items);
	return taken.some((from) => {
		const [root = ''] = from.getText().split(/[^\w$]/);
		const holds = items.some(
			(one) => from.getPos() <= one.getPos() && one.getEnd() <= from.getEnd(),
		);
		return holds || names.has(root);
	});
}
