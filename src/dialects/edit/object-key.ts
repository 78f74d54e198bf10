// A key in an object that a module gives to others: found, or added with its type, and how it is read.
import type { KeyPlan } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { member, ready, unclear, withInsertions } from '../dialect.ts';
import { environmentParameter, readsVariable } from '../module/environment.ts';
import type { GivenObject } from '../module/given.ts';
import { localFunction } from '../module/helper-functions.ts';
import { nameLike, usualFor, wordsOf } from '../module/names.ts';
import { type Entry, entriesOf, type GroupIn, leavesOf } from '../module/object-literal.ts';
import { copyableRead, readOf } from '../module/reads.ts';
import { constantBeside } from './constant-beside.ts';
import { copied } from './copied.ts';
import { addEntry, type Manner } from './new-entry.ts';
import { localRead } from './plain-read.ts';
import { addToTypes, listsKeys, typeReason } from './type-members.ts';

type Target = Pick<GivenObject, 'import' | 'base' | 'object' | 'types'>;

function access({ import: how, base }: Target, path: string[], isCalled: boolean) {
	return ready(how, `${member(base, path)}${isCalled ? '()' : ''}`);
}

/** How the leaf is read that gives what is wanted; null when none does. */
export function keyIn(
	target: Target,
	gives: (value: Entry['value']) => boolean,
	groupIn?: GroupIn,
): KeyPlan | null {
	const there = leavesOf(target.object, groupIn).find(({ entry }) => gives(entry.value));
	return there ? access(target, there.path, there.entry.callable) : null;
}

const NO_PLACE =
	'the key is already used for something else, or it has a group of keys for each environment';

/** `redisUrl: env('REDIS_URL'),` for the user to paste. */
function lineFor({ object }: Target, variable: string, value: string): string {
	const keys = entriesOf(object).map((entry) => entry.key);
	return `${nameLike(wordsOf(variable), keys)}: ${value},`;
}

/** `process.env.X ?? ''` is a text in any case. */
const ALWAYS_TEXT = /(?:\|\||\?\?)\s*(?:''|""|``|['"`]redis:)/;

/** `required('X')` of a function of the module that says that it gives a text. */
function asksForText(within: Morph.Node, text: string, variable: string): boolean {
	const call = new RegExp(`(?<![\\w$.])(this\\.)?([\\w$]+)\\((['"\`])${variable}\\3`).exec(text);
	const [, own, helper = ''] = call ?? [];
	const owner = within.getFirstAncestorByKind(morph().SyntaxKind.ClassDeclaration);
	const callable = own ? owner?.getMethod(helper) : localFunction(within.getSourceFile(), helper);
	return callable ? callable.getReturnTypeNode()?.getText() === 'string' : false;
}

/** A new key in the manner of its siblings. `type` is its type where the object has one that lists its keys. */
export function addKey(
	target: Target,
	manner: Manner & { type: string; mayLack?: boolean },
): KeyPlan {
	const { variable, otherwise, type, mayLack = false } = manner;
	const added = addEntry(target.object, manner);
	if (!added) return unclear(NO_PLACE, lineFor(target, variable, otherwise));
	const isText = added.insertions.some(
		(one) => ALWAYS_TEXT.test(one.text) || asksForText(target.object, one.text, variable),
	);
	const member = { ...added, variable, mayLack };
	const typed = addToTypes(target.types, member, isText ? 'string' : type);
	if (!typed) {
		const [key, ...inner] = added.path;
		const value = inner.reduceRight((text, one) => `{ ${one}: ${text} }`, otherwise);
		return unclear(typeReason(target.types), `${key}: ${value},`);
	}
	const plan = access(target, added.path, added.callable);
	return { ...plan, insertions: [...typed, ...added.insertions] };
}

/** The key for a variable in an object whose leaves read the environment. `key` where siblings do not decide on it. */
export function planRead(target: Target, variable: string, key?: string): KeyPlan {
	const there = keyIn(target, (value) => readOf(value)?.variable === variable);
	if (there) return there;
	const otherwise = usualRead(target.object, variable);
	const snippet = lineFor(target, variable, otherwise);
	if (readsVariable(target.object.getSourceFile(), variable)) {
		return unclear(`it already reads ${variable}, but not as a plain value`, snippet);
	}
	const environment = environmentParameter(target.object);
	const type = environment?.getTypeNode();
	if (environment && type && listsKeys(type)) {
		return unclear(`the type of its parameter ${environment.getName()} lacks ${variable}`, snippet);
	}
	const named = constantBeside(target.object, variable);
	const manner = { variable, otherwise, type: 'string | undefined', copyable: copyableRead };
	if (named) {
		const { by, otherwise: value, model, insertions } = named;
		const like = { ...manner, by, otherwise: value, copyable: model, ...(key && { key }) };
		return withInsertions(addKey(target, like), insertions);
	}
	return addKey(target, { ...manner, ...(key && { key }) });
}

/** How the leaves of the object mostly read a variable, where the new key's own siblings give no example. */
function usualRead(object: Morph.ObjectLiteralExpression, variable: string): string {
	const candidates = leavesOf(object).flatMap(({ entry }) => {
		const word = copyableRead(entry.value);
		const text = entry.value?.getText() ?? '';
		if (word === null || text.includes('\n')) return [];
		const { value } = entry;
		if (value === null) return [];
		return [{ name: entry.key, text: copied(text, { value, word, by: variable, variable }) }];
	});
	return usualFor(candidates, variable)?.text ?? localRead(object, variable);
}

/** The object that is meant for secrets, or why that is open. */
export function onlyObject<T extends Target>(targets: T[]): T | string {
	const [first, ...others] = targets;
	if (!first) return 'it exports no object that reads the environment';
	// The same object under two names is one object; two objects leave the choice open.
	const isOne = others.every(({ object }) => object === first.object);
	return isOne ? first : 'it exports more than one object';
}
