// Plain data: constants that are written out and made of nothing else, so that none of them can hold a variable. On the parser's own tree.
import { type Morph, morph } from '../../text/source.ts';

/** `export const LIMITS = { retries: 3, names: ['a'] } as const;` */
export function isInert({ declarationList }: Morph.ts.VariableStatement): boolean {
	const { ts } = morph();
	const isConstant = (declarationList.flags & ts.NodeFlags.Const) !== 0;
	return (
		isConstant &&
		declarationList.declarations.every(
			({ name, initializer }) =>
				ts.isIdentifier(name) && initializer !== undefined && isData(initializer),
		)
	);
}

/** A literal, or an array or object of literals. */
export function isData(plain: Morph.ts.Expression): boolean {
	const { ts, SyntaxKind } = morph();
	if (ts.isObjectLiteralExpression(plain)) {
		return plain.properties.every(
			(one) =>
				ts.isPropertyAssignment(one) &&
				!ts.isComputedPropertyName(one.name) &&
				isData(one.initializer),
		);
	}
	if (ts.isArrayLiteralExpression(plain)) return plain.elements.every(isData);
	if (ts.isAsExpression(plain) || ts.isSatisfiesExpression(plain)) return isData(plain.expression);
	return (
		ts.isNumericLiteral(plain) ||
		ts.isStringLiteral(plain) ||
		plain.kind === SyntaxKind.TrueKeyword ||
		plain.kind === SyntaxKind.FalseKeyword ||
		plain.kind === SyntaxKind.NullKeyword
	);
}
