// Dialect `load-function`: `export function loadConfig() { return { … } }`, and a constant that holds its result.
import type { KeyPlan } from '../model/key-plan.ts';
import type { Morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, unclear } from './dialect.ts';
import { planRead } from './edit/object-key.ts';
import { keyLine } from './edit/plain-read.ts';
import { configurationsIn, isConfiguration } from './module/configuration.ts';
import { type Given, type GivenObject, givenBy } from './module/given.ts';
import { objectIn } from './module/object-literal.ts';
import { isGeneral } from './module/purpose.ts';
import { isFunction } from './module/scope.ts';
import { isLibraryType } from './module/types.ts';
import { exportedObjects } from './object.ts';

/** `loadConfig`, `getEnv`, `settings`; not what builds the environment of a child process. */
const LOADER_NAME = /^(?!.*(?:child|spawn|worker|sub)).*(?:conf|settings|env|secrets|variables)/i;

/** The configurations that functions make, those that are held by a constant first: they are meant to be read. */
function loaded(source: Morph.SourceFile): GivenObject[] {
	const found = configurationsIn(source)
		.filter(({ owner }) => owner !== null && LOADER_NAME.test(owner))
		.sort((left, right) => Number(left.isResult) - Number(right.isResult));
	// Beside `loadDemoConfig`, what is called no more than `loadConfig` is the configuration.
	const general = found.filter(({ owner }) => owner !== null && isGeneral(owner));
	if (general.length > 0) return general;
	// So is `export const config = { … }`.
	const isBeside = exportedObjects(source).some(({ name }) => isGeneral(name ?? 'config'));
	return isBeside ? [] : found;
}

/** A function that returns one object or another, as `NODE_ENV` says: recognised, so that the user is told. */
function severalOf(source: Morph.SourceFile): Given | undefined {
	return givenBy(source, 'config').find(({ name, origins }) => {
		if (!LOADER_NAME.test(name ?? '') || origins.length < 2) return false;
		if (!origins.every(({ value }) => value.getFirstAncestor(isFunction))) return false;
		const objects = origins.map(({ value }) => objectIn(value));
		if (origins.some(({ path, types }) => path.length > 0 || types.some(isLibraryType)))
			return false;
		return !objects.includes(null) && objects.some((one) => one !== null && isConfiguration(one));
	});
}

function planLoaded(source: Morph.SourceFile, variable: string): KeyPlan {
	const [first, ...others] = loaded(source);
	if (!first) {
		const reason = 'it returns one object or another, and each of them would need the key';
		return unclear(reason, keyLine(severalOf(source)?.origins[0]?.value ?? source, variable));
	}
	const snippet = keyLine(first.object, variable);
	if (others.some(({ object }) => object !== first.object)) {
		return unclear('more than one function gives values', snippet);
	}
	if (first.obstacle !== null) return unclear(first.obstacle, snippet);
	return planRead(first, variable);
}

export const loadFunctionDialect: Dialect = {
	name: 'load-function',
	mention: ENVIRONMENT,
	recognise: (source) => loaded(source).length > 0 || severalOf(source) !== undefined,
	addKey: planLoaded,
};
