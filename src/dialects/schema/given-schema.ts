// What `parse(schema, process.env)` checks, where `parse` is a function of the project that takes a schema.
import { type Morph, morph } from '../../text/source.ts';
import { isEnvironment } from '../module/environment.ts';
import { type Callable, localFunction, returned } from '../module/helper-functions.ts';
import { type Origin, originsOf } from '../module/origins.ts';
import { schemaParameters } from '../module/schema-helpers.ts';
import { bindingOf, isFunction } from '../module/scope.ts';

interface Checked {
	schema: Morph.Expression;
	values: Morph.Expression;
}

/** Steps before the check that leave every key as it is. */
const HARMLESS = /^(?:partial|strict|loose|passthrough|strip)$/;

/** The name that `schema.partial().parse(…)` begins with. */
function startOf(node: Morph.Expression): string | null {
	const { Node } = morph();
	if (Node.isIdentifier(node)) return node.getText();
	const callee = Node.isCallExpression(node) ? node.getExpression() : undefined;
	const isStep = Node.isPropertyAccessExpression(callee) && HARMLESS.test(callee.getName());
	return isStep ? startOf(callee.getExpression()) : null;
}

/** What an origin checks by a parameter, and what it checks; null where it is anything else. */
function checkIn({ value, path }: Origin, schema: string): Morph.Expression | null {
	const { Node } = morph();
	const callee = Node.isCallExpression(value) ? value.getExpression() : undefined;
	if (!Node.isCallExpression(value) || !Node.isPropertyAccessExpression(callee)) return null;
	const under = { parse: '', safeParse: 'data' }[callee.getName()];
	if (path.join('.') !== under || startOf(callee.getExpression()) !== schema) return null;
	const [values] = value.getArguments();
	return Node.isExpression(values) ? values : null;
}

/** `const picked = {}`, filled with `values[key]` by the keys of the schema: the values under their own names. */
function isPicked(values: Morph.Identifier, callable: Callable, from: string): boolean {
	const { Node } = morph();
	const held = bindingOf(values, values.getText());
	const start = Node.isVariableDeclaration(held) ? held.getInitializer() : undefined;
	if (!Node.isObjectLiteralExpression(start) || start.getProperties().length > 0) return false;
	const text = callable.getText().replace(/\s+/g, '');
	const [, key = ''] = new RegExp(`${values.getText()}\\[([\\w$]+)\\]=`).exec(text) ?? [];
	return key !== '' && text.includes(`${from}[${key}]`) && !text.includes('Case(');
}

/** Which of its parameters a function checks; null where it checks something else, the environment itself aside. */
function checkedParameter(callable: Callable, values: Morph.Expression): number | null {
	const names = callable.getParameters().map((one) => one.getName());
	const { Node } = morph();
	if (!Node.isIdentifier(values)) return null;
	const own = names.indexOf(values.getText());
	const isOwn = own >= 0 && Node.isParameterDeclaration(bindingOf(values, values.getText()));
	if (isOwn) return own;
	const from = names.findIndex((name) => isPicked(values, callable, name));
	return from < 0 ? null : from;
}

function checks(callable: Callable, call: Morph.CallExpression): Checked | null {
	const { Node } = morph();
	const [name = '', ...others] = schemaParameters(callable);
	const results = returned(callable).flatMap((one) => originsOf(one));
	const checked = results.map((one) => checkIn(one, name));
	const [first] = checked;
	const isOne = checked.every((one) => one && one.getText() === first?.getText());
	if (!first || !isOne || others.length > 0 || callable.isAsync()) return null;
	const all = call.getArguments();
	const schema = all[callable.getParameters().findIndex((one) => one.getName() === name)];
	if (!Node.isExpression(schema)) return null;
	const at = checkedParameter(callable, first);
	const given = at === null ? undefined : all[at];
	if (Node.isExpression(given)) return { schema, values: given };
	return isEnvironment(first) ? { schema, values: first } : null;
}

/** What a call of such a function checks; null for any other call. */
export function checkedByHelper(call: Morph.CallExpression): Checked | null {
	const { Node } = morph();
	const callee = call.getExpression();
	if (!Node.isIdentifier(callee)) return null;
	const callable = localFunction(call.getSourceFile(), callee.getText());
	if (!callable || !isFunction(callable) || schemaParameters(callable).length === 0) return null;
	return checks(callable, call);
}
