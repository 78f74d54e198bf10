// The entries of an object literal: their keys, and what each gives.
import { type Morph, morph } from '../../text/source.ts';
import { isInline } from './scope.ts';

/** A named property, shorthand, getter or method. */
export interface Entry {
	node: Morph.ObjectLiteralElementLike;
	key: string;
	/** What the key gives: the initializer, or what a getter, method or thunk returns; null when that is not one expression. */
	value: Morph.Expression | null;
	/** True for a method or a thunk: reading needs a call. */
	callable: boolean;
	/** The object literal, when the value is one. */
	group: Morph.ObjectLiteralExpression | null;
}

/** The expression that a function body returns when returning is all it does. */
export function onlyReturn(body: Morph.Node | undefined): Morph.Expression | null {
	const { Node } = morph();
	if (Node.isExpression(body)) return body;
	if (!Node.isBlock(body)) return null;
	const [statement, ...others] = body.getStatements();
	if (others.length > 0 || !Node.isReturnStatement(statement)) return null;
	return statement.getExpression() ?? null;
}

/** Parentheses, `as`, `satisfies`, `!`, `<T>x` and `Object.freeze()` taken off. */
export function unwrap(expression: Morph.Expression): Morph.Expression {
	const { Node } = morph();
	if (
		Node.isParenthesizedExpression(expression) ||
		Node.isAsExpression(expression) ||
		Node.isSatisfiesExpression(expression) ||
		Node.isNonNullExpression(expression) ||
		Node.isTypeAssertion(expression)
	) {
		return unwrap(expression.getExpression());
	}
	if (
		Node.isCallExpression(expression) &&
		expression.getExpression().getText() === 'Object.freeze'
	) {
		const [frozen] = expression.getArguments();
		return Node.isExpression(frozen) ? unwrap(frozen) : expression;
	}
	return expression;
}

/** The object literal inside `unwrap`, or null. */
export function objectIn(expression: Morph.Node | undefined): Morph.ObjectLiteralExpression | null {
	const { Node } = morph();
	if (!Node.isExpression(expression)) return null;
	const inner = unwrap(expression);
	return Node.isObjectLiteralExpression(inner) ? inner : null;
}

/** The key of a property as text; null for a spread or a computed name. */
export function keyOf(node: Morph.ObjectLiteralElementLike): string | null {
	const { Node } = morph();
	if (Node.isSpreadAssignment(node)) return null;
	const name = node.getNameNode();
	if (Node.isStringLiteral(name) || Node.isNoSubstitutionTemplateLiteral(name)) {
		return name.getLiteralText();
	}
	return Node.isIdentifier(name) ? name.getText() : null;
}

/** `() => …`: a function that is asked for a value without arguments. */
export function isThunk(node: Morph.Node): node is Morph.ArrowFunction | Morph.FunctionExpression {
	return isInline(node) && node.getParameters().length === 0 && !node.isAsync();
}

function given(node: Morph.ObjectLiteralElementLike): Pick<Entry, 'value' | 'callable'> {
	const { Node } = morph();
	if (Node.isShorthandPropertyAssignment(node)) {
		return { value: node.getNameNode(), callable: false };
	}
	if (Node.isGetAccessorDeclaration(node)) {
		return { value: onlyReturn(node.getBody()), callable: false };
	}
	if (Node.isMethodDeclaration(node)) {
		const plain = node.getParameters().length === 0 && !node.isAsync();
		return { value: plain ? onlyReturn(node.getBody()) : null, callable: true };
	}
	const value = Node.isPropertyAssignment(node) ? (node.getInitializer() ?? null) : null;
	if (value !== null && isThunk(value))
		return { value: onlyReturn(value.getBody()), callable: true };
	return { value, callable: false };
}

/** The named entries, in order; spreads and computed names are left out. */
export function entriesOf(object: Morph.ObjectLiteralExpression): Entry[] {
	return object.getProperties().flatMap((node) => {
		const key = keyOf(node);
		if (key === null) return [];
		const { value, callable } = given(node);
		return [{ node, key, value, callable, group: callable ? null : objectIn(value ?? undefined) }];
	});
}

/** The object that lists the keys of an entry; null when the entry is no group. */
export type GroupIn = (entry: Entry) => Morph.ObjectLiteralExpression | null;

/** A value below the keys of an object and of its groups. */
export interface Leaf {
	entry: Entry;
	path: string[];
}

const DEEPEST = 8;

/** The entries that are not groups, of the object and of its groups. */
export function leavesOf(
	object: Morph.ObjectLiteralExpression,
	groupIn: GroupIn = ({ group }) => group,
	path: string[] = [],
): Leaf[] {
	return entriesOf(object).flatMap((entry) => {
		const own = [...path, entry.key];
		// Groups that are named may name each other in a circle.
		const inner = path.length < DEEPEST ? groupIn(entry) : null;
		return inner ? leavesOf(inner, groupIn, own) : [{ entry, path: own }];
	});
}

/** The entry of that key; of several the first. */
export function findEntry(object: Morph.ObjectLiteralExpression, key: string): Entry | undefined {
	return entriesOf(object).find((entry) => entry.key === key);
}
