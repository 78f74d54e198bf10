// A variable that gets another value only where it has none: `let url = process.env.URL; if (!url) url = 'redis://localhost';`
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import { bindingOf } from './scope.ts';

/** What a `let` is declared with, where nothing else takes the place of a value that is there; undefined for any other name. */
export function defaultedValue(name: Morph.Identifier): Morph.Expression | undefined {
	const { Node, ts } = morph();
	const binding = bindingOf(name, name.getText());
	if (!Node.isVariableDeclaration(binding) || binding.getEnd() > name.getStart()) return undefined;
	if (binding.getVariableStatement()?.getDeclarationKind() !== 'let') return undefined;
	const sets = nodesBelow(name.getSourceFile(), ts.isBinaryExpression).filter((one) => {
		const left = Node.isBinaryExpression(one) ? one.getLeft() : undefined;
		const isSame = Node.isIdentifier(left) && left.getText() === name.getText();
		return isSame && isSet(one) && bindingOf(left, left.getText()) === binding;
	});
	const isKept = sets.every((one) => isDefault(one, name.getText()));
	return isKept ? binding.getInitializer() : undefined;
}

function isSet(node: Morph.Node): boolean {
	return /^(?:\?\?|\|\||&&|\+)?=$/.test(operatorOf(node));
}

function operatorOf(node: Morph.Node): string {
	return morph().Node.isBinaryExpression(node) ? node.getOperatorToken().getText() : '';
}

/** `url ??= '…'`, `if (!url) url = '…'` */
function isDefault(set: Morph.Node, name: string): boolean {
	if (/^(?:\?\?|\|\|)=$/.test(operatorOf(set))) return true;
	const { SyntaxKind } = morph();
	const check = set.getFirstAncestorByKind(SyntaxKind.IfStatement);
	const asked = check?.getExpression().getText() ?? '';
	const then = check?.getThenStatement();
	const isThen = then && then.getPos() <= set.getPos() && set.getEnd() <= then.getEnd();
	return (
		isThen === true && [`!${name}`, `${name} === undefined`, `${name} == null`].includes(asked)
	);
}
