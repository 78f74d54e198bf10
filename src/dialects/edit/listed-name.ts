// One more variable in a list of names: the elements of an array, or the arguments of a call.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { fileOf } from '../module/elsewhere.ts';
import { placeMember } from './place.ts';

/** The insertions that put the variable among the names; none where it is one of them. */
export function placeName(nodes: Morph.Node[], variable: string): Insertion[] {
	const { Node } = morph();
	const names = nodes.map((one) => (Node.isStringLiteral(one) ? one.getLiteralText() : null));
	const [first] = nodes;
	if (!first || names.includes(variable)) return [];
	const quote = first.getText().charAt(0);
	const added = { name: variable, text: `${quote}${variable}${quote}`, variable };
	const placed = placeMember({ nodes, names, separator: ',' }, added);
	// Before the first name there is no blank that would part the new one from the bracket.
	const isBare = placed.length === 0 || placed[0]?.at === first.getStart();
	return isBare ? [{ at: first.getStart(), text: `${added.text}, `, ...fileOf(first) }] : placed;
}
