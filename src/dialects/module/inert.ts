// Plain data: constants that are written out and made of nothing else, so that none of them can hold a variable; and a module without
// them. On the parser's own tree.
import { type Morph, morph, plainBelow, wrapped } from '../../text/source.ts';
import { remembered } from './remembered.ts';

/** `export const LIMITS = { retries: 3, names: ['a'] } as const;` */
function isInert({ declarationList }: Morph.ts.VariableStatement): boolean {
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

/** The statements of a module, in two: in a long one most are plain data, and only the others are looked into. */
const parted = remembered((source: Morph.SourceFile) => {
	const { ts } = morph();
	const data: Morph.ts.VariableStatement[] = [];
	const others: Morph.ts.Statement[] = [];
	for (const one of source.compilerNode.statements) {
		if (ts.isVariableStatement(one) && isInert(one)) data.push(one);
		else others.push(one);
	}
	return { data, others };
});

/** The statements of a module that are plain data. */
export function dataIn(source: Morph.SourceFile): Morph.ts.VariableStatement[] {
	return parted(source).data;
}

/** The statements of a module, but for plain data, that `isMeant` picks by the parser's own node. */
export function statementsOf(
	source: Morph.SourceFile,
	isMeant: (plain: Morph.ts.Statement) => boolean,
): Morph.Node[] {
	return parted(source)
		.others.filter(isMeant)
		.map((plain) => wrapped(source, plain));
}

/** The nodes of a module outside of plain data, in order, that `isMeant` picks by the parser's own node. */
export function nodesOf(
	source: Morph.SourceFile,
	isMeant: (plain: Morph.ts.Node) => boolean,
): Morph.Node[] {
	return parted(source)
		.others.flatMap((one) => [...(isMeant(one) ? [one] : []), ...plainBelow(one, isMeant)])
		.map((plain) => wrapped(source, plain));
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
