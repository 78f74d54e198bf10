// From an expression to what makes its value: through names, branches, caches and the module's own functions.
import { stopAtDepth } from '../../text/nesting.ts';
import { type Morph, morph } from '../../text/source.ts';
import { calledBy } from './called.ts';
import { valueElsewhere } from './elsewhere.ts';
import { isEnvironment } from './environment.ts';
import { type Callable, returned } from './helper-functions.ts';
import { nodesOf } from './inert.ts';
import { lazilyGiven } from './lazy.ts';
import { objectIn, unwrap } from './object-literal.ts';
import { ownValue } from './own-value.ts';
import { type Binding, bindingOf, isFunction, propertyOf } from './scope.ts';
import { typesOf } from './types.ts';

/** One thing that a value may be. */
export interface Origin {
	/** What cannot be followed further: a literal, a call of a library, an imported name. */
	value: Morph.Expression;
	/** The properties that are taken from it: `['data', 'PORT']` for `const { PORT } = result.data`. */
	path: string[];
	/** The types that it is checked against on the way. */
	types: Morph.TypeNode[];
}

/** What is known of names and functions. They may lead back to each other: nothing new comes from one that is under way. */
class Known extends Map<Morph.Node, Origin[]> {
	/** How many of them are under way. */
	depth = 0;
}

/** No value of a program has gone through more names and functions than that. */
const DEEPEST = 50;

