// Calls of a library, by the module's imports: `z.string().min(1)` -> `string`, then `min`.
import { type Morph, morph } from '../../text/source.ts';
import { type Imported, importsOf } from './imports.ts';
import { nodesOf } from './inert.ts';
import { unwrap } from './object-literal.ts';
import { follow } from './origins.ts';
import { remembered } from './remembered.ts';
import { bindingOf, declaredIn } from './scope.ts';

/** Named exports that are the library itself: `import { z } from 'zod'`, `import { Type as t } from …`. */
const WHOLE = new Set(['z', 'Joi', 'joi', 'Type', 'Value']);

function importedFrom(source: Morph.SourceFile, library: RegExp): Imported[] {
	return importsOf(source)
		.filter(({ from, isType }) => library.test(from) && !isType)
		.map((one) => ({ ...one, name: WHOLE.has(one.name) ? '' : one.name }));
}

/** True when the module imports more than types from the library. */
export function importsLibrary(source: Morph.SourceFile, library: RegExp): boolean {
	return importedFrom(source, library).length > 0;
}

/** How the module writes an export of the library: `string`, `z.string`; null when it cannot without a new import. */
export function written(source: Morph.SourceFile, library: RegExp, name: string): string | null {
	const imported = importedFrom(source, library);
	const own = imported.find((one) => one.name === name);
	const whole = imported.find((one) => one.name === '');
	return own?.local ?? (whole ? `${whole.local}.${name}` : null);
}

/** `z.coerce.string` -> `coerce.string`, `string` -> `string`, `z` -> ''; null for what is not of the library. */
export function libraryPath(node: Morph.Node, library: RegExp): string | null {
	const { Node } = morph();
	if (Node.isIdentifier(node)) return namePath(node, library);
	if (!Node.isPropertyAccessExpression(node)) return null;
	const base = libraryPath(node.getExpression(), library);
	if (base === null) return null;
	// `import * as zod`, then `zod.z.string`.
	return base === '' || WHOLE.has(base) ? node.getName() : `${base}.${node.getName()}`;
}

function namePath(name: Morph.Identifier, library: RegExp): string | null {
	const { Node } = morph();
	const local = name.getText();
	const imported = importedFrom(name.getSourceFile(), library);
	const found = imported.find((one) => one.local === local);
	if (found) return bindingOf(name, local) ? null : found.name;
	// `const env = get as (name: string) => Accessor`, at the top level: most names are asked for in vain.
	const held = imported.length > 0 ? declaredIn(name.getSourceFile(), local) : undefined;
	const value = Node.isVariableDeclaration(held) ? held.getInitializer() : undefined;
	const behind = value && unwrap(value);
	const isName = Node.isIdentifier(behind) || Node.isPropertyAccessExpression(behind);
	if (!isName || held === undefined || held.getEnd() > name.getStart()) return null;
	return bindingOf(name, local) === held ? libraryPath(behind, library) : null;
}

/** Every call of a module. */
export const callsIn = remembered((source: Morph.SourceFile): Morph.CallExpression[] => {
	const { Node, ts } = morph();
	return nodesOf(source, ts.isCallExpression).filter(Node.isCallExpression);
});

/** Every call of one function of the library. */
export function callsOf(
	source: Morph.SourceFile,
	library: RegExp,
	name: string,
): Morph.CallExpression[] {
	if (!importsLibrary(source, library)) return [];
	return callsIn(source).filter((call) => libraryPath(call.getExpression(), library) === name);
}

/** One call of a chain. */
export interface Step {
	name: string;
	call: Morph.CallExpression;
	arguments: Morph.Expression[];
}

/** A chain of calls; `root` is the call of the library's function that begins it. */
export interface Chain {
	root: Step;
	steps: Step[];
}

/** The arguments of a call, but for spreads. */
export function argumentsOf(call: Morph.CallExpression): Morph.Expression[] {
	return call.getArguments().filter((one) => morph().Node.isExpression(one));
}

/** The chain that an expression is, also under another name; null for any other expression. */
export function chainOf(expression: Morph.Expression, library: RegExp): Chain | null {
	const { Node } = morph();
	const inner = unwrap(expression);
	if (Node.isIdentifier(inner)) {
		const { value } = follow(inner);
		return value === inner ? null : chainOf(value, library);
	}
	if (!Node.isCallExpression(inner)) return null;
	const callee = inner.getExpression();
	const step = { call: inner, arguments: argumentsOf(inner) };
	const name = libraryPath(callee, library);
	if (name !== null) return { root: { ...step, name }, steps: [] };
	if (!Node.isPropertyAccessExpression(callee)) return null;
	const before = chainOf(callee.getExpression(), library);
	return before && { ...before, steps: [...before.steps, { ...step, name: callee.getName() }] };
}

/** Chains may be written on several lines. */
export function calleeText(call: Morph.CallExpression): string {
	return call.getExpression().getText().replace(/\s+/g, '');
}

/** The text of a whole chain without the white space between its calls. */
export function chainText({ root, steps }: Chain): string {
	const args = (step: Step) => `(${step.arguments.map((one) => one.getText()).join(', ')})`;
	const rest = steps.map((step) => `.${step.name}${args(step)}`).join('');
	return `${calleeText(root.call)}${args(root)}${rest}`;
}
