// From an expression to the call that validates the environment, through names, functions, caches and results.

import type { Insertion } from '../model.ts';
import { type Morph, morph } from '../source.ts';
import { isEnvironment } from './environment.ts';
import { type Callable, localFunction, returned } from './helper-functions.ts';
import { entriesOf, unwrap } from './object-literal.ts';
import { bindingOf } from './scope.ts';
import { typesOf } from './type-members.ts';

/** The place of a variable among the validated values, or why there is none. */
export type Slot =
	| { path: string[]; optional: boolean; insertions: Insertion[] }
	| { problem: string; snippet: string };

/** One call that validates the environment. */
export interface Validation {
	/** Two validations with the same node are the same. */
	node: Morph.Node;
	/** The property of the call's result that holds the values; null when the call gives the values themselves. */
	under: string | null;
	/** Types that the call itself names for its values. */
	types: Morph.TypeNode[];
	/** An object that the schema makes of the values at last: `.transform((env) => ({ … }))`. */
	mapping?: Morph.Expression | undefined;
	place(variable: string): Slot;
}

/** How a library is recognised. */
export interface Search {
	/** The validation that a call is. */
	validationOf(call: Morph.CallExpression): Validation | null;
	/** The validation whose values a parameter receives, inside the schema. */
	ofParameter?(parameter: Morph.ParameterDeclaration): Validation | null;
	/** The validation after which the environment itself is given out: `if (!Value.Check(schema, process.env)) …`. */
	ofEnvironment?(source: Morph.SourceFile): Validation | null;
}

interface Base {
	validation: Validation;
	/** What the value is checked against on the way. */
	types: Morph.TypeNode[];
}

/** What an expression gives. */
export type Given =
	/** Nothing that matters: undefined, a call that ends the process, the environment unvalidated. */
	| { kind: 'nothing' }
	| (Base & { kind: 'result' })
	/** The values; `own` are the keys that are put over them. */
	| (Base & { kind: 'values'; own: string[] })
	/** An object literal, perhaps made of the values. */
	| { kind: 'object'; object: Morph.ObjectLiteralExpression; types: Morph.TypeNode[] };

const NOTHING: Given = { kind: 'nothing' };

/** Functions may call each other, and a cache may be assigned from itself. */
type Trail = Search & { seen: Morph.Node[] };

