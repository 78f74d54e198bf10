// Modules that export one object literal whose leaves read the environment: finding it, its key, and how it is read.
import type { Access, KeyPlan } from '../../model.ts';
import { type Morph, morph } from '../../source.ts';
import { member, ready, unclear } from '../dialect.ts';
import { directReadLike, isEnvironment, variablesRead } from '../module/environment.ts';
import { exportedValues, topVariable } from '../module/exports.ts';
import { isHandedOver, isLibraryType } from '../module/library-options.ts';
import { type Entry, entriesOf, leavesOf, objectIn, unwrap } from '../module/object-literal.ts';
import { type Read, readOf, variablesIn } from '../module/reads.ts';
import { mostCommon, replaceWord } from './names.ts';
import { addEntry } from './new-entry.ts';
import { addToTypes, typesOf } from './type-members.ts';

/** An object literal that a module gives to others. */
export interface ObjectModule {
	import: Access['import'];
	/** How an importing module writes the object itself, e.g. `config` or `loadConfig()`. */
	base: string;
	object: Morph.ObjectLiteralExpression;
	types: Morph.TypeNode[];
}

/** The exported object literals that are mostly made of reads of the environment. */
export function exportedObjects(source: Morph.SourceFile): ObjectModule[] {
	return exportedValues(source).flatMap(({ import: how, name, value, declaration }) => {
		const found = literalBehind(source, value, declaration);
		if (!found || !isConfiguration(found.object) || found.types.some(isLibraryType)) return [];
		if (declaration && isHandedOver(source, declaration.getName())) return [];
		return [{ import: how, base: name, ...found }];
	});
}

function literalBehind(
	source: Morph.SourceFile,
	value: Morph.Expression,
	declaration: Morph.VariableDeclaration | null,
): Pick<ObjectModule, 'object' | 'types'> | null {
	const types = typesOf(value, declaration);
	const object = objectIn(value);
	if (object) return { object, types };
	const inner = unwrap(value);
	const next = morph().Node.isIdentifier(inner) ? topVariable(source, inner.getText()) : undefined;
	const initializer = next?.getInitializer();
	const further = initializer && objectIn(initializer);
	if (!further) return null;
	return { object: further, types: [...types, ...typesOf(initializer, next)] };
}

/** Options of a tool (Knex, Drizzle, Sequelize), which fill themselves from the environment but are not for us. */
const TOOL_KEYS = /^(?:dialect|client|driver|dbCredentials|migrations|schema|plugins|presets?)$/;

/** True for an object that reads variables rather than merely mentions one, and is not an environment for others. */
export function isConfiguration(object: Morph.ObjectLiteralExpression): boolean {
	const { Node } = morph();
	const spreads = object.getProperties().filter((one) => Node.isSpreadAssignment(one));
	if (spreads.some((spread) => isEnvironment(spread.getExpression()))) return false;
	const entries = entriesOf(object);
	const isTool = ({ key, value }: Entry) =>
		TOOL_KEYS.test(key) && value !== null && Node.isStringLiteral(value);
	if (entries.some(isTool)) return false;
	const leaves = leavesOf(object);
	const reading = leaves.filter(({ entry }) => entry.value && isSetting(entry.value)).length;
	if (reading < 2) return reading === 1 && leaves.length <= 2;
	return reading > 3 || reading * 3 >= leaves.length;
}

/** Made from the environment, and not a path or an address below the one that a variable gives. */
function isSetting(value: Morph.Expression): boolean {
	const { Node } = morph();
	const isPlus = Node.isBinaryExpression(value) && value.getOperatorToken().getText() === '+';
	const least = isPlus || Node.isTemplateExpression(value) ? 2 : 1;
	return variablesIn(value).size >= least;
}

/** The reads of the leaves, for a dialect to recognise its own. */
export function leafReads(object: Morph.ObjectLiteralExpression): Read[] {
	return leavesOf(object).flatMap(({ entry }) => readOf(entry.value) ?? []);
}

/** How the leaves of the object mostly read a variable, where the new key's own siblings give no example. */
function usualValue(object: Morph.ObjectLiteralExpression, variable: string): string {
	const candidates = leavesOf(object).flatMap(({ entry }) => {
		const read = readOf(entry.value);
		const text = entry.value?.getText() ?? '';
		if (!read?.copyable || text.includes('\n')) return [];
		return [{ name: entry.key, text: replaceWord(text, read.variable, variable) }];
	});
	return mostCommon(candidates, variable)?.text ?? directReadLike(object, variable);
}

/** `planInObject` for the one object of a module. */
export function planInOnly(modules: ObjectModule[], variable: string): KeyPlan {
	// `publicEnv` beside `env`: what a browser may see is not the place for an address with a password.
	const inner = modules.filter(({ base }) => !/public|client|browser/i.test(base));
	const [first, ...others] = inner;
	const snippet = `process.env.${variable}`;
	if (!first) return unclear('it exports no object that reads the environment', snippet);
	// The same object under two names is one object; two objects leave the choice open.
	if (others.some(({ object }) => object !== first.object)) {
		return unclear('it exports more than one object', snippet);
	}
	return planInObject(first, variable);
}

/** The key in an object literal: reused when a leaf reads the variable, else added in the manner of the siblings. */
export function planInObject(module: ObjectModule, variable: string): KeyPlan {
	const { object, base } = module;
	const source = object.getSourceFile();
	const otherwise = usualValue(object, variable);
	const there = leavesOf(object).find(({ entry }) => readOf(entry.value)?.variable === variable);
	if (there) {
		const expression = member(base, there.path);
		return ready(module.import, there.entry.callable ? `${expression}()` : expression);
	}
	const added = addEntry(object, {
		variable,
		otherwise,
		copyable: ({ value }) => {
			const read = readOf(value);
			return read?.copyable ? read.variable : null;
		},
	});
	if (variablesRead(source).has(variable)) {
		return unclear(`it already reads ${variable}, but not as a plain value`, `${otherwise}`);
	}
	if (!added) return unclear('its keys leave no place for the new one', otherwise);
	const typed = addToTypes(module.types, { ...added, variable }, 'string | undefined');
	const snippet = added.path.reduceRight(
		(text, key, depth) => (depth === 0 ? `${key}: ${text}` : `{ ${key}: ${text} }`),
		otherwise,
	);
	if (!typed) return unclear('its type is declared in another module', snippet);
	const expression = member(base, added.path);
	return ready(module.import, added.callable ? `${expression}()` : expression, [
		...typed,
		...added.insertions,
	]);
}
