// Dialect `class`: fields and getters of a class that read the environment, by its exported instance or as statics.
import type { Access, Insertion, KeyPlan } from '../model.ts';
import { type Morph, morph } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { member, ready, unclear } from './dialect.ts';
import { mostCommon, nameLike, replaceWord, wordsOf } from './edit/names.ts';
import { placeMember } from './edit/place.ts';
import { directReadLike, variablesRead } from './module/environment.ts';
import { exportedValues, exportOf } from './module/exports.ts';
import { onlyReturn, unwrap } from './module/object-literal.ts';
import { readOf, readsAnything } from './module/reads.ts';

type Member = Morph.PropertyDeclaration | Morph.GetAccessorDeclaration;

interface ClassModule {
	owner: Morph.ClassDeclaration;
	/** The public members that read the environment, all static or all of the instance. */
	members: Member[];
	import: Access['import'];
	base: string;
}

function valueOfMember(node: Member): Morph.Expression | null {
	if (morph().Node.isPropertyDeclaration(node)) return node.getInitializer() ?? null;
	return onlyReturn(node.getBody());
}

function publicReaders(owner: Morph.ClassDeclaration): Member[] {
	const { Node } = morph();
	return owner
		.getMembers()
		.filter((node) => Node.isPropertyDeclaration(node) || Node.isGetAccessorDeclaration(node))
		.filter((node) => !node.getName().startsWith('#') && node.getScope() === 'public')
		.filter((node) => {
			const value = valueOfMember(node);
			return value !== null && readsAnything(value);
		});
}

/** The class whose members can be read from another module without making anything. */
function classModule(source: Morph.SourceFile): ClassModule | null {
	for (const owner of source.getClasses()) {
		const readers = publicReaders(owner);
		const statics = readers.filter((node) => node.isStatic());
		const own = readers.filter((node) => !node.isStatic());
		const name = owner.getName();
		if (readers.length < 2 || name === undefined) continue;
		const instance = instanceOf(source, owner, name);
		if (own.length > 0 && instance) return { owner, members: own, ...instance };
		const how = exportOf(source, name);
		if (statics.length > 0 && how) return { owner, members: statics, import: how, base: how.name };
	}
	return null;
}

type Way = Pick<ClassModule, 'import' | 'base'>;

/** `export const config = new Config()`, `static readonly instance = new Config()` or a static method that makes one. */
export function instanceOf(
	source: Morph.SourceFile,
	owner: Morph.ClassDeclaration,
	name: string,
): Way | null {
	const { Node } = morph();
	const makes = (value: Morph.Expression | undefined) => {
		const made = value && unwrap(value);
		if (!Node.isNewExpression(made) || made.getArguments().length > 0) return false;
		return made.getExpression().getText() === name;
	};
	const exported = exportedValues(source).find(({ value }) => makes(value));
	if (exported) return { import: exported.import, base: exported.name };
	const held = owner
		.getStaticProperties()
		.find((one) => Node.isPropertyDeclaration(one) && makes(one.getInitializer()));
	const how = exportOf(source, name);
	if (!how) return null;
	if (held) return { import: how, base: member(how.name, [held.getName()]) };
	const singleton = owner.getStaticMethods().find((method) => {
		const plain = method.getParameters().length === 0 && !method.isAsync();
		return plain && method.getDescendants().some((node) => Node.isExpression(node) && makes(node));
	});
	return singleton ? { import: how, base: `${member(how.name, [singleton.getName()])}()` } : null;
}

/** The most usual member under the new name; else a plain field. */
function memberText({ members, owner }: ClassModule, name: string, variable: string): string {
	const candidates = members.flatMap((node) => {
		const read = readOf(valueOfMember(node));
		if (!read?.copyable) return [];
		const text = node.getText();
		const start = node.getNameNode().getStart() - node.getStart();
		const rest = replaceWord(text.slice(start + node.getName().length), read.variable, variable);
		return [{ name: node.getName(), text: `${text.slice(0, start)}${name}${rest}` }];
	});
	const copied = mostCommon(candidates, variable)?.text;
	if (copied !== undefined) return copied;
	const [first] = members;
	const modifiers = first?.getModifiers().map((one) => `${one.getText()} `) ?? [];
	const value = directReadLike(owner, variable);
	const end = first?.getText().endsWith(';') ? ';' : '';
	return `${modifiers.join('')}${name} = ${value}${end}`;
}

function insertions(module: ClassModule, name: string, variable: string): Insertion[] {
	const { members } = module;
	const text = memberText(module, name, variable);
	const names = members.map((node) => node.getName());
	return placeMember({ nodes: members, names, separator: '' }, { name, text, variable });
}

function addMember(source: Morph.SourceFile, variable: string): KeyPlan {
	const snippet = `process.env.${variable}`;
	const module = classModule(source);
	if (!module) return unclear('its class is not made here', snippet);
	const { members, base, owner } = module;
	const there = members.find((node) => readOf(valueOfMember(node))?.variable === variable);
	if (there) return ready(module.import, member(base, [there.getName()]));
	const name = nameLike(
		wordsOf(variable),
		members.map((node) => node.getName()),
	);
	const taken = owner.getMembers().some((node) => 'getName' in node && node.getName() === name);
	if (taken || variablesRead(source).has(variable)) {
		return unclear(`it already has ${taken ? name : variable}, but not as a plain value`, snippet);
	}
	return ready(module.import, member(base, [name]), insertions(module, name, variable));
}

export const classDialect: Dialect = {
	name: 'class',
	recognise: (source) => classModule(source) !== null,
	addKey: addMember,
};
