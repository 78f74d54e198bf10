// Dialect `object`: `export const config = { port: process.env.PORT, … }`, flat or nested.
import type { KeyPlan } from '../model/key-plan.ts';
import type { Morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, unclear } from './dialect.ts';
import { wordsOf } from './edit/names.ts';
import { onlyObject, planRead } from './edit/object-key.ts';
import { keyLine } from './edit/plain-read.ts';
import { configurationsIn } from './module/configuration.ts';
import type { GivenObject } from './module/given.ts';

/** The configurations that are exported as values; what functions return is the dialect `load-function`. */
export function exportedObjects(source: Morph.SourceFile): GivenObject[] {
	return configurationsIn(source).filter((one) => !one.isResult && one.owner === null);
}

/** The key in the one exported object. */
export function planInObject(source: Morph.SourceFile, variable: string): KeyPlan {
	const objects = exportedObjects(source);
	// `export const redis = { host, port }` beside others is where the address of one goes.
	const words = wordsOf(variable);
	const own = objects.find(({ name }) => wordsOf(name ?? '').join() === words.slice(0, -1).join());
	if (own && objects.length > 1) return planRead(own, variable, words.at(-1));
	const only = onlyObject(objects);
	if (typeof only === 'string') return unclear(only, keyLine(source, variable));
	return planRead(only, variable);
}

export const objectDialect: Dialect = {
	name: 'object',
	mention: ENVIRONMENT,
	recognise: (source) => exportedObjects(source).length > 0,
	addKey: planInObject,
};
