// The body of a new getter, laid out as that of another one.
import type { Morph } from '../../text/source.ts';
import { indentAt, lineEndAt } from './place.ts';

/** A body of one statement, on lines of its own where that of the getter is. */
export function bodyLike(getter: Morph.GetAccessorDeclaration, statement: string): string {
	const [first] = getter.getStatements();
	const text = getter.getSourceFile().getFullText();
	if (!first || !getter.getText().includes('\n')) return `{ ${statement} }`;
	const lineEnd = lineEndAt(text, getter.getStart());
	const indent = (node: Morph.Node) => `${lineEnd}${indentAt(text, node.getStart())}`;
	return `{${indent(first)}${statement}${indent(getter)}}`;
}
