// Dialect `nest`: NestJS configuration, `registerAs('redis', () => ({ … }))` and `export default () => ({ … })`.
import type { Import, KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, unclear } from './dialect.ts';
import { keyIn, planRead } from './edit/object-key.ts';
import { plainRead } from './edit/plain-read.ts';
import { isConfiguration } from './module/configuration.ts';
import { type GivenObject, givenBy, givenObjects, objectAmong } from './module/given.ts';
import { localFunction } from './module/helper-functions.ts';
import { importsLibrary, libraryPath, written } from './module/library-calls.ts';
import { nameLike, relatedness, wordsOf } from './module/names.ts';
import { findEntry, leavesOf } from './module/object-literal.ts';
import { resultsOf } from './module/origins.ts';
import { readOf } from './module/reads.ts';
import { isInline } from './module/scope.ts';

const NEST = /^@nestjs\/config$/;

interface Factory extends Pick<GivenObject, 'import' | 'base' | 'object' | 'types'> {
	/** The namespace; null for a function that gives the whole configuration. */
	token: string | null;
}

/** The object that a factory without parameters always returns. */
function madeBy(factory: Morph.Node | undefined): Pick<Factory, 'object' | 'types'> | null {
	const { Node } = morph();
	const named =
		Node.isIdentifier(factory) && localFunction(factory.getSourceFile(), factory.getText());
	const callable = named || factory;
	const isCallable = isInline(callable) || Node.isFunctionDeclaration(callable);
	if (!isCallable || callable.isAsync() || callable.getParameters().length > 0) return null;
	return objectAmong(resultsOf(callable));
}

/** The exported namespaces; null for one whose factory is not understood. */
function registered(source: Morph.SourceFile): (Factory | null)[] {
	if (!importsLibrary(source, NEST)) return [];
	return givenBy(source, 'config').flatMap(({ import: how, name, origins }) => {
		const call = origins[0]?.value;
		if (!morph().Node.isCallExpression(call)) return [];
		if (libraryPath(call.getExpression(), NEST) !== 'registerAs') return [];
		const [token, factory] = call.getArguments();
		const made = madeBy(factory);
		if (!made || !morph().Node.isStringLiteral(token)) return [null];
		const text = token.getLiteralText();
		const own: Import = {
			kind: 'default',
			name: nameLike([...wordsOf(text), 'config'], []),
		};
		const way = name === null ? own : how;
		const types = [...call.getTypeArguments(), ...made.types];
		return [{ import: way, base: `${way.name}()`, token: text, object: made.object, types }];
	});
}

/** The configuration function that `ConfigModule.forRoot({ load: [configuration] })` takes. */
function configurationFunction(source: Morph.SourceFile): Factory | undefined {
	const named = {
		import: { kind: 'default', name: 'configuration' },
		base: 'configuration()',
	} as const;
	if (!/\bexport default\b/.test(source.getFullText())) return undefined;
	return givenObjects(source, 'configuration')
		.filter(({ name, isResult, obstacle }) => name === null && isResult && obstacle === null)
		.filter(({ object }) => isConfiguration(object))
		.map((one) => ({ ...one, ...named, token: null }))[0];
}

const GENERAL =
	/^(?:app|application|api|server|service|core|common|global|main|root|base|general|shared|settings|config|configuration|env|environment)$/i;

function isGeneral({ token }: Factory): boolean {
	return token === null || GENERAL.test(token);
}

/** A namespace of the variable's own prefix, or of the same thing by another name; a REST service is no server. */
function isFor({ token }: Factory, variable: string): boolean {
	const words = token === null ? [] : wordsOf(token);
	const isServer = words.some((word) => /^(?:redis|valkey|keydb)$/.test(word));
	return (isServer && !words.includes('upstash')) || relatedness(words.join('_'), variable) === 5;
}

/** In the namespace `redis` the key is `url`, and no longer `redisUrl`. */
function planInOwn(factory: Factory, variable: string): KeyPlan {
	const keys = leavesOf(factory.object).flatMap(({ path }) => path.slice(0, 1));
	const key = nameLike(wordsOf(variable).slice(-1), keys);
	if (!findEntry(factory.object, key)) return planRead(factory, variable, key);
	const snippet = `${key}: ${plainRead(factory.object, variable)},`;
	return unclear(`it already has ${key}, but not as its plain value`, snippet);
}

function planIn(factories: Factory[], source: Morph.SourceFile, variable: string): KeyPlan {
	const own = factories.find((one) => isFor(one, variable));
	if (own) return planInOwn(own, variable);
	const [general, ...others] = factories.filter(isGeneral);
	if (general && others.length === 0) return planRead(general, variable);
	const [prefix = 'redis'] = wordsOf(variable);
	const called = written(source, NEST, 'registerAs') ?? 'registerAs';
	const read = plainRead(source, variable);
	const snippet = `export default ${called}('${prefix}', () => ({ url: ${read} }));`;
	return unclear('its namespaces are for other things', snippet);
}

function planKey(source: Morph.SourceFile, variable: string): KeyPlan {
	const found = registered(source);
	const whole = found.length === 0 ? configurationFunction(source) : undefined;
	const factories = [...found, whole].filter((one) => one !== null && one !== undefined);
	if (found.includes(null)) {
		const snippet = `${nameLike(wordsOf(variable), [])}: ${plainRead(source, variable)},`;
		return unclear('its factory does not just return one object', snippet);
	}
	const gives = (value: Morph.Expression | null) => readOf(value)?.variable === variable;
	const [there] = factories.flatMap((factory) => keyIn(factory, gives) ?? []);
	return there ?? planIn(factories, source, variable);
}

export const nestDialect: Dialect = {
	name: 'nest',
	mention: new RegExp(`@nestjs/config|${ENVIRONMENT.source}`, 'i'),
	recognise: (source) =>
		registered(source).length > 0 || configurationFunction(source) !== undefined,
	addKey: planKey,
};
