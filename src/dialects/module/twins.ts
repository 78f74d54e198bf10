// Whether another object of a module has to have every key that one has: `const test: typeof config = { … }`.
import { type Morph, morph } from '../../text/source.ts';
import { objectIn } from './object-literal.ts';

/** A part of the text, e.g. one that was inserted. */
export interface Range {
	start: number;
	end: number;
}

/** The constants that have one of the parts in them. */
function holdersOf(source: Morph.SourceFile, ranges: readonly Range[]): string[] {
	return source
		.getVariableDeclarations()
		.filter((one) => ranges.some(({ start, end }) => one.getPos() <= start && end <= one.getEnd()))
		.map((one) => one.getName());
}

/** True where an object literal is said to be of the type of a constant, and the parts are in the constant alone. */
export function hasTwin(source: Morph.SourceFile, ranges: readonly Range[]): boolean {
	const { Node, SyntaxKind } = morph();
	if (!source.getFullText().includes('typeof')) return false;
	const queries = holdersOf(source, ranges).map((name) => `typeof ${name}`);
	const aliases = source
		.getTypeAliases()
		.filter((one) => queries.includes(one.getTypeNode()?.getText() ?? ''))
		.map((one) => one.getName());
	const types = [...queries, ...aliases];
	const isWhole = (value: Morph.Expression | undefined): boolean => {
		const object = objectIn(value);
		return object?.getProperties().every((one) => !Node.isSpreadAssignment(one)) ?? false;
	};
	const isTyped = (type: Morph.TypeNode | undefined): boolean =>
		types.includes(type?.getText() ?? '');
	const constants = source.getDescendantsOfKind(SyntaxKind.VariableDeclaration);
	return (
		constants.some((one) => isTyped(one.getTypeNode()) && isWhole(one.getInitializer())) ||
		source
			.getDescendantsOfKind(SyntaxKind.ReturnStatement)
			.some(
				(one) =>
					isTyped(one.getFirstAncestor(Node.isReturnTyped)?.getReturnTypeNode()) &&
					isWhole(one.getExpression()),
			)
	);
}
