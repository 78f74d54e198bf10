// An exported object that selects from the values which a library has checked: `{ databaseUrl: env.DATABASE_URL }`.
import type { KeyPlan } from '../../model.ts';
import { type Morph, morph } from '../../source.ts';
import { member, ready, unclear } from '../dialect.ts';
import { follow, type Given } from '../module/given.ts';
import { leavesOf, objectIn } from '../module/object-literal.ts';
import { addEntry } from './new-entry.ts';
import { addToTypes } from './type-members.ts';

export interface Mapping {
	given: Given;
	object: Morph.ObjectLiteralExpression;
	/** The expression that makes the checked values. */
	checked: Morph.Expression;
}

/** `env.DATABASE_URL`, where `env` stands for the checked values -> its two sides. */
function selected(node: Morph.Node | null, checked: Morph.Expression) {
	const { Node } = morph();
	if (node === null || !Node.isPropertyAccessExpression(node)) return null;
	const from = node.getExpression();
	return follow(from).value === checked ? { name: node.getName(), from: from.getText() } : null;
}

/** The objects that select from the checked values. */
export function mappingsOf(values: Given[], checked: Morph.Expression): Mapping[] {
	return values.flatMap((given) => {
		const object = objectIn(given.value);
		const selects =
			object && leavesOf(object).some(({ entry }) => selected(entry.value, checked) !== null);
		return selects ? [{ given, object, checked }] : [];
	});
}

/** The entry that selects the variable: reused, else added in the manner of the siblings. */
export function planMapping({ given, object, checked }: Mapping, variable: string): KeyPlan {
	const leaves = leavesOf(object);
	const access = (path: string[], callable: boolean) =>
		`${member(given.base, path)}${callable ? '()' : ''}`;
	const there = leaves.find(({ entry }) => selected(entry.value, checked)?.name === variable);
	if (there) return ready(given.import, access(there.path, there.entry.callable));
	const [first] = leaves.flatMap(({ entry }) => selected(entry.value, checked) ?? []);
	const otherwise = `${first?.from ?? 'env'}.${variable}`;
	const added = addEntry(object, {
		variable,
		otherwise,
		copyable: ({ value }) => selected(value, checked)?.name ?? null,
	});
	if (!added) return unclear('its keys leave no place for the new one', otherwise);
	const typed = addToTypes(given.types, { ...added, variable }, 'string');
	if (!typed) return unclear('its type is declared in another module', otherwise);
	const insertions = [...typed, ...added.insertions];
	return ready(given.import, access(added.path, added.callable), insertions);
}
