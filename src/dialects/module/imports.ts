// What a module imports, and under which names.
import { type Morph, morph } from '../../text/source.ts';
import { statementsOf } from './inert.ts';
import { remembered } from './remembered.ts';

export interface Imported {
	/** The name in this module. */
	local: string;
	/** The name in the other module; '' for the whole of it, by a default or namespace import. */
	name: string;
	/** The specifier, e.g. `zod`. */
	from: string;
	isType: boolean;
	declaration: Morph.ImportDeclaration;
}

function importDeclarations(source: Morph.SourceFile): Morph.ImportDeclaration[] {
	const { Node, ts } = morph();
	return statementsOf(source, ts.isImportDeclaration).filter(Node.isImportDeclaration);
}

/** Every name that a module imports. */
export const importsOf = remembered((source: Morph.SourceFile): Imported[] =>
	importDeclarations(source).flatMap((declaration) => {
		const from = declaration.getModuleSpecifierValue();
		const isType = declaration.isTypeOnly();
		const whole = [declaration.getDefaultImport(), declaration.getNamespaceImport()];
		const named = declaration.getNamedImports().map((one) => ({
			local: one.getAliasNode()?.getText() ?? one.getName(),
			name: one.getName(),
			isType: isType || one.isTypeOnly(),
		}));
		const all = whole.flatMap((one) => (one ? { local: one.getText(), name: '', isType } : []));
		return [...all, ...named].map((one) => ({ ...one, from, declaration }));
	}),
);

/** True for a name that the module imports from anywhere. */
export function isImported(node: Morph.Node): boolean {
	if (!morph().Node.isIdentifier(node)) return false;
	return importsOf(node.getSourceFile()).some(({ local }) => local === node.getText());
}
