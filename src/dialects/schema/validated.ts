// From an expression to the call that validates the environment, through names, functions, caches and results.

import { type Morph, morph } from '../../source.ts';
import { typesOf } from '../edit/type-members.ts';
import { isEnvironment } from '../module/environment.ts';
import { type Callable, localFunction, returned } from '../module/helper-functions.ts';
import { entriesOf, unwrap } from '../module/object-literal.ts';
import { type Binding, bindingOf } from '../module/scope.ts';
import type { Given, Search, Validation } from './validation.ts';

const NOTHING: Given = { kind: 'nothing' };

/** Functions may call each other, and a cache may be assigned from itself. */
type Trail = Search & { seen: Morph.Node[] };

/** The environment itself; names are followed to it. */
function isEnvironmentItself(node: Morph.Expression): boolean {
	return !morph().Node.isIdentifier(node) && isEnvironment(node);
}

function isNothing(node: Morph.Expression): boolean {
	return /^(?:undefined|null)$|^process\.exit\(/.test(node.getText());
}

/** What the expression gives; null when that is not the validated environment in any way that we follow. */
export function follow(expression: Morph.Expression, search: Search): Given | null {
	const trail: Trail = { seen: [], ...search };
	const inner = unwrap(expression);
	if (isNothing(inner)) return NOTHING;
	const types = typesOf(expression);
	if (!isEnvironmentItself(inner)) return withTypes(followInner(inner, trail), types);
	const checked = trail.ofEnvironment?.(inner.getSourceFile());
	return checked ? { kind: 'values', validation: checked, types, own: [] } : NOTHING;
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
	const binding = bindingOf(name, name.getText());
	if (!binding) return isEnvironment(name) ? NOTHING : null;
	if (trail.seen.includes(binding)) return NOTHING;
	// Inside a circle the answer depends on where it was entered.
	if (trail.seen.length > 0) return followBinding(binding, name, trail);
	const known = trail.known?.get(binding);
	if (known !== undefined) return known;
	const given = followBinding(binding, name, trail);
	trail.known?.set(binding, given);
	return given;
}

function followBinding(binding: Binding, name: Morph.Identifier, trail: Trail): Given | null {
	const { Node } = morph();
	const inside = { ...trail, seen: [...trail.seen, binding] };
	if (Node.isParameterDeclaration(binding)) {
		const validation = trail.ofParameter?.(binding);
		if (validation) return { kind: 'values', validation, types: [], own: [] };
		return isEnvironment(name) ? NOTHING : null;
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
	// What is spread later may put other values over these.
	const last = spreads.at(-1);
	const values = last ? follow(last.getExpression(), trail) : null;
	if (values?.kind !== 'values') return { kind: 'object', object, types: [] };
	return { ...values, own: [...values.own, ...entriesOf(object).map(({ key }) => key)] };
}
