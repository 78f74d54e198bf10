// Dialect `adonis`: `export default await Env.create(folder, { DATABASE_URL: Env.schema.string(), … })`.
import type { Import, KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, ready, unclear } from './dialect.ts';
import { addEntry } from './edit/new-entry.ts';
import { exportedValues } from './module/exports.ts';
import { argumentsOf, libraryPath } from './module/library-calls.ts';
import { mostTelling } from './module/names.ts';
import { type Entry, entriesOf, findEntry, unwrap } from './module/object-literal.ts';
import { literalOf } from './module/origins.ts';

const ADONIS = /^@adonisjs\/(?:core\/)?env$/;

interface Created {
	import: Import;
	list: Morph.ObjectLiteralExpression | null;
	/** How the module writes the library: `Env`. */
	library: string;
}

/** What the module exports of `Env.create`. */
function createdIn(source: Morph.SourceFile): Created | null {
	const { Node } = morph();
	const found = exportedValues(source, 'env').flatMap(({ value, import: how }): Created[] => {
		const inner = unwrap(value);
		const call = Node.isAwaitExpression(inner) ? unwrap(inner.getExpression()) : undefined;
		const callee = Node.isCallExpression(call) ? call.getExpression() : undefined;
		if (!Node.isCallExpression(call) || !Node.isPropertyAccessExpression(callee)) return [];
		if (libraryPath(callee, ADONIS) !== 'Env.create') return [];
		const list = literalOf(argumentsOf(call)[1]);
		return [{ import: how, list, library: callee.getExpression().getText() }];
	});
	return found[0] ?? null;
}

/** A text, required or not; a format is demanded of one variable alone. */
function textRule({ value }: Entry): { optional: boolean } | null {
	const callee = morph().Node.isCallExpression(value ?? undefined)
		? value?.getFirstChild()
		: undefined;
	const path = callee ? libraryPath(callee, ADONIS) : null;
	const rule = /^Env\.schema\.string(\.optional)?$/.exec(path ?? '');
	return rule && { optional: rule[1] !== undefined };
}

function planRule(source: Morph.SourceFile, variable: string): KeyPlan {
	const created = createdIn(source);
	const text = `${created?.library ?? 'Env'}.schema.string`;
	const snippet = `${variable}: ${text}(),`;
	if (!created?.list) return unclear('its variables are listed in another module', snippet);
	const { list, import: how } = created;
	const expression = `${how.name}.get('${variable}')`;
	const there = findEntry(list, variable);
	if (there) {
		if (textRule(there)) return ready(how, expression);
		return unclear(`its ${variable} is not checked as a text`, snippet);
	}
	const rules = entriesOf(list).flatMap((entry) => {
		const rule = textRule(entry);
		return rule ? [{ name: entry.key, ...rule }] : [];
	});
	const telling = mostTelling(rules, variable);
	const isOptional = telling.filter(({ optional }) => optional).length * 2 > telling.length;
	const otherwise = `${text}${isOptional ? '.optional' : ''}()`;
	const added = addEntry(list, { variable, key: variable, otherwise });
	if (!added) return unclear('its list of variables leaves no place for the new one', snippet);
	return ready(how, expression, added.insertions);
}

export const adonisDialect: Dialect = {
	name: 'adonis',
	mention: /@adonisjs\//,
	recognise: (source) => createdIn(source) !== null,
	addKey: planRule,
};
