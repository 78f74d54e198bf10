// One more exported object in a module that has one for each service: `export const redis = { url: process.env.REDIS_URL };`.
import type { KeyPlan } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { ready, unclear } from '../dialect.ts';
import { isConfiguration } from '../module/configuration.ts';
import { isDeclared } from '../module/exports.ts';
import { type GivenObject, objectsOfServices } from '../module/given.ts';
import { mostRelated, nameLike, relatedness, wordsOf } from '../module/names.ts';
import { entriesOf } from '../module/object-literal.ts';
import { isGeneral } from '../module/purpose.ts';
import { braces } from './groups.ts';
import { placeAfter } from './place.ts';
import { plainRead } from './plain-read.ts';

/** The exported objects of a module that has one for each service, also for a database. */
export function servicesIn(source: Morph.SourceFile): GivenObject[] {
	const all = objectsOfServices(source).filter(({ object }) => isConfiguration(object));
	const isOfDatabase = ({ name }: GivenObject) => relatedness(name ?? '', 'DATABASE_URL') > 1;
	return all.length > 1 && all.some(isOfDatabase) ? all : [];
}

/** One more object, for the service of the variable: `export const redis = { url: process.env.REDIS_URL };` */
export function planService(source: Morph.SourceFile, variable: string): KeyPlan {
	const { SyntaxKind } = morph();
	const all = servicesIn(source);
	const names = all.map(({ name }) => name ?? '');
	const ends = new Set(names.map((one) => wordsOf(one).at(-1) ?? ''));
	const [end = ''] = ends;
	const words = wordsOf(variable);
	// `databaseConfig`, `mailConfig`
	const isSame = ends.size === 1 && isGeneral(end);
	const name = nameLike([...words.slice(0, -1), ...(isSame ? [end] : [])], names);
	const nodes = all.flatMap(
		({ object }) => object.getFirstAncestorByKind(SyntaxKind.VariableStatement) ?? [],
	);
	const keys = all.flatMap(({ object }) => entriesOf(object).map(({ key }) => key));
	const [model] = nodes;
	const related = mostRelated(names, variable);
	const index = related < 0 ? nodes.length - 1 : related;
	const [at, sibling] = [nodes[index]?.getEnd(), all[index]?.object];
	const value = plainRead(source, variable);
	const key = nameLike(words.slice(-1), keys);
	if (!model || !sibling || at === undefined || isDeclared(source, name))
		return unclear('its objects are for other services', `${key}: ${value},`);
	const inner = braces(sibling, model, `${key}: ${value}`);
	const tail =
		nodes[index]?.getText().slice(sibling.getEnd() - (nodes[index]?.getStart() ?? 0)) ?? '';
	const member = `export const ${name} = ${inner}${/^(?: as const)?;?$/.test(tail) ? tail : ';'}`;
	return ready({ kind: 'named', name }, `${name}.${key}`, [
		placeAfter(nodes, { index, at, member }),
	]);
}
