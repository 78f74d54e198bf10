// One more variable in a list of names: the elements of an array, or the arguments of a call.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { placeMember } from './place.ts';

/** The insertions that put the variable among the names; none where it is one of them. */
export function placeName(nodes: Morph.Node[], variable: string): Insertion[] {
	const { Node } = morph();
	const names = nodes.map((one) => (Node.isStringLiteral(one) ? one.getLiteralText() : null));
	const [first] = nodes;
	if (!first || names.includes(variable)) return [];
	const quote = first.getText().charAt(0);
	const added = { name: variable, text: `${quote}${variable}${quote}`, variable };
	return placeMember({ nodes, names, separator: ',' }, added);
}
