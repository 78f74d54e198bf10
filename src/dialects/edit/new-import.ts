// One more name in an import of named things.
import type { Insertion } from '../../model.ts';
import type { Morph } from '../../source.ts';
import { sortedAfter } from './names.ts';
import { indentAt, lineEndAt } from './place.ts';

/** Adds a name: in its place where the others are sorted, else at the end. Nothing where there are no others. */
export function importName(declaration: Morph.ImportDeclaration, name: string): Insertion[] {
	const nodes = declaration.getNamedImports();
	const names = nodes.map((one) => one.getName());
	const after = nodes[sortedAfter(names, name, 2) ?? nodes.length - 1] ?? nodes[0];
	if (!after) return [];
	const text = declaration.getSourceFile().getFullText();
	const line = `${lineEndAt(text, after.getStart())}${indentAt(text, after.getStart())}`;
	const space = declaration.getText().includes('\n') ? line : ' ';
	return [{ at: after.getEnd(), text: `,${space}${name}` }];
}
