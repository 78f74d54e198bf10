// Dialect `constants`: one `export const X = process.env.X` (or a helper call) per variable.
import type { KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, unclear } from './dialect.ts';
import { type Constant, exportedConstants, planConstant } from './edit/constant-key.ts';
import { localRead } from './edit/plain-read.ts';
import { isConversion, readsAnything, variablesIn } from './module/conversions.ts';
import { readsVariable } from './module/environment.ts';
import { countOfData, exportedValues } from './module/exports.ts';
import { isAddressOrSecret, nameLike, relatedness, wordsOf } from './module/names.ts';
import { isThunk, leavesOf, onlyReturn, unwrap } from './module/object-literal.ts';
import { isPublicVariable, reachesBrowser } from './module/reach.ts';
import { copyableRead, readOf } from './module/reads.ts';
import { constantValue, isInline } from './module/scope.ts';
import { exportedObjects } from './object.ts';

/** The exported constants that read the environment. */
function constantsOf(source: Morph.SourceFile): Constant[] {
	return exportedConstants(source).flatMap((constant) => {
		const asked = isThunk(constant.value) ? onlyReturn(constant.value.getBody()) : null;
		const isAsked = asked !== null && readOf(asked) !== null;
		const value = isAsked ? asked : constant.value;
		return isSetting(value) ? [{ ...constant, value, callable: isAsked }] : [];
	});
}

/** A plain value: not a client, a list or an object that is made with a variable. */
function isSetting(value: Morph.Expression): boolean {
	const { Node } = morph();
	const inner = unwrap(value);
	const isMade =
		isInline(inner) ||
		Node.isObjectLiteralExpression(inner) ||
		Node.isArrayLiteralExpression(inner) ||
		Node.isNewExpression(inner) ||
		Node.isAwaitExpression(inner);
	if (isMade) return false;
	if (!Node.isCallExpression(inner)) return readsAnything(inner);
	return readOf(inner) !== null || (givesSetting(inner) && readsAnything(inner));
}

/** `number('PORT')`, `Number(process.env.PORT)`; not `createClient({ url: process.env.X })`, which makes something. */
function givesSetting(call: Morph.CallExpression): boolean {
	const { Node } = morph();
	if (isConversion(call)) return true;
	const makes = (one: Morph.Node) =>
		Node.isObjectLiteralExpression(one) || Node.isNewExpression(one);
	if (call.getDescendants().some(makes)) return false;
	const callee = unwrap(call.getExpression());
	const isPlain = /^(?:Number|String|Boolean|parse\w*)$/.test(callee.getText());
	return !isInline(callee) && (!Node.isIdentifier(callee) || isPlain);
}

/** More than a constant that happens to read a variable among many that do not. */
function isConstantsModule(source: Morph.SourceFile): boolean {
	const constants = constantsOf(source);
	const values = exportedValues(source).filter(
		({ value }) => !isInline(value) && !isDerived(value),
	);
	const count = values.length + countOfData(source);
	if (constants.length === 0 || (constants.length * 2 < count && !isTelling(constants)))
		return false;
	if (constants.length === 1 && count > 1) return false;
	// Whether it is production, or where the program runs, is no setting.
	if (constants.every(({ value }) => [...variablesIn(value)].every((one) => OF_SYSTEM.test(one))))
		return false;
	// Where each of them is for browsers, the whole module is.
	if (constants.every(({ name, value }) => isForBrowsers(source, name, value))) return false;
	return exportedObjects(source).every(({ object }) => isBeside(object, constants));
}

/** An object without a database's address, where one of the constants is that. */
function isBeside(object: Morph.ObjectLiteralExpression, constants: Constant[]): boolean {
	const isDatabase = (variable: string) => relatedness(variable, 'DATABASE_URL') > 2;
	const held = leavesOf(object).flatMap(({ entry }) => [
		...(entry.value ? variablesIn(entry.value) : []),
	]);
	const own = constants.flatMap(({ value }) => [...variablesIn(value)]);
	return own.some(isDatabase) && !held.some(isDatabase);
}

const OF_SYSTEM =
	/^(?:NODE_ENV|CI|HOME|HOMEPATH|LOCALAPPDATA|APPDATA|PATH|PWD|SHELL|TEMP|TERM|TMPDIR|TMP|TZ|USER|USERPROFILE|XDG_\w+|npm_\w+)$/;

/** Several addresses and secrets say what a module is for, whatever else stands there. */
function isTelling(constants: Constant[]): boolean {
	const variables = constants.flatMap(({ value }) => copyableRead(value) ?? []);
	return variables.filter((one) => isAddressOrSecret(one) && !isPublicVariable(one)).length > 1;
}

/** Either a constant that was made from a variable, or something else: `isLevel(level) ? level : 'info'`. */
function isDerived(value: Morph.Expression): boolean {
	const { Node, SyntaxKind } = morph();
	const choice = unwrap(value);
	if (!Node.isConditionalExpression(choice) || isSetting(value)) return false;
	return choice.getDescendantsOfKind(SyntaxKind.Identifier).some((name) => {
		const held = constantValue(name, name.getText());
		return held !== undefined && readsAnything(held);
	});
}

function isForBrowsers(source: Morph.SourceFile, name: string, value: Morph.Expression): boolean {
	const variables = [...variablesIn(value)];
	return reachesBrowser(source, name) || variables.every(isPublicVariable);
}

function addConstant(source: Morph.SourceFile, variable: string): KeyPlan {
	const constants = constantsOf(source);
	const gives = (value: Morph.Expression) => readOf(value)?.variable === variable;
	const otherwise = localRead(constants[0]?.statement ?? source, variable);
	if (readsVariable(source, variable) && !constants.some(({ value }) => gives(value))) {
		const name = nameLike(
			wordsOf(variable),
			constants.map((one) => one.name),
		);
		const snippet = `export const ${name} = ${otherwise};`;
		return unclear(`it already has ${variable}, but not as a plain value`, snippet);
	}
	return planConstant(constants, { variable, gives, copyable: copyableRead, otherwise });
}

export const constantsDialect: Dialect = {
	name: 'constants',
	mention: ENVIRONMENT,
	recognise: isConstantsModule,
	addKey: addConstant,
};
