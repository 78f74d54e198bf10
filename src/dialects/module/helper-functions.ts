// Functions such as `required(name)`: whether what they return is the variable's very value.
import { type Morph, morph } from '../../text/source.ts';
import { declaredElsewhere } from './elsewhere.ts';
import { directRead, isEnvironment } from './environment.ts';
import { topVariable } from './exports.ts';
import { namesListed } from './name-unions.ts';
import { onlyReturn } from './object-literal.ts';
import { rememberedBy } from './remembered.ts';
import { isFallback, sameValue, trimmed } from './same-value.ts';
import { isFunction, isInline } from './scope.ts';
import { functionsOf } from './statements.ts';

export type Callable =
	| Morph.FunctionDeclaration
	| Morph.MethodDeclaration
	| Morph.ArrowFunction
	| Morph.FunctionExpression;

/** The function of that name at the top level of the module, or of the file that it is imported from. */
export const localFunction = rememberedBy(findFunction);

function findFunction(source: Morph.SourceFile, name: string): Callable | null {
	const declared = functionsOf(source).get(name);
	if (declared) return declared;
	const value = topVariable(source, name)?.getInitializer();
	if (isInline(value)) return value;
	const elsewhere = value ? null : declaredElsewhere(source, name);
	return elsewhere && elsewhere.source !== source
		? localFunction(elsewhere.source, elsewhere.name)
		: null;
}

/** Every expression that a function returns. */
export function returned(callable: Callable): Morph.Expression[] {
	const { SyntaxKind } = morph();
	const body = callable.getBody();
	const only = onlyReturn(body);
	if (only) return [only];
	const statements = body?.getDescendantsOfKind(SyntaxKind.ReturnStatement) ?? [];
	return statements.flatMap((statement) => {
		const owner = statement.getFirstAncestor(isFunction);
		const value = statement.getExpression();
		return value && owner === callable ? [value] : [];
	});
}

interface Allowed {
	/** By way of another helper of the module. */
	mayCall?: boolean;
	/** Without the blanks around it. */
	mayTrim?: boolean;
	/** Which argument is the environment, where it is handed on: 0 in `required(env, 'X')`; -1 for none. */
	environment?: number;
}

/** The parameters of a function, the environment apart. */
function parametersOf(callable: Callable, environment: number) {
	const all = callable.getParameters();
	const handed = all[environment]?.getName();
	return { handed, parameters: all.filter((_, index) => index !== environment) };
}

/** False for a parameter that takes some names alone, by a type that cannot be given one more. */
function takesAnyName(callable: Callable, parameter: Morph.ParameterDeclaration): boolean {
	const type = parameter.getTypeNode()?.getText();
	if (
		type === undefined ||
		/^(?:string|keyof (?:NodeJS\.ProcessEnv|typeof process\.env))$/.test(type)
	)
		return true;
	const own = callable.getTypeParameters().find((one) => one.getName() === type);
	return own?.getConstraint()?.getText() === 'string' || namesListed(parameter) !== null;
}

/** `function required(name) { const value = process.env[name]; …; return value; }` */
export function givesVariable(
	callable: Callable,
	{ mayCall = true, mayTrim = false, environment = -1 }: Allowed = {},
): boolean {
	const { handed, parameters } = parametersOf(callable, environment);
	const [name, ...others] = parameters;
	if (!name || callable.isAsync() || !takesAnyName(callable, name)) return false;
	const defaults = new Set(others.map((one) => one.getName()));
	const values = returned(callable);
	const isRead = (node: Morph.Node | undefined): boolean => {
		const inner = mayTrim ? trimmed(node) : undefined;
		if (inner) return isRead(inner);
		const asked = { name: name.getName(), handed, mayTrim };
		return (mayCall && asksHelper(node, asked)) || readsParameter(node, asked);
	};
	const given = values.filter((value) => sameValue(value, { isStart: isRead, defaults }));
	const rest = values.filter((value) => !given.includes(value));
	return given.length > 0 && rest.every((value) => isFallback(value, defaults));
}

/** True for a parameter that is spoken of in errors, and nowhere else. */
function isLabel(callable: Callable, name: string): boolean {
	const { Node, SyntaxKind } = morph();
	const names = callable.getBody()?.getDescendantsOfKind(SyntaxKind.Identifier) ?? [];
	const uses = names.filter((one) => one.getText() === name);
	return uses.length > 0 && uses.every((one) => one.getFirstAncestor(Node.isThrowStatement));
}

