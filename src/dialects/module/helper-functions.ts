// Functions such as `required(name)`: whether what they return is the variable's very value.
import { type Morph, morph } from '../../text/source.ts';
import { declaredElsewhere } from './elsewhere.ts';
import { directRead, isEnvironment } from './environment.ts';
import { topVariable } from './exports.ts';
import { onlyReturn } from './object-literal.ts';
import { rememberedBy } from './remembered.ts';
import { constantValue, isFunction, isInline } from './scope.ts';
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
}

/** `function required(name) { const value = process.env[name]; …; return value; }` */
export function givesVariable(
	callable: Callable,
	{ mayCall = true, mayTrim = false }: Allowed = {},
): boolean {
	const [name, ...others] = callable.getParameters();
	if (!name || callable.isAsync()) return false;
	if (others.some((one) => !one.isOptional() && !isLabel(callable, one.getName()))) return false;
	const defaults = new Set(others.map((one) => one.getName()));
	const values = returned(callable);
	const isRead = (node: Morph.Node | undefined): boolean => {
		const inner = mayTrim ? trimmed(node) : undefined;
		if (inner) return isRead(inner);
		const isAsked = mayCall && asksHelper(node, name.getName(), mayTrim);
		return isAsked || readsParameter(node, name.getName());
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

/** True where what a function takes beside the name is spoken of in errors alone: `function required(name, hint)`. */
export function takesLabels(callable: Callable): boolean {
	const [, ...others] = callable.getParameters();
	return others.every((one) => isLabel(callable, one.getName()));
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

function readsParameter(node: Morph.Node | undefined, name: string): boolean {
	if (!morph().Node.isElementAccessExpression(node)) return false;
	return isEnvironment(node.getExpression()) && node.getArgumentExpression()?.getText() === name;
}

/** `value` of `value?.trim()`, also where it is a name. */
function trimmed(node: Morph.Node | undefined): Morph.Node | undefined {
	const { Node } = morph();
	const callee = Node.isCallExpression(node) ? node.getExpression() : undefined;
	if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'trim') return undefined;
	const inner = callee.getExpression();
	return Node.isIdentifier(inner) ? constantValue(inner, inner.getText()) : inner;
}

/** A call of another helper of the module with the same name; one step only, so that it ends. */
function asksHelper(node: Morph.Node | undefined, name: string, mayTrim: boolean): boolean {
	const { Node } = morph();
	if (!Node.isCallExpression(node) || node.getArguments()[0]?.getText() !== name) return false;
	const other = localFunction(node.getSourceFile(), node.getExpression().getText());
	return other !== null && givesVariable(other, { mayCall: false, mayTrim });
}

function isFallback(value: Morph.Node, defaults: Set<string>): boolean {
	const text = value.getText();
	return /^(?:undefined|null|''|"")$/.test(text) || defaults.has(text);
}

interface Flow {
	isStart: (node: Morph.Node | undefined) => boolean;
	defaults: Set<string>;
}

/** True when an expression is the start value under casts, defaults and at most a local name. */
function sameValue(node: Morph.Node | undefined, flow: Flow): boolean {
	const { Node } = morph();
	if (node === undefined) return false;
	if (flow.isStart(node)) return true;
	if (
		Node.isNonNullExpression(node) ||
		Node.isAsExpression(node) ||
		Node.isParenthesizedExpression(node)
	) {
		return sameValue(node.getExpression(), flow);
	}
	if (Node.isBinaryExpression(node)) {
		const keeps = /^(?:\|\||\?\?)$/.test(node.getOperatorToken().getText());
		return keeps && sameValue(node.getLeft(), flow);
	}
	if (Node.isConditionalExpression(node)) {
		const branches = [node.getWhenTrue(), node.getWhenFalse()];
		const same = branches.filter((branch) => sameValue(branch, flow));
		const rest = branches.filter((branch) => !same.includes(branch));
		return same.length > 0 && rest.every((branch) => isFallback(branch, flow.defaults));
	}
	if (!Node.isIdentifier(node)) return false;
	const value = constantValue(node, node.getText());
	return value !== undefined && !Node.isIdentifier(value) && sameValue(value, flow);
}
