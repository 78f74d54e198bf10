// Dialect `load-function`: `export function loadConfig() { return { … } }`, and a constant that holds its result.
import type { Morph } from '../source.ts';
import { type Dialect, ENVIRONMENT, unclear } from './dialect.ts';
import { planRead } from './edit/object-key.ts';
import { configurationsIn } from './module/configuration.ts';
import type { GivenObject } from './module/given.ts';

/** `loadConfig`, `getEnv`, `settings`; not what builds the environment of a child process. */
const LOADER_NAME = /^(?!.*(?:child|spawn|worker|sub)).*(?:conf|settings|env|secrets|variables)/i;

/** The configurations that functions make, those that are held by a constant first: they are meant to be read. */
function loaded(source: Morph.SourceFile): GivenObject[] {
	return configurationsIn(source)
		.filter(({ owner }) => owner !== null && LOADER_NAME.test(owner))
		.sort((left, right) => Number(left.isResult) - Number(right.isResult));
}

export const loadFunctionDialect: Dialect = {
	name: 'load-function',
	mention: ENVIRONMENT,
	recognise: (source) => loaded(source).length > 0,
	addKey(source, variable) {
		const [first, ...others] = loaded(source);
		const snippet = `process.env.${variable}`;
		if (!first || others.some(({ object }) => object !== first.object)) {
			return unclear('more than one function gives values', snippet);
		}
		if (first.obstacle !== null) return unclear(first.obstacle, snippet);
		return planRead(first, variable);
	},
};
