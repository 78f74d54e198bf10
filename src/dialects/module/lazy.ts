// Objects that make their values when they are asked: `new Proxy({} as Env, { get: (_, key) => load()[key] })`.
import { type Morph, morph } from '../../text/source.ts';
import { returned } from './helper-functions.ts';
import { findEntry, objectIn, unwrap } from './object-literal.ts';
import { constantValue, isInline } from './scope.ts';
import { typesOf } from './types.ts';

export interface Lazy {
	/** What a property is taken from, by its own name. */
	values: Morph.Expression[];
	types: Morph.TypeNode[];
}

/** What a proxy gives the properties of; null for one that does anything else. */
export function lazilyGiven(node: Morph.NewExpression): Lazy | null {
	const { Node } = morph();
	const [target, handler] = node.getArguments();
	const traps = objectIn(handler);
	if (node.getExpression().getText() !== 'Proxy' || !traps) return null;
	const trap = findEntry(traps, 'get')?.node;
	const value = Node.isPropertyAssignment(trap) ? trap.getInitializer() : trap;
	const callable = Node.isMethodDeclaration(value) || isInline(value) ? value : null;
	const key = callable?.getParameters()[1]?.getName();
	if (!callable || key === undefined || waits(callable, key)) return null;
	const taken = returned(callable).map((one) => takenFrom(one, key));
	const own = callable.getParameters()[0]?.getName();
	const values = taken.flatMap((one) =>
		one?.getText() === own && Node.isExpression(target) ? target : (one ?? []),
	);
	if (values.length > 0 && !objectIn(target) && !values.every((one) => one === target)) return null;
	if (values.length === 0 || values.length < taken.length) return null;
	const types = [...node.getTypeArguments(), ...(target ? typesOf(target) : [])];
	return { values, types };
}

/** `if (!loaded) throw …`: it has nothing to give until somebody else has made it. */
function waits(callable: Morph.Node, key: string): boolean {
	const checks = callable.getDescendantsOfKind(morph().SyntaxKind.IfStatement);
	return checks.some(
		(check) =>
			/\bthrow\b/.test(check.getThenStatement().getText()) &&
			!new RegExp(`\\b${key}\\b`).test(check.getExpression().getText()),
	);
}

/** `load()` of `load()[key as keyof Env]`. */
function takenFrom(value: Morph.Expression, key: string): Morph.Expression | null {
	const inner = held(value);
	if (!morph().Node.isElementAccessExpression(inner)) return null;
	const argument = inner.getArgumentExpression();
	const isKey = argument !== undefined && held(argument).getText() === key;
	return isKey ? inner.getExpression() : null;
}

/** `const value = target[key]; return value;` */
function held(value: Morph.Expression): Morph.Expression {
	const inner = unwrap(value);
	const behind = morph().Node.isIdentifier(inner) ? constantValue(inner, inner.getText()) : null;
	return behind ? unwrap(behind) : inner;
}
