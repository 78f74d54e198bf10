// One more name in an import that is there.
import type { Insertion } from '../../model/key-plan.ts';
import type { Morph } from '../../text/source.ts';
import { fileOf } from '../module/elsewhere.ts';
import { sortedAfter } from '../module/names.ts';
import { indentAt, lineEndAt } from './place.ts';

/** In its place where the others are sorted, else at the end. */
export function importName(declaration: Morph.ImportDeclaration, name: string): Insertion[] {
	const nodes = declaration.getNamedImports();
	const names = nodes.map((one) => one.getName());
	const after = nodes[sortedAfter(names, name, 2) ?? nodes.length - 1] ?? nodes[0];
	if (!after) return [];
	const text = declaration.getSourceFile().getFullText();
	const line = `${lineEndAt(text, after.getStart())}${indentAt(text, after.getStart())}`;
	const space = declaration.getText().includes('\n') ? line : ' ';
	return [{ at: after.getEnd(), text: `,${space}${name}`, ...fileOf(after) }];
}
