// Dialect `convict`: `convict({ database: { url: { format: String, default: '', env: 'DATABASE_URL' } } })`.
import type { Insertion, KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, member, ready, unclear } from './dialect.ts';
import { addEntry } from './edit/new-entry.ts';
import { addToTypes, typeReason } from './edit/type-members.ts';
import { isEnvironment } from './module/environment.ts';
import { type Given, givenBy, strangersIn } from './module/given.ts';
import { callsOf } from './module/library-calls.ts';
import { nameLike, wordsOf } from './module/names.ts';
import { findEntry, objectIn } from './module/object-literal.ts';
import { follow, type Origin } from './module/origins.ts';
import { givesText, groupIn, settingsIn, settingText } from './schema/convict-settings.ts';

interface Schema {
	call: Morph.CallExpression;
	object: Morph.ObjectLiteralExpression;
	types: Morph.TypeNode[];
}

function callsIn(source: Morph.SourceFile): Morph.CallExpression[] {
	return callsOf(source, /^convict$/, '');
}

function schemaIn(source: Morph.SourceFile): Schema | string {
	const [call, ...others] = callsIn(source);
	const [list, options] = call?.getArguments() ?? [];
	if (!call || others.length > 0) return 'it has more than one schema';
	if (options && !readsProcess(options)) return 'it may read something other than process.env';
	const made = morph().Node.isExpression(list) ? follow(list) : null;
	const object = objectIn(made?.value);
	if (!object) return 'its schema is in another file';
	return { call, object, types: [...call.getTypeArguments(), ...(made?.types ?? [])] };
}

function readsProcess(options: Morph.Node): boolean {
	const object = objectIn(options);
	const env = object && findEntry(object, 'env');
	return object !== null && (!env || isEnvironment(env.value ?? undefined));
}

/** The methods that give the configuration itself again. */
const CHAINED = /^(?:validate|load|loadFile|set|reset)$/;

/** How a value is asked for settings: by `get`, or by its properties. */
function kindOf({ value, path }: Origin, call: Morph.CallExpression): 'get' | 'member' | null {
	const { Node } = morph();
	if (path.length > 0) return null;
	if (value === call) return 'get';
	if (!Node.isCallExpression(value)) return null;
	const callee = value.getExpression();
	if (!Node.isPropertyAccessExpression(callee)) return null;
	if (kindOf(follow(callee.getExpression()), call) !== 'get') return null;
	if (CHAINED.test(callee.getName())) return 'get';
	const isWhole = callee.getName() === 'get' && value.getArguments().length === 0;
	return isWhole || callee.getName() === 'getProperties' ? 'member' : null;
}

interface Way {
	given: Given;
	kind: 'get' | 'member';
	types: Morph.TypeNode[];
}

function wayOut(source: Morph.SourceFile, { call }: Schema): Way | undefined {
	const ways = givenBy(source, 'config').flatMap((given): Way[] => {
		const [origin, ...others] = given.origins;
		const isPlain = others.length === 0 && given.obstacle === null;
		const kind = origin && isPlain ? kindOf(origin, call) : null;
		return origin && kind ? [{ given, kind, types: origin.types }] : [];
	});
	return ways[0];
}

function read({ given, kind }: Way, path: string[], insertions: Insertion[] = []): KeyPlan {
	const expression =
		kind === 'member' ? member(given.base, path) : `${given.base}.get('${path.join('.')}')`;
	return ready(given.import, expression, insertions);
}

/** `convict.Config<Settings>` and `convict.Schema<Settings>` list their settings in `Settings`. */
function listing(type: Morph.TypeNode): Morph.TypeNode {
	if (!morph().Node.isTypeReference(type)) return type;
	const isListed = /(?:^|\.)(?:Config|Schema)$/.test(type.getTypeName().getText());
	return (isListed && type.getTypeArguments()[0]) || type;
}

function addSetting(schema: Schema, way: Way, variable: string): KeyPlan {
	const otherwise = settingText(schema.object, variable, schema.types.length > 0);
	const added = addEntry(schema.object, { variable, otherwise, groupIn });
	const snippet = `${nameLike(wordsOf(variable), [])}: ${otherwise},`;
	if (!added) return unclear('the key is already used for something else', snippet);
	const types = new Set([...schema.types, ...way.types].map(listing));
	const typed = addToTypes([...types], { ...added, variable }, 'string');
	if (!typed) return unclear(typeReason([...types]), snippet);
	return read(way, added.path, [...typed, ...added.insertions]);
}

function planSetting(source: Morph.SourceFile, variable: string): KeyPlan {
	const setting = `{ format: String, default: '', env: '${variable}' }`;
	const snippet = `${nameLike(wordsOf(variable), [])}: ${setting},`;
	const schema = schemaIn(source);
	if (typeof schema === 'string') return unclear(schema, snippet);
	const way = wayOut(source, schema);
	const [stranger] = way ? [] : strangersIn(source);
	if (stranger) return unclear(stranger, '');
	if (!way) return unclear('it does not export what convict gives', snippet);
	// convict refuses a variable that two settings read.
	const there = settingsIn(schema.object).find((one) => one.variable === variable);
	if (!there) return addSetting(schema, way, variable);
	if (!givesText(there)) return unclear(`its ${variable} is not read as a text`, snippet);
	return read(way, there.path);
}

export const convictDialect: Dialect = {
	name: 'convict',
	mention: /convict/,
	recognise: (source) => callsIn(source).length > 0,
	addKey: planSetting,
};
