// Whether what was inserted has a name that another of its list has: a property that reads another variable, perhaps.
import { type Morph, morph } from '../../text/source.ts';
import { listAround, nameOf } from './items.ts';
import type { Range } from './twins.ts';

/** The nodes at a place, the outermost first. */
function nodesAt(source: Morph.SourceFile, at: number): Morph.Node[] {
	const found: Morph.Node[] = [];
	let node: Morph.Node | undefined = source;
	while (node) {
		found.push(node);
		node = node.forEachChildAsArray().find((one) => one.getStart() <= at && at < one.getEnd());
	}
	return found;
}

/** The name that would stand twice; null where each stands once. A getter and its setter are one. */
export function twiceNamed(source: Morph.SourceFile, ranges: readonly Range[]): string | null {
	const text = source.getFullText();
	const { Node } = morph();
	for (const { start, end } of ranges) {
		// A comma of the member before may come first.
		const at = start + text.slice(start, end).search(/[^\s,;]/);
		for (const node of nodesAt(source, at)) {
			if (node.getStart() < start || node.getEnd() > end) continue;
			const name = nameOf(node);
			const others = listAround(node)?.nodes.filter((one) => one !== node) ?? [];
			const isThere = (one: Morph.Node) =>
				!Node.isSetAccessorDeclaration(one) && nameOf(one) === name;
			if (name && others.some(isThere)) return name;
		}
	}
	return null;
}
