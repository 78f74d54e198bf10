// Objects of what has to be there, as `const required = { DATABASE_URL: config.databaseUrl }`: one entry for the new variable.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import type { Ready } from '../dialect.ts';
import { mostRelated } from '../module/names.ts';
import { keyOf } from '../module/object-literal.ts';
import { goesInto } from './insertions.ts';
import { placeMember } from './place.ts';
import { aboutOne, type Fresh, redescribed, type Sibling, said } from './said.ts';

const DEMANDING = /required|mandatory|needed|must/i;

interface Wanted {
	siblings: Sibling[];
	fresh: Fresh;
	plan: Ready;
}

export function inTables(source: Morph.SourceFile, wanted: Wanted): Insertion[] {
	const { Node, SyntaxKind, ts } = morph();
	const tables = nodesBelow(source, ts.isObjectLiteralExpression);
	return tables.filter(Node.isObjectLiteralExpression).flatMap((table) => {
		const holder = table.getParentIfKind(SyntaxKind.VariableDeclaration);
		return holder && DEMANDING.test(holder.getName()) ? inTable(table, wanted) : [];
	});
}

function inTable(
	table: Morph.ObjectLiteralExpression,
	{ siblings, fresh, plan }: Wanted,
): Insertion[] {
	const nodes = table.getProperties();
	if (goesInto(table, plan.insertions)) return [];
	const about = nodes.map((node) => aboutOne(node.getText(), siblings)?.name ?? null);
	const related = mostRelated(about, fresh.variable);
	const at = related >= 0 ? related : about.findIndex((name) => name !== null);
	const sibling = siblings.find(({ name }) => name === about[at]);
	const copy = sibling && said(nodes[at]?.getText() ?? '', sibling, fresh);
	if (!copy) return [];
	const text = redescribed(copy, fresh.variable);
	const names = nodes.map(keyOf);
	const name = /^[\w$]+/.exec(text)?.[0] ?? text;
	if (names.includes(name)) return [];
	return placeMember({ nodes, names, separator: ',' }, { name, text, variable: fresh.variable });
}
