// A schema by which the environment is only checked, or typed: its values are read from process.env itself.
import { type Morph, morph } from '../../text/source.ts';
import { exportedValues, exportOf } from '../module/exports.ts';
import { strangersIn } from '../module/given.ts';
import { returned } from '../module/helper-functions.ts';
import { nodesOf } from '../module/inert.ts';
import { callsIn } from '../module/library-calls.ts';
import { entriesOf } from '../module/object-literal.ts';
import { isGeneral } from '../module/purpose.ts';
import { isPublicVariable } from '../module/reach.ts';
import { bindingOf, isFunction, isInline } from '../module/scope.ts';
import { functionsIn } from '../module/statements.ts';
import { onlyValidation } from './leaves.ts';
import type { Search, Validation } from './validation.ts';

/** The validation that types process.env: `interface ProcessEnv extends z.infer<typeof schema> {}`, checked somewhere in the module. */
export function typedEnvironment(source: Morph.SourceFile, search: Search): Validation | null {
	if (!/interface\s+ProcessEnv\s+extends\b/.test(source.getFullText())) return null;
	return onlyValidation(validationsIn(source, search));
}

/** The one validation of a module whose values nobody takes: `cleanEnv(process.env, { … });`, `const { error } = schema.validate(process.env)` */
export function checkedAlone(source: Morph.SourceFile, search: Search): Validation | null {
	const all = validationsIn(source, search).filter(({ call }) => !isForBrowsers(call));
	const isAlone = all.every(({ call, validation }) => isUnused(call, validation));
	return isAlone ? onlyValidation(all) : null;
}

/** Of values for browsers alone: where they go is not what the server checks. */
function isForBrowsers(call: Morph.CallExpression): boolean {
	const { Node } = morph();
	const [given] = call.getArguments().filter(Node.isObjectLiteralExpression);
	const keys = given ? entriesOf(given).map(({ key }) => key) : [];
	return keys.length > 0 && keys.every((key) => key === 'NODE_ENV' || isPublicVariable(key));
}

function validationsIn(source: Morph.SourceFile, search: Search) {
	return callsIn(source).flatMap((call) => {
		const validation = search.validationOf(call);
		return validation ? [{ call, validation }] : [];
	});
}

/** A variable that a configuration has, whatever else is validated. */
const USUAL =
	/^(?:NODE_ENV|PORT|STAGE|HOST)$|_(?:URL|URI|DSN|HOST|PORT|SECRET|KEY|TOKEN|PASSWORD)$/;

/** True for keys of several variables, which are of several things where the name does not say that they are all. */
function areVariables({ keys, name }: { keys: string[]; name: string }): boolean {
	const isWritten = keys.every((key) => /^[A-Z][A-Z0-9_]*$/.test(key)) && keys.some(isUsual);
	const isOfAll = isGeneral(name.replace(/validat(?:ion|or)|joi|zod|yup|nest/gi, ''));
	const first = new Set(keys.map((key) => key.split('_')[0]));
	return isWritten && keys.length > 1 && (isOfAll || first.size > 1);
}

function isUsual(key: string): boolean {
	return USUAL.test(key) && !isPublicVariable(key);
}

/** The one schema of variables that a module gives to others, who validate by it: `validationSchema` of Nest. */
export function schemaAlone(source: Morph.SourceFile, search: Search): Validation | null {
	if (validationsIn(source, search).length > 0) return null;
	const all = [...amongVariables(source, search), ...amongCalls(source, search)];
	// `redisEnvSchema` among those of other things.
	const own = all.filter(({ name }) => /redis|valkey|keydb/i.test(name));
	if (own.length === 1 && own[0]) return own[0].validation;
	const [only, ...others] = all.filter(areVariables);
	return only && others.length === 0 && strangersIn(source).length === 0 ? only.validation : null;
}

function amongVariables(source: Morph.SourceFile, { ofSchema }: Search) {
	if (!ofSchema) return [];
	const variables = source.getVariableStatements().flatMap((one) => one.getDeclarations());
	const own = variables.flatMap((variable) => {
		const value = variable.getInitializer();
		const found = value ? ofSchema(value) : null;
		const name = variable.getName();
		return found && isUsedByOthers(source, name) ? [{ ...found, name }] : [];
	});
	// `export default Joi.object({ … })`
	const bare = exportedValues(source).flatMap(({ value, declaration }) => {
		const found = declaration ? null : ofSchema(value);
		return found ? [{ ...found, name: '' }] : [];
	});
	const { ts, Node } = morph();
	// `ConfigModule.forRoot({ validationSchema: Joi.object({ … }) })`
	const given = nodesOf(source, ts.isPropertyAssignment)
		.filter(Node.isPropertyAssignment)
		.filter((one) => one.getName() === 'validationSchema')
		.flatMap((one) => {
			const value = one.getInitializer();
			const found = Node.isCallExpression(value) ? ofSchema(value) : null;
			return found ? [{ ...found, name: one.getName() }] : [];
		});
	return [...own, ...bare, ...given];
}

