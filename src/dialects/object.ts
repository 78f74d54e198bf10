// Dialect `object`: `export const config = { port: process.env.PORT, … }`, flat or nested.
import type { KeyPlan } from '../model/key-plan.ts';
import type { Morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, unclear } from './dialect.ts';
import { onlyObject, planRead } from './edit/object-key.ts';
import { keyLine } from './edit/plain-read.ts';
import { planService, servicesIn } from './edit/service-object.ts';
import { configurationsIn } from './module/configuration.ts';
import type { GivenObject } from './module/given.ts';
import { nameLike, wordsOf } from './module/names.ts';
import { entriesOf } from './module/object-literal.ts';
import { isGeneral } from './module/purpose.ts';

/** The configurations that are exported as values; what functions return is the dialect `load-function`. */
export function exportedObjects(source: Morph.SourceFile): GivenObject[] {
	return configurationsIn(source).filter((one) => !one.isResult && one.owner === null);
}

/** The key in the one exported object. */
export function planInObject(source: Morph.SourceFile, variable: string): KeyPlan {
	const objects = exportedObjects(source);
	const words = wordsOf(variable);
	if (objects.length === 0) return planService(source, variable);
	const own = objects.find(({ name }) => wordsOf(name ?? '').join() === words.slice(0, -1).join());
	// `export const redis = { host, port }` is where the address of one goes, also beside others.
	if (own) return planRead(own, variable, leafIn(own.object, words));
	// Beside `debugConfig`, what is called no more than `config` is where an address goes.
	const general = objects.filter(({ name }) => isGeneral(name ?? 'config'));
	const only = onlyObject(general.length > 0 ? general : objects);
	if (typeof only === 'string') return unclear(only, keyLine(source, variable));
	return planRead(only, variable);
}

/** `url` beside `host`; undefined where the keys repeat what the object is called. */
function leafIn(object: Morph.ObjectLiteralExpression, words: string[]): string | undefined {
	const keys = entriesOf(object).map(({ key }) => key);
	const repeats = keys.some((key) => wordsOf(key)[0] === words[0]);
	return repeats ? undefined : nameLike(words.slice(-1), keys);
}

export const objectDialect: Dialect = {
	name: 'object',
	mention: ENVIRONMENT,
	recognise: (source) => exportedObjects(source).length > 0 || servicesIn(source).length > 0,
	addKey: planInObject,
};
