// What a module gives to others: the values that it exports, and what its exported functions return.
import type { Import } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { isEnvironmentParameter } from './environment.ts';
import { type Exported, exportedData, exportedValues, exportOf } from './exports.ts';
import type { Callable } from './helper-functions.ts';
import { membersOf } from './members.ts';
import { objectIn } from './object-literal.ts';
import { type Origin, originsOf, resultsOf } from './origins.ts';
import { outletsOf } from './outlets.ts';
import { strangeness } from './purpose.ts';
import { readOf } from './reads.ts';
import { rememberedBy } from './remembered.ts';
import { isFunction, isInline } from './scope.ts';
import { classesIn, functionsIn } from './statements.ts';

export interface Given {
	import: Import;
	/** How an importing module writes the value: `env`, `loadEnv()`, `loadEnv(process.env)`. */
	base: string;
	/** What the value may be. */
	origins: Origin[];
	/** True for what a function returns. */
	isResult: boolean;
	/** Its name in the module; null for a default export that has none. */
	name: string | null;
	/** Why the value cannot be read just so; null when it can. */
	obstacle: string | null;
}

/** What a module gives that may hold an address. `fallback` names a default export that has no name. */
export const givenBy = rememberedBy((source: Morph.SourceFile, fallback): Given[] =>
	allGivenBy(source, fallback).filter((one) => strangenessOf(source, one) === null),
);

/** The exported objects that are no place for an address, each for one other service and none for browsers. */
export function objectsOfServices(source: Morph.SourceFile): GivenObject[] {
	const all = allGivenBy(source, 'config').filter(({ name, isResult }) => name && !isResult);
	const rooms = all.flatMap((given) => {
		const made = objectAmong(given.origins);
		return made ? [{ ...given, ...made, owner: ownerOf(made.object) }] : [];
	});
	const isOne = (one: Given) => / for another service$/.test(strangenessOf(source, one) ?? '');
	return rooms.length === all.length && rooms.every(isOne) ? rooms : [];
}

