// Dialect `class`: fields and getters that read the environment, by the class's exported instance or as statics.
import type { Import, KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, member, ready, unclear } from './dialect.ts';
import { copied } from './edit/copied.ts';
import { nameLike, replaceWord, usualFor, wordsOf } from './edit/names.ts';
import { placeMember } from './edit/place.ts';
import { keyLine, plainRead } from './edit/plain-read.ts';
import { SETTINGS, type Setting } from './module/class-settings.ts';
import { readsVariable } from './module/environment.ts';
import { exportedValues, exportOf } from './module/exports.ts';
import { unwrap } from './module/object-literal.ts';
import { strangeness } from './module/purpose.ts';
import { copyableRead, readOf } from './module/reads.ts';

type Way = { import: Import; base: string };

type ClassModule = Way & { owner: Morph.ClassDeclaration; settings: Setting[] };

/** What a class with one variable has to be called: others have a setting or two beside what they do. */
const CONFIGURATION =
	/^(?:app|application|server|agent|project|base)?(?:config\w*|settings|env|environment|secrets|variables)$/i;

/** The class whose members can be read from another module without making anything. */
function classModule(source: Morph.SourceFile): ClassModule | null {
	for (const settingsOf of SETTINGS) {
		for (const owner of source.getClasses()) {
			const all = settingsOf(owner);
			const name = owner.getName();
			if (name === undefined || strangenessOf(owner, all) !== null) continue;
			const isEnough = all.length > 1 || (all.length === 1 && CONFIGURATION.test(name));
			const way = isEnough ? wayTo(owner, name, all) : null;
			if (way) return { owner, ...way };
		}
	}
	return null;
}

function strangenessOf(owner: Morph.ClassDeclaration, settings: Setting[]): string | null {
	const values = settings.map(({ value }) => value);
	const name = owner.getName() ?? '';
	return strangeness(owner.getSourceFile(), { name, exported: name, values, types: [] });
}

/** Why the first class of settings is no place for an address; null when there is none. */
export function strangeClass(source: Morph.SourceFile): string | null {
	const found = source.getClasses().flatMap((owner) => {
		const all = SETTINGS.flatMap((settingsOf) => settingsOf(owner));
		return all.length > 0 ? (strangenessOf(owner, all) ?? []) : [];
	});
	return found[0] ?? null;
}

function wayTo(
	owner: Morph.ClassDeclaration,
	name: string,
	all: Setting[],
): Omit<ClassModule, 'owner'> | null {
	const statics = all.filter(({ isStatic }) => isStatic);
	const own = all.filter(({ isStatic }) => !isStatic);
	const instance = own.length > 0 ? instanceOf(owner, name) : null;
	if (instance) return { ...instance, settings: own };
	const how = statics.length > 0 ? exportOf(owner.getSourceFile(), name) : null;
	return how && { import: how, base: how.name, settings: statics };
}

/** `export const config = new Config()`, `static readonly instance = new Config()` or a static method that makes one. */
function instanceOf(owner: Morph.ClassDeclaration, name: string): Way | null {
	const { Node } = morph();
	const makes = (value: Morph.Expression | undefined) => {
		const made = value && unwrap(value);
		if (!Node.isNewExpression(made) || made.getArguments().length > 0) return false;
		return made.getExpression().getText() === name;
	};
	const source = owner.getSourceFile();
	const exported = exportedValues(source, 'config').find(({ value }) => makes(value));
	if (exported) return { import: exported.import, base: exported.import.name };
	const how = exportOf(source, name);
	if (!how) return null;
	const held = owner
		.getStaticProperties()
		.find((one) => Node.isPropertyDeclaration(one) && makes(one.getInitializer()));
	if (held) return { import: how, base: member(how.name, [held.getName()]) };
	const singleton = owner.getStaticMethods().find((method) => {
		const isPlain = method.getParameters().length === 0 && !method.isAsync();
		return (
			isPlain && method.getDescendants().some((node) => Node.isExpression(node) && makes(node))
		);
	});
	return singleton ? { import: how, base: `${member(how.name, [singleton.getName()])}()` } : null;
}

/** The name of a private field for a variable, in the manner of another one. */
function heldName(held: string, variable: string): string {
	const mark = /^[#_]+/.exec(held)?.[0] ?? '';
	return mark + nameLike(wordsOf(variable), [held.slice(mark.length)]);
}

/** The texts of a new setting's parts, as those of the most usual one; a plain field where none may be copied. */
function textsOf({ settings, owner }: ClassModule, name: string, variable: string) {
	const candidates = settings.flatMap((setting) => {
		const word = copyableRead(setting.value);
		if (word === null) return [];
		const texts = setting.parts.map((part) => {
			const copy = { value: setting.value, word, by: variable, variable };
			const text = replaceWord(copied(part.getText(), copy), setting.name, name);
			return setting.held === null
				? text
				: replaceWord(text, setting.held, heldName(setting.held, variable));
		});
		return [{ name: setting.name, texts, text: texts.at(-1) ?? '' }];
	});
	const usual = usualFor(candidates, variable)?.texts;
	const [part, ...others] = settings[0]?.parts ?? [];
	if (usual || !part || others.length > 0) return usual ?? null;
	const { Node } = morph();
	const modifiers = Node.isModifierable(part)
		? part.getModifiers().map((one) => one.getText())
		: [];
	const end = part.getText().endsWith(';') ? ';' : '';
	return [[...modifiers, name, '=', plainRead(owner, variable)].join(' ') + end];
}

function planMember(source: Morph.SourceFile, variable: string): KeyPlan {
	const found = classModule(source);
	if (!found) return unclear('its class is not made here', keyLine(source, variable));
	const { settings, base, owner } = found;
	const there = settings.find(({ value }) => readOf(value)?.variable === variable);
	if (there) return ready(found.import, member(base, [there.name]));
	const names = settings.map((setting) => setting.name);
	const name = nameLike(wordsOf(variable), names);
	const snippet = `${name} = ${plainRead(owner, variable)};`;
	const held = settings.flatMap((setting) => setting.held ?? [])[0];
	const fresh = held === undefined ? [name] : [name, heldName(held, variable)];
	const isTaken = owner
		.getMembers()
		.some((one) => 'getName' in one && fresh.includes(one.getName()));
	if (isTaken || readsVariable(source, variable)) {
		return unclear(
			`it already has ${isTaken ? name : variable}, but not as a plain value`,
			snippet,
		);
	}
	const texts = textsOf(found, name, variable);
	if (!texts) return unclear('its fields give no example for a new one', snippet);
	const isOneLine = !owner.getText().includes('\n');
	const insertions = texts.flatMap((part, index) => {
		const text = isOneLine && !/[;}]$/.test(part) ? `${part};` : part;
		const nodes = settings.flatMap(({ parts }) => parts[index] ?? []);
		return placeMember({ nodes, names, separator: '' }, { name, text, variable });
	});
	return ready(found.import, member(base, [name]), insertions);
}

export const classDialect: Dialect = {
	name: 'class',
	mention: ENVIRONMENT,
	recognise: (source) => classModule(source) !== null,
	addKey: planMember,
};
