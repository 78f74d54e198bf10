// How a module would read one more variable from process.env itself. Text only.
import { type Morph, morph } from '../../source.ts';
import { directRead } from '../module/environment.ts';
import { mostCommon, replaceWord } from './names.ts';

/** `process.env.X` in the form that is usual within a node: dotted, with brackets and its quotes, or by another name. */
export function plainRead(within: Morph.Node, variable: string): string {
	const { SyntaxKind } = morph();
	const nodes = [
		...within.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression),
		...within.getDescendantsOfKind(SyntaxKind.ElementAccessExpression),
	];
	const reads = nodes.flatMap((node) => {
		const name = directRead(node);
		return name === null ? [] : [{ name, text: replaceWord(node.getText(), name, variable) }];
	});
	return mostCommon(reads, variable)?.text ?? `process.env.${variable}`;
}