/** Everything that an expression may be; undefined, null and the end of the process left out. */
export function originsOf(expression: Morph.Expression, known = new Known()): Origin[] {
	const inner = unwrap(expression);
	if (/^(?:undefined|null)$|^process\.exit\(/.test(inner.getText())) return [];
	return withTypes(behind(inner, known), typesOf(expression));
}

/** The origins of several expressions, each of them once. */
function originsOfAll(expressions: Morph.Expression[], known: Known): Origin[] {
	const seen = new Map<Morph.Node, Set<string>>();
	return expressions
		.flatMap((one) => originsOf(one, known))
		.filter(({ value, path }) => {
			const paths = seen.get(value) ?? new Set();
			const isNew = !paths.has(path.join('.'));
			seen.set(value, paths.add(path.join('.')));
			return isNew;
		});
}

/** Each name and each function is followed once, so that the time grows with the module and no faster. */
function once(node: Morph.Node, known: Known, origins: () => Origin[]): Origin[] {
	const before = known.get(node);
	if (before) return before;
	known.set(node, []);
	if (++known.depth > DEEPEST) stopAtDepth();
	const found = origins();
	known.depth--;
	known.set(node, found);
	return found;
}

function itself(value: Morph.Expression): Origin[] {
	return [{ value, path: [], types: [] }];
}

function withTypes(origins: Origin[], types: Morph.TypeNode[]): Origin[] {
	return origins.map((one) => ({ ...one, types: [...types, ...one.types] }));
}

function below(origins: Origin[], name: string): Origin[] {
	return origins.map((one) => ({ ...one, path: [...one.path, name] }));
}

function behind(node: Morph.Expression, known: Known): Origin[] {
	const { Node } = morph();
	if (Node.isIdentifier(node)) return behindName(node, known);
	if (Node.isCallExpression(node)) {
		const callable = calledBy(node);
		return callable ? resultsOf(callable, known) : itself(node);
	}
	if (Node.isNewExpression(node) || Node.isObjectLiteralExpression(node))
		return behindMade(node, known);
	if (Node.isConditionalExpression(node)) {
		return originsOfAll([node.getWhenTrue(), node.getWhenFalse()], known);
	}
	if (Node.isBinaryExpression(node)) return behindOperator(node, known);
	if (!Node.isPropertyAccessExpression(node) || isEnvironment(node)) return itself(node);
	const own = ownValue(node);
	if (own) return once(node, known, () => originsOf(own, known));
	return below(originsOf(node.getExpression(), known), node.getName());
}

function behindOperator(node: Morph.BinaryExpression, known: Known): Origin[] {
	const operator = node.getOperatorToken().getText();
	if (ASSIGNS.test(operator)) return originsOf(node.getRight(), known);
	const isChoice = operator === '??' || operator === '||';
	return isChoice ? originsOfAll([node.getLeft(), node.getRight()], known) : itself(node);
}

/** A proxy, and `{ ...config }`. */
function behindMade(
	node: Morph.NewExpression | Morph.ObjectLiteralExpression,
	known: Known,
): Origin[] {
	const { Node } = morph();
	if (Node.isNewExpression(node)) {
		const lazy = lazilyGiven(node);
		return lazy ? withTypes(originsOfAll(lazy.values, known), lazy.types) : itself(node);
	}
	// In `{ ...base, ...overrides[mode] }` a key of the first is overridden by its own name alone.
	const [first, ...others] = node.getProperties();
	const isPart = (one: Morph.Node | undefined) =>
		Node.isSpreadAssignment(one) && !isEnvironment(one.getExpression());
	if (!Node.isSpreadAssignment(first) || !isPart(first) || !others.every(isPart))
		return itself(node);
	const base = originsOf(first.getExpression(), known);
	const isListed = base.every(({ value }) => Node.isObjectLiteralExpression(value));
	return others.length === 0 || isListed ? base : itself(node);
}

const ASSIGNS = /^(?:\?\?|\|\|)?=$/;

/** Everything that a function may return. */
export function resultsOf(callable: Callable, known = new Known()): Origin[] {
	const type = callable.getReturnTypeNode();
	return once(callable, known, () => {
		return withTypes(originsOfAll(returned(callable), known), type ? [type] : []);
	});
}

function behindName(name: Morph.Identifier, known: Known): Origin[] {
	const { Node } = morph();
	const binding = bindingOf(name, name.getText());
	const value = binding ? null : valueElsewhere(name);
	if (value) return once(value, known, () => originsOf(value, known));
	if (!binding || Node.isParameterDeclaration(binding) || !isSet(binding, name))
		return itself(name);
	return once(binding, known, () => {
		const values = valuesOf(binding);
		if (values.length === 0) return itself(name);
		const origins = originsOfAll(values, known);
		if (Node.isBindingElement(binding)) return below(origins, propertyOf(binding));
		const type = binding.getTypeNode();
		return withTypes(origins, type ? [type] : []);
	});
}

/** False where a name is used before it has a value, as in `const env = read(env)`: followed, that would have no end. */
function isSet(binding: Binding, name: Morph.Identifier): boolean {
	if (binding.getNameNode() === name || binding.getEnd() <= name.getStart()) return true;
	const isAbove = name.getStart() < binding.getStart();
	return isAbove && name.getFirstAncestor(isFunction) !== binding.getFirstAncestor(isFunction);
}

/** The initializer of a variable, or of the whole pattern, and what is assigned afterwards. */
function valuesOf(binding: Exclude<Binding, Morph.ParameterDeclaration>): Morph.Expression[] {
	const { Node } = morph();
	const isElement = Node.isBindingElement(binding);
	if (isElement && binding.getDotDotDotToken()) return [];
	const declaration = isElement ? binding.getParent().getParent() : binding;
	if (!Node.isVariableDeclaration(declaration)) return [];
	const initializer = declaration.getInitializer();
	const later = isElement ? [] : assignments(declaration);
	return initializer ? [initializer, ...later] : later;
}

function assignments(variable: Morph.VariableDeclaration): Morph.Expression[] {
	const { Node, ts } = morph();
	if (variable.getVariableStatement()?.getDeclarationKind() === 'const') return [];
	const name = variable.getName();
	const all = nodesOf(variable.getSourceFile(), ts.isBinaryExpression);
	return all.filter(Node.isBinaryExpression).flatMap((one) => {
		const left = one.getLeft();
		if (!Node.isIdentifier(left) || left.getText() !== name) return [];
		const assigns = ASSIGNS.test(one.getOperatorToken().getText());
		return assigns && bindingOf(left, name) === variable ? [one.getRight()] : [];
	});
}

/** The one thing that an expression is, as a whole; the expression itself where that is open. */
export function follow(expression: Morph.Expression): Origin {
	const [only, ...others] = originsOf(expression);
	if (only && others.length === 0 && only.path.length === 0) return only;
	return { value: unwrap(expression), path: [], types: [] };
}

/** The object literal that an expression is, also under another name. */
export function literalOf(
	expression: Morph.Node | null | undefined,
): Morph.ObjectLiteralExpression | null {
	if (!expression || !morph().Node.isExpression(expression)) return null;
	return objectIn(follow(expression).value);
}