/**
 * Whether what a function is given beside the name says nothing of another value: it is spoken of in errors alone, as in
 * `function required(name, hint)`, or switches a check on.
 */
export function takesNoValue(
	callable: Callable,
	environment: number,
	given: Morph.Node[],
): boolean {
	const [, ...others] = parametersOf(callable, environment).parameters;
	const values = returned(callable).map((one) => one.getText());
	return others.every((one, index) => {
		if (isLabel(callable, one.getName())) return true;
		const isSwitch = /^(?:true|false)$/.test(given[index]?.getText() ?? 'false');
		return isSwitch && values.every((value) => !new RegExp(`\\b${one.getName()}\\b`).test(value));
	});
}

/** `function assertSet(value, name) { if (!value) throw …; return value; }` */
export function passesThrough(callable: Callable): boolean {
	const { Node } = morph();
	const [first] = callable.getParameters();
	const name = first?.getName();
	if (name === undefined || callable.isAsync()) return false;
	const isStart = (node: Morph.Node | undefined) =>
		Node.isIdentifier(node) && node.getText() === name;
	const values = returned(callable);
	return (
		values.length > 0 && values.every((value) => sameValue(value, { isStart, defaults: new Set() }))
	);
}

/** `(value) => (value === '' ? undefined : value)`: its argument, perhaps without the blanks around it, or nothing. */
export function givesArgument(callable: Callable): boolean {
	const name = callable.getParameters()[0]?.getName();
	if (name === undefined || callable.isAsync()) return false;
	const isStart = (node: Morph.Node | undefined) =>
		/^[\w$]+(?:\??\.trim\(\))?$/.test(node?.getText() ?? '') &&
		node?.getText().split(/\??\./)[0] === name;
	const flow = { isStart, defaults: new Set<string>() };
	const values = returned(callable);
	const given = values.filter((value) => sameValue(value, flow));
	const rest = values.filter((value) => !given.includes(value));
	return given.length > 0 && rest.every((value) => isFallback(value, flow.defaults));
}

/** `process.env.URL || …` of a function that returns it and takes nothing; of the environment's own only, so that it ends. */
export function variableReturned(callable: Callable): Morph.Node | null {
	const [only, ...others] = returned(callable);
	const isPlain = callable.getParameters().length === 0 && !callable.isAsync();
	if (!only || !isPlain || others.length > 0) return null;
	return directRead(startOf(only)) === null ? null : only;
}

function startOf(value: Morph.Node): Morph.Node {
	const { Node } = morph();
	if (Node.isBinaryExpression(value)) return startOf(value.getLeft());
	const isWrapped =
		Node.isParenthesizedExpression(value) ||
		Node.isNonNullExpression(value) ||
		Node.isAsExpression(value);
	return isWrapped ? startOf(value.getExpression()) : value;
}

/** What a helper is asked for, and by which name it has the environment, where that is handed on. */
interface Asked {
	name: string;
	handed: string | undefined;
	mayTrim: boolean;
}

function isGivenEnvironment(node: Morph.Node, { handed }: Asked): boolean {
	return node.getText() === handed || isEnvironment(node);
}

function readsParameter(node: Morph.Node | undefined, asked: Asked): boolean {
	if (!morph().Node.isElementAccessExpression(node)) return false;
	const isRead = isGivenEnvironment(node.getExpression(), asked);
	return isRead && node.getArgumentExpression()?.getText() === asked.name;
}

/** A call of another helper of the module with the same name; one step only, so that it ends. */
function asksHelper(node: Morph.Node | undefined, asked: Asked): boolean {
	if (!morph().Node.isCallExpression(node)) return false;
	const all = node.getArguments();
	const environment = all.findIndex((one) => isGivenEnvironment(one, asked));
	const [first] = all.filter((_, index) => index !== environment);
	if (first?.getText() !== asked.name) return false;
	const other = localFunction(node.getSourceFile(), node.getExpression().getText());
	const { mayTrim } = asked;
	return other !== null && givesVariable(other, { mayCall: false, mayTrim, environment });
}
