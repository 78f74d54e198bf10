// Dialect `nest`: NestJS configuration, `registerAs('redis', () => ({ … }))` and `export default () => ({ … })`.
import type { Access, KeyPlan } from '../model.ts';
import { type Morph, morph } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { member, ready, unclear } from './dialect.ts';
import { nameLike, relatedness, wordsOf } from './edit/names.ts';
import { addEntry } from './edit/new-entry.ts';
import { isConfiguration, type ObjectModule, planInObject } from './edit/object-module.ts';
import { addToTypes, typesOf } from './edit/type-members.ts';
import { directReadLike, variablesRead } from './module/environment.ts';
import { exportedValues } from './module/exports.ts';
import { follow } from './module/given.ts';
import { type Callable, localFunction, returned } from './module/helper-functions.ts';
import { writtenName } from './module/library.ts';
import { leavesOf, objectIn } from './module/object-literal.ts';
import { readOf } from './module/reads.ts';

const LIBRARY = '@nestjs/config';

interface Factory extends ObjectModule {
	/** The namespace; null for a function that gives the whole configuration. */
	token: string | null;
}

function isCallable(node: Morph.Node | undefined): node is Callable {
	const { Node } = morph();
	return (
		Node.isArrowFunction(node) ||
		Node.isFunctionExpression(node) ||
		Node.isFunctionDeclaration(node)
	);
}

/** The object that a function without parameters always returns. */
function resultOf(factory: Morph.Node | undefined): Pick<ObjectModule, 'object' | 'types'> | null {
	if (!isCallable(factory) || factory.isAsync() || factory.getParameters().length > 0) return null;
	const [value, ...others] = returned(factory);
	const made = value && others.length === 0 ? follow(value) : null;
	const object = objectIn(made?.value);
	if (!value || !made || !object) return null;
	const type = factory.getReturnTypeNode();
	return { object, types: [...(type ? [type] : []), ...typesOf(value), ...made.types] };
}

/** `registerAs('redis', factory)`; null for anything else. */
function registration(value: Morph.Expression) {
	const { Node } = morph();
	const call = follow(value).value;
	if (!Node.isCallExpression(call)) return null;
	const source = call.getSourceFile();
	const [token, factory] = call.getArguments();
	if (call.getExpression().getText() !== writtenName(source, LIBRARY, 'registerAs')) return null;
	const behind = Node.isIdentifier(factory)
		? (localFunction(source, factory.getText()) ?? factory)
		: factory;
	const name = Node.isStringLiteral(token) ? token.getLiteralText() : null;
	return { name, factory: behind, types: call.getTypeArguments() };
}

/** The exported namespaces. `object` is missing where the factory is not understood. */
function registered(source: Morph.SourceFile): (Factory | null)[] {
	return exportedValues(source).flatMap(({ import: how, value, declaration }) => {
		const found = registration(value);
		if (!found) return [];
		const made = resultOf(found.factory);
		if (!made || found.name === null) return [null];
		const own = nameLike([...wordsOf(found.name), 'config'], []);
		const named: Access['import'] = declaration ? how : { kind: 'default', name: own };
		const types = [...found.types, ...made.types];
		return [{ import: named, base: `${named.name}()`, token: found.name, ...made, types }];
	});
}

/** The configuration function that `ConfigModule.forRoot({ load: [configuration] })` takes. */
function configurationFunction(source: Morph.SourceFile): Factory | null {
	const anonymous = source.getFunctions().find((one) => !one.getName() && one.isDefaultExport());
	const arrow = exportedValues(source).find((one) => !one.declaration && isCallable(one.value));
	const made = resultOf(anonymous ?? arrow?.value);
	if (!made || !isConfiguration(made.object)) return null;
	const named: Access['import'] = { kind: 'default', name: 'configuration' };
	return { import: named, base: 'configuration()', token: null, ...made };
}

const GENERAL =
	/^(?:app|application|api|server|service|core|common|global|main|root|base|general|shared|settings|config|configuration|env|environment)$/i;

function isGeneral({ token }: Factory): boolean {
	return token === null || GENERAL.test(token);
}

function present({ import: how, base, object }: Factory, variable: string): KeyPlan | null {
	const leaf = leavesOf(object).find(({ entry }) => readOf(entry.value)?.variable === variable);
	const call = leaf?.entry.callable ? '()' : '';
	return leaf ? ready(how, `${member(base, leaf.path)}${call}`) : null;
}

/** In the namespace `redis` the key is `url`, and no longer `redisUrl`. */
function addToOwn(factory: Factory, words: string[], variable: string): KeyPlan {
	const { object } = factory;
	const keys = leavesOf(object).flatMap(({ path }) => path.slice(0, 1));
	const key = nameLike(words, keys);
	const otherwise = directReadLike(object, variable);
	const snippet = `${key}: ${otherwise},`;
	const added = addEntry(object, {
		variable,
		key,
		otherwise,
		copyable({ value }) {
			const read = readOf(value);
			return read?.copyable ? read.variable : null;
		},
	});
	if (!added || variablesRead(object.getSourceFile()).has(variable)) {
		return unclear(`it already has ${added ? variable : key}, but not as its plain value`, snippet);
	}
	const typed = addToTypes(factory.types, { ...added, variable }, 'string | undefined');
	if (!typed) return unclear('its type is declared in another module', snippet);
	const expression = `${member(factory.base, added.path)}${added.callable ? '()' : ''}`;
	return ready(factory.import, expression, [...typed, ...added.insertions]);
}

/** A namespace of the variable's own prefix, or of the same thing by another name; a REST service is no server. */
function isFor(token: string, variable: string): boolean {
	const words = wordsOf(token);
	const isServer = words.some((word) => /^(?:redis|valkey|keydb)$/.test(word));
	return (isServer && !words.includes('upstash')) || relatedness(token, variable) === 5;
}

function planIn(factories: Factory[], source: Morph.SourceFile, variable: string): KeyPlan {
	const words = wordsOf(variable);
	const own = factories.find(({ token }) => token !== null && isFor(token, variable));
	if (own) {
		const rest = words.slice(Math.max(1, words.length - 1));
		return addToOwn(own, rest.length > 0 ? rest : words, variable);
	}
	const [general, ...others] = factories.filter(isGeneral);
	if (general && others.length === 0) return planInObject(general, variable);
	const [prefix = 'redis'] = words;
	const called = writtenName(source, LIBRARY, 'registerAs') ?? 'registerAs';
	const read = directReadLike(source, variable);
	const snippet = `export default ${called}('${prefix}', () => ({ url: ${read} }));`;
	return unclear('its namespaces are for other things', snippet);
}

function planKey(source: Morph.SourceFile, variable: string): KeyPlan {
	const found = registered(source);
	const snippet = `${nameLike(wordsOf(variable), [])}: ${directReadLike(source, variable)},`;
	if (found.includes(null)) {
		return unclear('its factory does not just return one object', snippet);
	}
	const whole = found.length === 0 ? configurationFunction(source) : null;
	const factories = [...found, whole].filter((one) => one !== null);
	for (const factory of factories) {
		const there = present(factory, variable);
		if (there) return there;
	}
	return planIn(factories, source, variable);
}

export const nestDialect: Dialect = {
	name: 'nest',
	recognise: (source) => registered(source).length > 0 || configurationFunction(source) !== null,
	addKey: planKey,
};
