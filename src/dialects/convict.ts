// Dialect `convict`: `convict({ database: { url: { format: String, default: '', env: 'DATABASE_URL' } } })`.
import type { KeyPlan } from '../model.ts';
import { type Morph, morph } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { member, ready, unclear } from './dialect.ts';
import { addEntry } from './edit/new-entry.ts';
import { addToTypes } from './edit/type-members.ts';
import { isEnvironment } from './module/environment.ts';
import { follow, type Given, givenValues } from './module/given.ts';
import { callsOf, libraryNames } from './module/library.ts';
import { findEntry, objectIn } from './module/object-literal.ts';
import {
	givesText,
	placeFor,
	type Setting,
	settingsIn,
	settingText,
} from './schema/convict-schema.ts';

const LIBRARY = 'convict';

interface Schema {
	call: Morph.CallExpression;
	object: Morph.ObjectLiteralExpression;
	types: Morph.TypeNode[];
}

function callsIn(source: Morph.SourceFile): Morph.CallExpression[] {
	return libraryNames(source, LIBRARY).flatMap((name) => callsOf(source, name));
}

function schemaIn(source: Morph.SourceFile): Schema | string {
	const { Node } = morph();
	const [call, ...others] = callsIn(source);
	const [list, options] = call?.getArguments() ?? [];
	if (!call || others.length > 0) return 'it has more than one schema';
	if (options && !readsProcess(options)) return 'it may read something other than process.env';
	const made = Node.isExpression(list) ? follow(list) : null;
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

/** How the value of an expression is asked for settings: by `get`, or by its properties. */
function kindOf(value: Morph.Expression, call: Morph.CallExpression): 'get' | 'member' | null {
	const { Node } = morph();
	const made = follow(value).value;
	if (made === call) return 'get';
	const callee = Node.isCallExpression(made) ? made.getExpression() : undefined;
	if (!Node.isPropertyAccessExpression(callee)) return null;
	if (kindOf(callee.getExpression(), call) !== 'get') return null;
	if (CHAINED.test(callee.getName())) return 'get';
	return callee.getName() === 'getProperties' ? 'member' : null;
}

interface Way {
	given: Given;
	kind: 'get' | 'member';
}

function wayOut(source: Morph.SourceFile, { call }: Schema): Way | null {
	const ways = givenValues(source, 'config').flatMap((given): Way[] => {
		const kind = kindOf(given.value, call);
		return kind ? [{ given, kind }] : [];
	});
	return ways[0] ?? null;
}

function accessTo({ given, kind }: Way, path: string[]): string {
	if (kind === 'member') return member(given.base, path);
	return `${given.base}.get('${path.join('.')}')`;
}

/** `convict.Config<Settings>` and `convict.Schema<Settings>` list their settings in `Settings`. */
function listing(type: Morph.TypeNode): Morph.TypeNode {
	const { Node } = morph();
	if (!Node.isTypeReference(type)) return type;
	const [settings] = type.getTypeArguments();
	return settings && /(?:^|\.)(?:Config|Schema)$/.test(type.getTypeName().getText())
		? settings
		: type;
}

function addSetting(schema: Schema, way: Way, variable: string): KeyPlan {
	const settings = settingsIn(schema.object);
	const place = placeFor(schema.object, variable);
	const [key = variable] = place.keys;
	const otherwise = settingText(settings, place, variable);
	const added = addEntry(place.object, { variable, key, otherwise, copyable: () => null });
	const snippet = `${key}: ${otherwise},`;
	if (!added) return unclear('its keys leave no place for the new one', snippet);
	const path = [...place.base, ...place.keys];
	const types = [...schema.types, ...way.given.types].map(listing);
	const typed = addToTypes([...new Set(types)], { ...added, path, variable }, 'string');
	if (!typed) return unclear('its type is declared in another module', snippet);
	return ready(way.given.import, accessTo(way, path), [...typed, ...added.insertions]);
}

function planSetting(source: Morph.SourceFile, variable: string): KeyPlan {
	const snippet = `{ format: String, default: '', env: '${variable}' }`;
	const schema = schemaIn(source);
	if (typeof schema === 'string') return unclear(schema, snippet);
	const way = wayOut(source, schema);
	if (!way) return unclear('it does not export what convict gives', snippet);
	// convict refuses a variable that two settings read.
	const there = settingsIn(schema.object).filter((one: Setting) => one.variable === variable);
	const [first] = there;
	if (!first) return addSetting(schema, way, variable);
	if (!givesText(first)) return unclear(`its ${variable} is not read as a text`, snippet);
	return ready(way.given.import, accessTo(way, first.path));
}

export const convictDialect: Dialect = {
	name: 'convict',
	recognise: (source) => callsIn(source).length > 0,
	addKey: planSetting,
};
