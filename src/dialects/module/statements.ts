// The functions and classes of a module, without a look at its other statements.
import { type Morph, morph } from '../../text/source.ts';
import { statementsOf } from './inert.ts';
import { remembered } from './remembered.ts';

/** The functions of a module, in order: of one with overloads that which has a body. */
export const functionsIn = remembered((source: Morph.SourceFile): Morph.FunctionDeclaration[] => {
	const { Node, ts } = morph();
	return statementsOf(source, ts.isFunctionDeclaration)
		.filter(Node.isFunctionDeclaration)
		.filter((one) => one.isAmbient() || one.isImplementation());
});

/** The functions of a module by their names. */
export const functionsOf = remembered(
	(source: Morph.SourceFile) =>
		new Map(functionsIn(source).map((one) => [one.getName() ?? '', one])),
);

/** The classes of a module, in order. */
export const classesIn = remembered((source: Morph.SourceFile): Morph.ClassDeclaration[] => {
	const { Node, ts } = morph();
	return statementsOf(source, ts.isClassDeclaration).filter(Node.isClassDeclaration);
});
