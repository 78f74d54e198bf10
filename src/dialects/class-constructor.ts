// Dialect `class`, with fields that the constructor sets: `this.databaseUrl = required('DATABASE_URL')`.
import type { KeyPlan } from '../model.ts';
import { type Morph, morph } from '../source.ts';
import { instanceOf } from './class.ts';
import type { Dialect } from './dialect.ts';
import { member, ready, unclear } from './dialect.ts';
import { mostCommon, nameLike, replaceWord, wordsOf } from './edit/names.ts';
import { placeMember } from './edit/place.ts';
import { variablesRead } from './module/environment.ts';
import { readOf, readsAnything } from './module/reads.ts';

/** A declared field and the statement that sets it. */
interface Setting {
	name: string;
	field: Morph.PropertyDeclaration;
	statement: Morph.ExpressionStatement;
	value: Morph.Expression;
}

function settingsOf(owner: Morph.ClassDeclaration): Setting[] {
	const { Node } = morph();
	const statements = owner.getConstructors()[0]?.getStatements() ?? [];
	return statements.filter(Node.isExpressionStatement).flatMap((statement) => {
		const set = statement.getExpression();
		if (!Node.isBinaryExpression(set) || set.getOperatorToken().getText() !== '=') return [];
		const [left, value] = [set.getLeft(), set.getRight()];
		if (!Node.isPropertyAccessExpression(left) || !Node.isThisExpression(left.getExpression()))
			return [];
		const field = owner.getInstanceProperty(left.getName());
		if (!Node.isPropertyDeclaration(field) || field.getScope() !== 'public') return [];
		return readsAnything(value) ? [{ name: left.getName(), field, statement, value }] : [];
	});
}

function ownerOf(source: Morph.SourceFile) {
	return source.getClasses().flatMap((owner) => {
		const settings = settingsOf(owner);
		const needs = owner
			.getConstructors()[0]
			?.getParameters()
			.some((one) => !one.isOptional());
		const way = instanceOf(source, owner, owner.getName() ?? '');
		return settings.length > 1 && !needs && way ? [{ owner, settings, way }] : [];
	})[0];
}

/** The field and the statement of the most usual setting, under the new name. */
function copies(settings: Setting[], name: string, variable: string) {
	const candidates = settings.flatMap((setting) => {
		const read = readOf(setting.value);
		if (!read?.copyable) return [];
		const text = replaceWord(setting.statement.getText(), read.variable, variable);
		return [
			{ name: setting.name, field: setting.field, text: replaceWord(text, setting.name, name) },
		];
	});
	const best = mostCommon(candidates, variable);
	return (
		best && { field: replaceWord(best.field.getText(), best.name, name), statement: best.text }
	);
}

function addSetting(source: Morph.SourceFile, variable: string): KeyPlan {
	const found = ownerOf(source);
	const snippet = `process.env.${variable}`;
	if (!found) return unclear('its class is not made here', snippet);
	const { settings, way, owner } = found;
	const there = settings.find(({ value }) => readOf(value)?.variable === variable);
	if (there) return ready(way.import, member(way.base, [there.name]));
	const names = settings.map((setting) => setting.name);
	const name = nameLike(wordsOf(variable), names);
	const text = copies(settings, name, variable);
	const taken = owner.getMembers().some((node) => 'getName' in node && node.getName() === name);
	if (!text || taken || variablesRead(source).has(variable)) {
		return unclear('its fields give no example for a new one', snippet);
	}
	const place = (nodes: Morph.Node[], added: string) =>
		placeMember({ nodes, names, separator: '' }, { name, text: added, variable });
	return ready(way.import, member(way.base, [name]), [
		...place(
			settings.map(({ field }) => field),
			text.field,
		),
		...place(
			settings.map(({ statement }) => statement),
			text.statement,
		),
	]);
}

export const classConstructorDialect: Dialect = {
	name: 'class',
	recognise: (source) => ownerOf(source) !== undefined,
	addKey: addSetting,
};