/** Why each thing that a module gives is no place for an address, for those that are none. */
export function strangersIn(source: Morph.SourceFile): string[] {
	const all = [...allGivenBy(source, 'config'), ...exportedData(source).map(valueGiven)].filter(
		({ origins }) => !origins.some(({ value }) => /^\[/.test(value.getText())),
	);
	// One variable is no room, and beside a function for all that one is for another service, there is more than that.
	// So is what tells whether something is so: `isLogLevel`.
	const rooms = all.filter(
		({ origins, import: how }) =>
			!/^(?:is|has)[A-Z]/.test(how.name) && !origins.some(({ value }) => readOf(value)),
	);
	const isForAll = (one: Given) =>
		one.obstacle === null &&
		strangenessOf(source, one) === null &&
		one.origins.some(({ value }) =>
			/\bprocess\b/.test((value.getFirstAncestor(isFunction) ?? value).getText()),
		);
	if (readsForAll(source) || rooms.some(isForAll)) return [];
	return rooms.flatMap((one) => strangenessOf(source, one) ?? []);
}

/** A function that reads the environment, and says nothing of one service. */
function readsForAll(source: Morph.SourceFile): boolean {
	return functionsIn(source).some((one) => {
		const name = one.getName() ?? '';
		const isGiven = exportOf(source, name) !== null && /\benv\b/.test(one.getText());
		return (
			isGiven && strangeness(source, { name, exported: name, values: [one], types: [] }) === null
		);
	});
}

function strangenessOf(source: Morph.SourceFile, { name, import: how, origins }: Given) {
	return strangeness(source, {
		name,
		exported: how.name,
		values: origins.map(({ value }) => value),
		types: origins.flatMap(({ types }) => types),
	});
}

const allGivenBy = rememberedBy(findGiven);

function findGiven(source: Morph.SourceFile, fallback: string): Given[] {
	const values = exportedValues(source, fallback).map(valueGiven);
	const functions = functionsIn(source).flatMap((callable) => {
		const name = callable.getName() ?? null;
		const how = name === null ? defaultOf(callable, fallback) : exportOf(source, name);
		return how ? [resultOf(callable, how, name)] : [];
	});
	return [...values, ...functions, ...instanceGiven(source)];
}

/** What the methods of an exported instance give: `export const env = Environment.getInstance()` with `get()`. */
function instanceGiven(source: Morph.SourceFile): Given[] {
	if (classesIn(source).length === 0) return [];
	return outletsOf(source).flatMap(({ import: how, base, things }) =>
		things.flatMap(membersOf).flatMap(({ key, node, isCalled }) => {
			if (!isCalled || !morph().Node.isMethodDeclaration(node) || isOwnStep(node, key)) return [];
			const made = { import: how, base: `${base}.${key}()`, origins: resultsOf(node) };
			return [{ ...made, isResult: true, name: `${how.name}.${key}`, obstacle: null }];
		}),
	);
}

function valueGiven({ declaration, value, import: how }: Exported): Given {
	const { Node } = morph();
	const node = declaration?.getNameNode();
	// By the name rather than the value: a variable may have a type, and be assigned later.
	const origins = originsOf(Node.isIdentifier(node) ? node : value);
	const name = declaration?.getName() ?? null;
	const made = origins[0]?.value;
	if (isInline(made)) return resultOf(made, how, name);
	return { import: how, base: how.name, name, origins, isResult: false, obstacle: null };
}

function defaultOf(callable: Morph.FunctionDeclaration, name: string): Import | null {
	return callable.hasDefaultKeyword() ? { kind: 'default', name } : null;
}

function resultOf(callable: Callable, exported: Import, name: string | null): Given {
	const { kind } = exported;
	const how = { kind, name: name === null ? `get${capitalised(exported.name)}` : exported.name };
	const needed = callable.getParameters().filter((one) => !one.isOptional());
	const [environment, ...others] = needed;
	const isOfCommand = callable
		.getParameters()
		.some((one) => one.getText().includes('process.argv'));
	const isPlain = others.length === 0 && (!environment || isEnvironmentParameter(environment));
	const needs = isPlain ? null : `${how.name} needs arguments`;
	const reads = isOfCommand ? `${how.name} reads the command line` : needs;
	return {
		import: how,
		base: `${how.name}(${environment ? 'process.env' : ''})`,
		name,
		origins: resultsOf(callable),
		isResult: true,
		obstacle: callable.isAsync() ? 'it gives its values asynchronously' : reads,
	};
}

/** A method that its class calls itself makes something of what it gives. */
function isOwnStep(method: Morph.MethodDeclaration, name: string): boolean {
	const owner = method.getParentIfKind(morph().SyntaxKind.ClassDeclaration);
	const text = owner?.getText() ?? '';
	return text.includes(`this.${name}(`) || text.includes(`${owner?.getName()}.${name}(`);
}

/** An object literal that a module gives. */
export interface GivenObject extends Given {
	object: Morph.ObjectLiteralExpression;
	types: Morph.TypeNode[];
	/** The name of the function that makes it, '' for one without a name; null for an object of the module itself. */
	owner: string | null;
}

/** What a module gives that is always one object literal. */
export function givenObjects(source: Morph.SourceFile, fallback: string): GivenObject[] {
	return givenBy(source, fallback).flatMap((given) => {
		const made = objectAmong(given.origins);
		return made ? [{ ...given, ...made, owner: ownerOf(made.object) }] : [];
	});
}

/** The one object literal that all origins are, and its types; null when they are anything else. */
export function objectAmong(origins: Origin[]): Pick<GivenObject, 'object' | 'types'> | null {
	const [first] = origins;
	const object = objectIn(first?.value);
	const isOne = origins.every(({ value, path }) => value === object && path.length === 0);
	return first && object && isOne ? { object, types: first.types } : null;
}

function ownerOf(object: Morph.Node): string | null {
	const { Node } = morph();
	const outer = object.getAncestors();
	const callable = outer.findLast(isFunction);
	if (!callable) return null;
	if (Node.isFunctionDeclaration(callable)) return callable.getName() ?? '';
	if (Node.isMethodDeclaration(callable)) {
		const owner = callable.getParent();
		return `${Node.isClassDeclaration(owner) ? owner.getName() : ''} ${callable.getName()}`;
	}
	const holder = outer.findLast((one) => Node.isVariableDeclaration(one));
	return holder?.getName() ?? '';
}

function capitalised(name: string): string {
	return name.charAt(0).toUpperCase() + name.slice(1);
}
