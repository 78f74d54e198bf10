// Constants that a module takes from its validated values one by one: `export const DATABASE_URL = env.DATABASE_URL`.
import type { Access, KeyPlan } from '../../model.ts';
import type { Morph } from '../../source.ts';
import { member, ready, unclear } from '../dialect.ts';
import { mostRelated, nameLike, sortedAfter, wordsOf } from '../edit/names.ts';
import { placeAfter } from '../edit/place.ts';
import { exportedValues } from '../module/exports.ts';
import { type Leaf, leafOf } from './validated-leaves.ts';
import type { Search, Slot } from './validation.ts';

export interface Constant {
	import: Access['import'];
	name: string;
	leaf: Leaf;
	statement: Morph.VariableStatement;
}

/** The exported constants, in the order of the file. */
export function selectedConstants(source: Morph.SourceFile, search: Search): Constant[] {
	return exportedValues(source).flatMap(({ import: how, name, value, declaration }) => {
		const leaf = leafOf(value, search);
		const statement = declaration?.getVariableStatement();
		const isOwn = statement?.hasExportKeyword() && statement.getDeclarations().length === 1;
		return leaf && statement && isOwn ? [{ import: how, name, leaf, statement }] : [];
	});
}

/** The constant for a slot: reused, else beside the most related one. */
export function planConstant(
	constants: Constant[],
	slot: Extract<Slot, { path: string[] }>,
	variable: string,
): KeyPlan {
	const wanted = slot.path.join('.');
	const there = constants.find(({ leaf }) => leaf.path.join('.') === wanted);
	if (there) return ready(there.import, there.name, slot.insertions);
	const names = constants.map(({ name }) => name);
	const name = nameLike(wordsOf(variable), names);
	const base = constants.find(({ leaf }) => leaf.base !== null)?.leaf.base;
	const related = mostRelated(names, variable);
	const index = sortedAfter(names, name) ?? (related < 0 ? names.length - 1 : related);
	const anchor = constants[Math.max(index, 0)];
	if (!base || !anchor) return unclear('its constants are not plain ones', wanted);
	const { statement } = anchor;
	const end = statement.getText().endsWith(';') ? ';' : '';
	const text = `export const ${name} = ${member(base, slot.path)}${end}`;
	if (statement.getSourceFile().getLocal(name)) {
		return unclear(`it has another thing that is called ${name}`, text);
	}
	const nodes = constants.map((one) => one.statement);
	const at = statement.getEnd();
	const placed = placeAfter(nodes, { index: Math.max(index, 0), at, member: text });
	return ready({ kind: 'named', name }, name, [...slot.insertions, placed]);
}