function amongCalls(source: Morph.SourceFile, { ofGiven }: Search) {
	if (!ofGiven) return [];
	return callsIn(source).flatMap((call) => {
		const owner = call.getFirstAncestor(isFunction);
		const isFunctionOfOwn = morph().Node.isFunctionDeclaration(owner) || isInline(owner);
		const found = isFunctionOfOwn ? ofGiven(call) : null;
		return found ? [{ ...found, name: call.getArguments()[0]?.getText() ?? '' }] : [];
	});
}

/** Exported, or asked by an exported function. */
function isUsedByOthers(source: Morph.SourceFile, name: string): boolean {
	const asks = new RegExp(`\\b${name}\\s*\\.\\w*(?:parse|validate)\\w*\\(|\\(\\s*${name}\\b`, 'i');
	const asking = functionsIn(source).filter((one) => asks.test(one.getText()));
	const isGiven = [name, ...asking.map((one) => one.getName() ?? '')].some((one) =>
		exportOf(source, one),
	);
	// `export const validate = (config) => schema.parse(config)`
	return (
		isGiven ||
		/['"](?:@fastify\/env|fastify-env)['"]/.test(source.getFullText()) ||
		exportedValues(source).some(({ value }) => isInline(value) && asks.test(value.getText()))
	);
}

/** What a result says beside the values. */
const ASIDE = /^(?:error|errors|success|issues|warning|ok|left)$/;

function isUnused(call: Morph.CallExpression, { under }: Validation): boolean {
	const { Node, SyntaxKind } = morph();
	const parent = call.getParent();
	if (Node.isExpressionStatement(parent) || staysInside(call)) return true;
	if (under === null) return false;
	if (Node.isPropertyAccessExpression(parent)) return ASIDE.test(parent.getName());
	if (!Node.isVariableDeclaration(parent)) return false;
	const name = parent.getNameNode();
	if (Node.isObjectBindingPattern(name)) {
		const taken = name.getElements().map((one) => one.getPropertyNameNode() ?? one.getNameNode());
		return taken.every((one) => ASIDE.test(one.getText()));
	}
	const uses = (parent.getFirstAncestorByKind(SyntaxKind.Block) ?? call.getSourceFile())
		.getDescendantsOfKind(SyntaxKind.Identifier)
		.filter((one) => one !== name && one.getText() === name.getText());
	return uses.every((one) => {
		const access = one.getParent();
		return Node.isPropertyAccessExpression(access) && ASIDE.test(access.getName());
	});
}

/** True in a function that gives nothing to others and sets nothing: it checks, and perhaps tells. */
function staysInside(call: Morph.CallExpression): boolean {
	const { Node, SyntaxKind } = morph();
	const owner = call.getFirstAncestor(isFunction);
	if (Node.isConstructorDeclaration(owner)) return isMadeByOthers(owner);
	const isCallable = Node.isFunctionDeclaration(owner) || isInline(owner);
	if (!isCallable || !Node.isBlock(owner.getBody())) return false;
	if (returned(owner).length > 0 && !isAskedForNothing(owner)) return false;
	return owner.getDescendantsOfKind(SyntaxKind.BinaryExpression).every((one) => {
		const left = one.getOperatorToken().getText() === '=' ? one.getLeft() : undefined;
		const held = Node.isIdentifier(left) ? bindingOf(left, left.getText()) : undefined;
		return left === undefined || held?.getFirstAncestor(isFunction) === owner;
	});
}

const OPENS = /\b[A-Z][A-Z0-9]*_(?:UR[LI]|DSN|SECRET|KEY|TOKEN|PASSWORD)\b/;

/** A class for all settings that nobody makes one of here, as Nest does: who asks for a value is given the class. */
function isMadeByOthers(maker: Morph.ConstructorDeclaration): boolean {
	const owner = maker.getParent();
	const name = morph().Node.isClassDeclaration(owner) ? (owner.getName() ?? '') : '';
	const source = maker.getSourceFile();
	const text = source.getFullText();
	const isMade = text.includes(`new ${name}(`) || maker.getScope() !== 'public';
	if (name === '' || isMade || !isGeneral(name)) return false;
	return exportOf(source, name) !== null && OPENS.test(text);
}

/** `validateEnv();`: what the function gives is taken by nobody. */
function isAskedForNothing(owner: Morph.Node): boolean {
	const { Node, SyntaxKind } = morph();
	const source = owner.getSourceFile();
	const name = Node.isFunctionDeclaration(owner) ? owner.getName() : undefined;
	if (name === undefined || exportOf(source, name)) return false;
	const uses = source
		.getDescendantsOfKind(SyntaxKind.Identifier)
		.filter((one) => one.getText() === name && one.getParent() !== owner);
	return uses.every((one) => Node.isExpressionStatement(one.getParent()?.getParent()));
}
