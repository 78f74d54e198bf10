// One more member of a class of settings, by its exported instance or as a static.
import type { Import, Insertion, KeyPlan } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { member, ready, unclear } from '../dialect.ts';
import { type IsSetting, SETTINGS, type Setting } from '../module/class-settings.ts';
import { readsVariable } from '../module/environment.ts';
import { exportedValues, exportOf } from '../module/exports.ts';
import { nameLike, replaceWord, usualFor, wordsOf } from '../module/names.ts';
import { unwrap } from '../module/object-literal.ts';
import { strangeness } from '../module/purpose.ts';
import { classesIn } from '../module/statements.ts';
import { bodyLike } from './body.ts';
import { copied } from './copied.ts';
import { placeMember } from './place.ts';

type Way = { import: Import; base: string };

/** A class whose members can be read from another module without making anything. */
export type ClassModule = Way & { owner: Morph.ClassDeclaration; settings: Setting[] };

/** What a class with one variable has to be called: others have a setting or two beside what they do. */
const CONFIGURATION =
	/^(?:app|application|server|agent|project|base)?(?:config\w*|settings|env|environment|secrets|variables)$/i;

/** The first class of settings of a module. */
export function classModule(source: Morph.SourceFile, isSetting: IsSetting): ClassModule | null {
	for (const settingsOf of SETTINGS) {
		for (const owner of classesIn(source)) {
			const all = settingsOf(owner, isSetting);
			const name = owner.getName();
			if (name === undefined || strangenessOf(owner, all) !== null) continue;
			const isEnough = all.length > 1 || (all.length === 1 && CONFIGURATION.test(name));
			const way = isEnough ? wayTo(owner, name, all) : null;
			if (way) return { owner, ...way };
		}
	}
	return null;
}

/** Why a class of settings is no place for an address; null when it may be one. */
export function strangenessOf(owner: Morph.ClassDeclaration, settings: Setting[]): string | null {
	const values = settings.map(({ value }) => value);
	const name = owner.getName() ?? '';
	return strangeness(owner.getSourceFile(), { name, exported: name, values, types: [] });
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
	const singleton = owner.getStaticMethods().find((method) => {
		const isPlain = method.getParameters().length === 0 && !method.isAsync();
		return (
			isPlain && method.getDescendants().some((node) => Node.isExpression(node) && makes(node))
		);
	});
	const given = singleton && `${name}.${singleton.getName()}()`;
	const exported = exportedValues(source, 'config').find(
		({ value }) => makes(value) || unwrap(value).getText() === given,
	);
	if (exported) return { import: exported.import, base: exported.import.name };
	const how = exportOf(source, name);
	if (!how) return null;
	const held = owner
		.getStaticProperties()
		.find((one) => Node.isPropertyDeclaration(one) && makes(one.getInitializer()));
	if (held) return { import: how, base: member(how.name, [held.getName()]) };
	return singleton ? { import: how, base: `${member(how.name, [singleton.getName()])}()` } : null;
}

/** How a value for the variable is told, and written. */
interface Manner {
	variable: string;
	/** Whether a value is the variable's. */
	gives(value: Morph.Expression): boolean;
	/** The word in a sibling that stands for its variable; null where a copy would be something else. */
	copyable(value: Morph.Expression): string | null;
	/** What takes the place of that word. */
	by: string;
	/** The value of a new member where no sibling may be copied. */
	otherwise: string;
}

/** The name of a private field for a variable, in the manner of another one. */
function heldName(held: string, variable: string): string {
	const mark = /^[#_]+/.exec(held)?.[0] ?? '';
	return mark + nameLike(wordsOf(variable), [held.slice(mark.length)]);
}

/** True for a part whose own type is a text, or that has none. */
function isText(part: Morph.Node): boolean {
	const { Node } = morph();
	const type = Node.isPropertyDeclaration(part)
		? part.getTypeNode()
		: Node.isGetAccessorDeclaration(part)
			? part.getReturnTypeNode()
			: undefined;
	return type === undefined || /^string(?: \| undefined)?$/.test(type.getText());
}

/** The texts of a new setting's parts, as those of the most usual one; a plain field where none may be copied. */
function textsOf({ settings }: ClassModule, name: string, manner: Manner): string[] | null {
	const { variable, by } = manner;
	const candidates = settings.flatMap((setting) => {
		const word = manner.copyable(setting.value);
		if (word === null || !setting.parts.every(isText)) return [];
		const texts = setting.parts.map((part) => {
			const copy = { value: setting.value, word, by, variable };
			const text = replaceWord(copied(part.getText(), copy), setting.name, name);
			return setting.held === null
				? text
				: replaceWord(text, setting.held, heldName(setting.held, variable));
		});
		return [{ name: setting.name, texts, text: texts.at(-1) ?? '' }];
	});
	const usual = usualFor(candidates, variable)?.texts;
	const [part, set, ...others] = settings[0]?.parts ?? [];
	if (usual || !part || others.length > 0) return usual ?? null;
	const { Node } = morph();
	const modifiers = Node.isModifierable(part)
		? part.getModifiers().map((one) => one.getText())
		: [];
	const end = /;\s*\}?$/.test(part.getText()) ? ';' : '';
	if (Node.isGetAccessorDeclaration(part) && settings.every(isGetter)) {
		const head = [...modifiers, 'get', `${name}(): string | undefined`].join(' ');
		return [`${head} ${bodyLike(part, `return ${manner.otherwise}${end}`)}`];
	}
	const field = [...modifiers, name].join(' ');
	if (!set) return [`${field} = ${manner.otherwise}${end}`];
	// A field that the constructor sets.
	return Node.isExpressionStatement(set)
		? [`${field}: string | undefined${end}`, `this.${name} = ${manner.otherwise}${end}`]
		: null;
}

function isGetter({ parts }: Setting): boolean {
	return morph().Node.isGetAccessorDeclaration(parts[0]);
}

/** The member for the variable: reused, else added beside its siblings. */
export function planMember(found: ClassModule, manner: Manner): KeyPlan {
	const { settings, base, owner } = found;
	const { variable } = manner;
	const there = settings.find(({ value }) => manner.gives(value));
	if (there) return ready(found.import, member(base, [there.name]));
	const names = settings.map((setting) => setting.name);
	const name = nameLike(wordsOf(variable), names);
	const snippet = `${name} = ${manner.otherwise};`;
	const held = settings.flatMap((setting) => setting.held ?? [])[0];
	const fresh = held === undefined ? [name] : [name, heldName(held, variable)];
	const isTaken = owner
		.getMembers()
		.some((one) => 'getName' in one && fresh.includes(one.getName()));
	if (isTaken || readsVariable(owner.getSourceFile(), variable)) {
		const what = isTaken ? name : variable;
		return unclear(`it already has ${what}, but not as a plain value`, snippet);
	}
	const texts = textsOf(found, name, manner);
	if (!texts) return unclear('its fields give no example for a new one', snippet);
	return ready(found.import, member(base, [name]), insertionsOf(found, texts, { name, variable }));
}

function insertionsOf(
	{ owner, settings }: ClassModule,
	texts: string[],
	{ name, variable }: { name: string; variable: string },
): Insertion[] {
	const isOneLine = !owner.getText().includes('\n');
	const names = settings.map((setting) => setting.name);
	return texts.flatMap((part, index) => {
		const text = isOneLine && !/[;}]$/.test(part) ? `${part};` : part;
		const nodes = settings.flatMap(({ parts }) => parts[index] ?? []);
		return placeMember({ nodes, names, separator: '' }, { name, text, variable });
	});
}
