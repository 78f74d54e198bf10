// The text of a node as it would be at the margin: its further lines are indented from there.
import type { Morph } from '../../text/source.ts';
import { indentAt } from './place.ts';

/** The text with what its own line is indented by taken off its further lines, and with bare line ends. */
export function textAtMargin(node: Morph.Node): string {
	const indent = indentAt(node.getSourceFile().getFullText(), node.getStart());
	return node.getText().replaceAll('\r', '').replaceAll(`\n${indent}`, '\n');
}
