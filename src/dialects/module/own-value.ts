// What an instance holds from the beginning: `this.env` in a class with `env = parse(process.env)`.
import { type Morph, morph } from '../../text/source.ts';

/** The one value that a class gives a field of its own, where it is declared or in the constructor; null for anything else. */
export function ownValue(node: Morph.PropertyAccessExpression): Morph.Expression | null {
	const { Node, SyntaxKind } = morph();
	if (!Node.isThisExpression(node.getExpression())) return null;
	const owner = node.getFirstAncestorByKind(SyntaxKind.ClassDeclaration);
	const name = node.getName();
	const field = owner?.getProperty(name);
	if (!owner || !Node.isPropertyDeclaration(field)) return null;
	const start = field.getInitializer();
	const sets = owner.getDescendantsOfKind(SyntaxKind.BinaryExpression).filter((one) => {
		const left = one.getLeft();
		const isOwn =
			Node.isPropertyAccessExpression(left) && Node.isThisExpression(left.getExpression());
		return isOwn && left.getName() === name && one.getOperatorToken().getText() === '=';
	});
	const values = [...(start ? [start] : []), ...sets.map((one) => one.getRight())];
	const [only] = values;
	return only && values.length === 1 ? only : null;
}
