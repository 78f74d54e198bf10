// What a module imports from a library, under the names that it has there.
import type { Insertion } from '../../model.ts';
import { type Morph, morph } from '../../source.ts';
import { sortedAfter } from '../edit/names.ts';
import { indentAt, lineEndAt } from '../edit/place.ts';
import { bindingOf } from './scope.ts';

/** The imports of a library, or of one of its parts (`effect/Config`); types are left out. */
export function importsOf(source: Morph.SourceFile, library: string): Morph.ImportDeclaration[] {
	return source
		.getImportDeclarations()
		.filter((one) => one.getModuleSpecifierValue() === library && !one.isTypeOnly());
}

/** The names that stand for the whole library: `import envalid from`, `import * as envalid from`. */
export function libraryNames(source: Morph.SourceFile, library: string): string[] {
	return importsOf(source, library)
		.flatMap((one) => [one.getDefaultImport(), one.getNamespaceImport()])
		.flatMap((name) => (name ? [name.getText()] : []));
}

/** How the module writes an export of a library: `str`, its alias, or `envalid.str`; null when it cannot yet. */
export function writtenName(
	source: Morph.SourceFile,
	library: string,
	name: string,
): string | null {
	const specifier = importsOf(source, library)
		.flatMap((one) => one.getNamedImports())
		.find((one) => one.getName() === name && !one.isTypeOnly());
	if (specifier) return specifier.getAliasNode()?.getText() ?? name;
	const [whole] = libraryNames(source, library);
	return whole === undefined ? null : `${whole}.${name}`;
}

/** The calls whose callee is written so, and is not a local thing of the same name. */
export function callsOf(source: Morph.SourceFile, callee: string): Morph.CallExpression[] {
	const { SyntaxKind } = morph();
	const first = callee.split('.')[0] ?? callee;
	return source
		.getDescendantsOfKind(SyntaxKind.CallExpression)
		.filter((call) => call.getExpression().getText() === callee && !bindingOf(call, first));
}

/** Adds a name to an import of named things: in its place where they are sorted, else at the end. */
export function importName(declaration: Morph.ImportDeclaration, name: string): Insertion[] {
	const nodes = declaration.getNamedImports();
	const names = nodes.map((one) => one.getName());
	const after = nodes[sortedAfter(names, name, 2) ?? nodes.length - 1] ?? nodes[0];
	if (!after) return [];
	const text = declaration.getSourceFile().getFullText();
	const isMultiline = declaration.getText().includes('\n');
	const space = isMultiline
		? `${lineEndAt(text, after.getStart())}${indentAt(text, after.getStart())}`
		: ' ';
	return [{ at: after.getEnd(), text: `,${space}${name}` }];
}
