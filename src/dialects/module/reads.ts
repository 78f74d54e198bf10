// What an expression reads from the environment, and whether it gives the variable's very value.
import { type Morph, morph } from '../../text/source.ts';
import { defaultedValue } from './defaulted.ts';
import { directRead, isEnvironment, tableRead, variableOfElement } from './environment.ts';
import { asksMore } from './helper-checks.ts';
import {
	type Callable,
	givesVariable,
	localFunction,
	passesThrough,
	takesNoValue,
	variableReturned,
} from './helper-functions.ts';
import { isImported } from './imports.ts';
import { remembered } from './remembered.ts';
import { bindingOf, constantValue } from './scope.ts';

export interface Read {
	variable: string;
	/** A sibling for another variable may be written the same way: no default, no narrower type. */
	copyable: boolean;
	/** The innermost part, e.g. `process.env.PORT` or `required('PORT')`. */
	by: 'process' | 'helper' | 'name';
}

/** Where a value is missing, somebody is told, or nothing goes on. */
export const COMPLAINS =
	/\bthrow\b|process\.exit\(|\b(?:fail|die|panic|abort|missing)\w*\(|\b\w*(?:errors?|issues|problems|missing)\w*\.push\(/i;

export const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/** Imported functions cannot be looked into: these names promise a text, unchanged. */
const TRUSTED =
	/^(?:get|read|load|must|require|required|mandatory|ensure|assert|str|string|optional|os)*(?:env|environment|required?|mandatory)(?:var|variable|string|optional|or(?:throw|fail|die))*$/i;

/** What an expression reads when its value is the variable's, unchanged whenever the variable is set; else null. */
export function readOf(expression: Morph.Node | null | undefined): Read | null {
	return expression ? findRead(expression) : null;
}

const findRead = remembered((expression: Morph.Node): Read | null => {
	const { Node } = morph();
	if (Node.isParenthesizedExpression(expression) || Node.isNonNullExpression(expression)) {
		return readOf(expression.getExpression());
	}
	if (Node.isAsExpression(expression) || Node.isSatisfiesExpression(expression)) {
		const inner = readOf(expression.getExpression());
		const wide = /^string( \| undefined)?$/.test(expression.getTypeNode()?.getText() ?? '');
		return inner && { ...inner, copyable: inner.copyable && wide };
	}
	if (Node.isBinaryExpression(expression)) return withFallback(expression);
	if (Node.isCallExpression(expression)) return helperRead(expression);
	if (Node.isIdentifier(expression)) return readByName(expression);
	const variable = directRead(expression);
	const isListed = Node.isExpression(expression) && tableRead(expression) !== null;
	return variable === null ? null : { variable, copyable: !isListed, by: 'process' };
});

/** The variable of a value that may be written the same way for another one. */
export function copyableRead(value: Morph.Node | null): string | null {
	const read = readOf(value);
	return read?.copyable ? read.variable : null;
}

function withFallback(expression: Morph.BinaryExpression): Read | null {
	const operator = expression.getOperatorToken().getText();
	if (operator !== '||' && operator !== '??') return null;
	const read = readOf(expression.getLeft());
	// No client takes null for an address.
	if (expression.getRight().getText() === 'null') return null;
	return read && { ...read, copyable: read.copyable && isNoDefault(expression.getRight()) };
}

/** An empty text, or a call that only complains: a copy of it gives no other value. */
function isNoDefault(fallback: Morph.Expression): boolean {
	const { Node } = morph();
	if (Node.isStringLiteral(fallback)) return fallback.getLiteralText() === '';
	if (Node.isIdentifier(fallback)) return fallback.getText() === 'undefined';
	return (
		Node.isCallExpression(fallback) &&
		/fail|throw|missing|raise|panic|never/i.test(fallback.getExpression().getText())
	);
}

function readByName(name: Morph.Identifier): Read | null {
	const { Node } = morph();
	const binding = bindingOf(name, name.getText());
	if (Node.isBindingElement(binding)) {
		const variable = variableOfElement(binding);
		return variable === null ? null : { variable, copyable: false, by: 'name' };
	}
	const value = constantValue(name, name.getText()) ?? defaultedValue(name);
	const read = value && !Node.isIdentifier(value) ? readOf(value) : null;
	return read && { ...read, copyable: false, by: 'name' };
}

/** What a helper call reads when its value is the variable's; else null. */
function helperRead(call: Morph.CallExpression): Read | null {
	const { Node } = morph();
	// lodash: the first, or the second where there is none.
	if (call.getExpression().getText() === '_.defaultTo') {
		const [value, fallback] = call.getArguments();
		const read = readOf(value);
		return read && { ...read, copyable: /^(['"])\1$/.test(fallback?.getText() ?? '') };
	}
	const helper = helperOf(call);
	if (!helper) return null;
	const asked = askedOf(call);
	const [first, ...others] = asked.words;
	if (!first) {
		const read = readOf(helper === 'imported' ? null : variableReturned(helper));
		return read && { ...read, copyable: false, by: 'helper' };
	}
	if (Node.isStringLiteral(first) && VARIABLE.test(first.getLiteralText())) {
		return readByHelper(helper, asked, first.getLiteralText());
	}
	// `assertSet(process.env.X, 'X')`
	const inner = readOf(first);
	if (inner === null || helper === 'imported' || !passesThrough(helper)) return null;
	const labels = others.every((other) => Node.isStringLiteral(other));
	return { ...inner, copyable: inner.copyable && labels, by: 'helper' };
}

function readByHelper(
	helper: Callable | 'imported',
	{ environment, words }: Asked,
	variable: string,
): Read | null {
	const [, ...others] = words;
	if (helper === 'imported') return { variable, copyable: others.length === 0, by: 'helper' };
	const needed = helper
		.getParameters()
		.filter((one, at) => at !== environment && !one.isOptional());
	if (words.length < needed.length) return null;
	if (!givesVariable(helper, { mayTrim: true, environment })) return null;
	const isPlain = others.every((one) => isLabel(one) || /^(?:true|false)$/.test(one.getText()));
	const isEmpty = others.every((one) => /^(?:''|""|``)$/.test(one.getText()));
	const copyable = isEmpty || (isPlain && takesNoValue(helper, environment, others));
	return { variable, copyable: copyable && !asksMore(helper), by: 'helper' };
}

interface Asked {
	/** Which argument is the environment, in `required(env, 'X')`; -1 for none. */
	environment: number;
	/** The others. */
	words: Morph.Node[];
}

/** What a helper is asked. */
export function askedOf(call: Morph.CallExpression): Asked {
	const all = call.getArguments();
	const environment = all.findIndex((one) => isEnvironment(one));
	return { environment, words: all.filter((_, index) => index !== environment) };
}

export function isLabel(node: Morph.Node): boolean {
	const { Node } = morph();
	return Node.isStringLiteral(node) || Node.isNoSubstitutionTemplateLiteral(node);
}

/** What a helper is told of its variable beside the name, for whoever has to set it: `required('X', 'Ask the team.')`. */
export function labelsOf(value: Morph.Node): string[] {
	const { Node } = morph();
	if (!Node.isCallExpression(value)) return [];
	const [first, ...others] = askedOf(value).words;
	if (!Node.isStringLiteral(first)) return [];
	return others
		.filter((one) => isLabel(one) && one.getText().length > 2)
		.map((one) => one.getText());
}

/** The function that a call calls, when it is in the same module, or imported under a name to be trusted. */
export function helperOf(call: Morph.CallExpression): Callable | 'imported' | null {
	const { Node } = morph();
	const callee = call.getExpression();
	if (Node.isPropertyAccessExpression(callee)) return methodOf(callee);
	if (!Node.isIdentifier(callee)) return null;
	const name = callee.getText();
	const source = call.getSourceFile();
	return (
		localFunction(source, name) ?? (isImported(callee) && TRUSTED.test(name) ? 'imported' : null)
	);
}

/** `this.required(…)` and `Config.required(…)` inside the class. */
function methodOf(callee: Morph.PropertyAccessExpression): Callable | null {
	const { Node, SyntaxKind } = morph();
	const owner = callee.getFirstAncestorByKind(SyntaxKind.ClassDeclaration);
	const on = callee.getExpression();
	if (!owner || !(Node.isThisExpression(on) || on.getText() === owner.getName())) return null;
	return owner.getMethods().find((method) => method.getName() === callee.getName()) ?? null;
}
