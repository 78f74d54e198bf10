// The types that a value is checked against, as far as they are written down.
import { type Morph, morph } from '../../source.ts';
import { importsOf } from './imports.ts';

/** The types on an expression itself: `as`, `satisfies`, and the type arguments of a call. */
export function typesOf(expression: Morph.Node): Morph.TypeNode[] {
	const { Node } = morph();
	if (Node.isAsExpression(expression) || Node.isSatisfiesExpression(expression)) {
		const type = expression.getTypeNode();
		return [...(type ? [type] : []), ...typesOf(expression.getExpression())];
	}
	if (Node.isParenthesizedExpression(expression)) return typesOf(expression.getExpression());
	if (!Node.isCallExpression(expression)) return [];
	const isFrozen = expression.getExpression().getText() === 'Object.freeze';
	const [frozen] = isFrozen ? expression.getArguments() : [];
	return [...expression.getTypeArguments(), ...(frozen ? typesOf(frozen) : [])];
}

/** True for names from a package, such as `PoolConfig` of pg: the keys are a library's. A generic type lists no keys. */
export function isLibraryType(type: Morph.TypeNode): boolean {
	if (!morph().Node.isTypeReference(type) || type.getTypeArguments().length > 0) return false;
	const [first = ''] = type.getTypeName().getText().split('.');
	return importsOf(type.getSourceFile()).some(
		({ local, from }) => local === first && isPackage(from),
	);
}

/** False for the project's own files, also under the usual aliases. */
export function isPackage(specifier: string): boolean {
	return !/^(?:[./~#]|@\/|src\/)/.test(specifier);
}
