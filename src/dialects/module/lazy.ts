// Objects that make their values when they are asked: `new Proxy({} as Env, { get: (_, key) => load()[key] })`.
import { type Morph, morph } from '../../text/source.ts';
import { returned } from './helper-functions.ts';
import { findEntry, objectIn, unwrap } from './object-literal.ts';
import { isInline } from './scope.ts';
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
	if (node.getExpression().getText() !== 'Proxy' || !traps || !objectIn(target)) return null;
	const trap = findEntry(traps, 'get')?.node;
	const value = Node.isPropertyAssignment(trap) ? trap.getInitializer() : trap;
	const callable = Node.isMethodDeclaration(value) || isInline(value) ? value : null;
	const key = callable?.getParameters()[1]?.getName();
	if (!callable || key === undefined || waits(callable, key)) return null;
	const taken = returned(callable).map((one) => takenFrom(one, key));
	const values = taken.filter((one) => one !== null);
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
	const { Node } = morph();
	const inner = unwrap(value);
	if (!Node.isElementAccessExpression(inner)) return null;
	const argument = inner.getArgumentExpression();
	const isKey = argument !== undefined && unwrap(argument).getText() === key;
	return isKey ? inner.getExpression() : null;
}