function isNothing(node: Morph.Expression): boolean {
	return /^(?:undefined|null)$|^process\.exit\(/.test(node.getText()) || isEnvironment(node);
}

/** What the expression gives; null when that is not the validated environment in any way that we follow. */
export function follow(expression: Morph.Expression, search: Search): Given | null {
	const trail: Trail = { seen: [], ...search };
	const inner = unwrap(expression);
	const checked = isEnvironment(inner) && trail.ofEnvironment?.(inner.getSourceFile());
	if (checked) return { kind: 'values', validation: checked, types: typesOf(expression), own: [] };
	if (isNothing(inner)) return NOTHING;
	return withTypes(followInner(inner, trail), typesOf(expression));
}

function withTypes(given: Given | null, types: Morph.TypeNode[]): Given | null {
	if (!given || given.kind === 'nothing') return given;
	return { ...given, types: [...types, ...given.types] };
}

function followInner(node: Morph.Expression, trail: Trail): Given | null {
	const { Node } = morph();
	if (Node.isCallExpression(node)) return followCall(node, trail);
	if (Node.isIdentifier(node)) return followName(node, trail);
	if (Node.isObjectLiteralExpression(node)) return followObject(node, trail);
	if (Node.isConditionalExpression(node)) {
		return combine([node.getWhenTrue(), node.getWhenFalse()], trail);
	}
	if (Node.isBinaryExpression(node)) {
		const operator = node.getOperatorToken().getText();
		if (/^(?:\?\?|\|\|)?=$/.test(operator)) return follow(node.getRight(), trail);
		return /^(?:\?\?|\|\|)$/.test(operator)
			? combine([node.getLeft(), node.getRight()], trail)
			: null;
	}
	if (!Node.isPropertyAccessExpression(node)) return null;
	return below(follow(node.getExpression(), trail), node.getName(), trail);
}

/** `parsed.data` */
function below(given: Given | null, name: string, trail: Trail): Given | null {
	if (given?.kind !== 'result' || given.validation.under !== name) return null;
	return withTypes(valuesOf(given.validation, trail), given.types);
}

function valuesOf(validation: Validation, trail: Trail): Given | null {
	if (validation.mapping) return follow(validation.mapping, trail);
	return { kind: 'values', validation, types: validation.types, own: [] };
}

function combine(expressions: Morph.Expression[], trail: Trail): Given | null {
	let result: Given = NOTHING;
	for (const expression of expressions) {
		const given = follow(expression, trail);
		if (!given) return null;
		if (given.kind === 'nothing') continue;
		if (result.kind === 'nothing') result = given;
		if (!isSame(result, given)) return null;
	}
	return result;
}

function isSame(left: Given, right: Given): boolean {
	if (left.kind === 'nothing' || right.kind === 'nothing') return false;
	if (left.kind === 'object') return right.kind === 'object' && left.object === right.object;
	if (right.kind === 'object') return false;
	return left.kind === right.kind && left.validation.node === right.validation.node;
}

function followCall(call: Morph.CallExpression, trail: Trail): Given | null {
	const { Node } = morph();
	const validation = trail.validationOf(call);
	if (validation?.under === null) return valuesOf(validation, trail);
	if (validation) return { kind: 'result', validation, types: [] };
	const callee = unwrap(call.getExpression());
	const isOwn = Node.isArrowFunction(callee) || Node.isFunctionExpression(callee);
	const callable = isOwn ? callee : localFunction(call.getSourceFile(), callee.getText());
	return callable && followFunction(callable, trail);
}

/** What a function returns, whatever branch it takes. */
export function followFunction(callable: Callable, search: Search): Given | null {
	const trail: Trail = { seen: [], ...search };
	if (callable.isAsync()) return null;
	if (trail.seen.includes(callable)) return NOTHING;
	const inside = { ...trail, seen: [...trail.seen, callable] };
	const type = callable.getReturnTypeNode();
	return withTypes(combine(returned(callable), inside), type ? [type] : []);
}

function followName(name: Morph.Identifier, trail: Trail): Given | null {
	const { Node } = morph();
	const binding = bindingOf(name, name.getText());
	if (!binding) return null;
	if (trail.seen.includes(binding)) return NOTHING;
	const inside = { ...trail, seen: [...trail.seen, binding] };
	if (Node.isParameterDeclaration(binding)) {
		const validation = trail.ofParameter?.(binding);
		return validation ? { kind: 'values', validation, types: [], own: [] } : null;
	}
	if (Node.isBindingElement(binding)) {
		const declaration = binding.getParent().getParent();
		const whole = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : null;
		const property = binding.getPropertyNameNode()?.getText() ?? binding.getName();
		return whole ? below(follow(whole, inside), property, trail) : null;
	}
	const initializer = binding.getInitializer();
	const values = [...(initializer ? [initializer] : []), ...assignments(binding)];
	const type = binding.getTypeNode();
	return withTypes(combine(values, inside), type ? [type] : []);
}

/** What is assigned to a variable after its declaration. */
function assignments(binding: Morph.VariableDeclaration): Morph.Expression[] {
	const { Node, SyntaxKind } = morph();
	const name = binding.getName();
	if (binding.getVariableStatement()?.getDeclarationKind() === 'const') return [];
	const all = binding.getSourceFile().getDescendantsOfKind(SyntaxKind.BinaryExpression);
	return all.flatMap((one) => {
		const left = one.getLeft();
		const assigns = /^(?:\?\?|\|\|)?=$/.test(one.getOperatorToken().getText());
		const isIt = Node.isIdentifier(left) && bindingOf(left, name) === binding;
		return assigns && isIt && left.getText() === name ? [one.getRight()] : [];
	});
}

/** `{ ...env, isProduction: … }` gives the values; any other object is one for the caller to look into. */
function followObject(object: Morph.ObjectLiteralExpression, trail: Trail): Given {
	const { Node } = morph();
	const spreads = object.getProperties().filter((one) => Node.isSpreadAssignment(one));
	const given = spreads.map((spread) => follow(spread.getExpression(), trail));
	const values = given.find((one) => one?.kind === 'values');
	if (values?.kind !== 'values') return { kind: 'object', object, types: [] };
	return { ...values, own: [...values.own, ...entriesOf(object).map(({ key }) => key)] };
}
