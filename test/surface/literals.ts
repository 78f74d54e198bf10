// A union of string literals in a file of types -> its members, each with the comment above it.
import { readFileSync } from 'node:fs';
import { morph, parse } from '../../src/text/source.ts';

export interface Literal {
	value: string;
	/** The text of the comment; empty without one. */
	comment: string;
}

/** The members of every union of literals in the file, in their order. */
export function literalsIn(path: string): Literal[] {
	const { Node, SyntaxKind } = morph();
	const file = parse(path, readFileSync(path, 'utf8'));
	const unions = file.getDescendantsOfKind(SyntaxKind.UnionType);
	return unions.flatMap((union) => {
		const members = union.getTypeNodes();
		return members.flatMap((member, index) => {
			const literal = Node.isLiteralTypeNode(member) ? member.getFirstChild() : undefined;
			if (!Node.isStringLiteral(literal)) return [];
			const start = members[index - 1]?.getEnd() ?? union.getParentOrThrow().getStart();
			const above = file.getFullText().slice(start, member.getStart());
			return [
				{ value: literal.getLiteralValue(), comment: /\/\*\* (.+) \*\//.exec(above)?.[1] ?? '' },
			];
		});
	});
}
