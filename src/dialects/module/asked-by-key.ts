// Functions that are asked for a value by its key: `get(key) { return this.values[key]; }`.
import { type Morph, morph } from '../../text/source.ts';
import { isEnvironment } from './environment.ts';
import { type Callable, returned } from './helper-functions.ts';
import { unwrap } from './object-literal.ts';
import { constantValue } from './scope.ts';

interface Asked {
	/** What the values are taken from. */
	from: Morph.Expression;
	/** What the key may be, where that is written down. */
	type: Morph.TypeNode | undefined;
}

/** Null for a function that gives anything but what it is asked for, or needs more than the key. */
export function askedIn(callable: Callable): Asked | null {
	const [key, ...others] = callable.getParameters();
	if (!key || callable.isAsync() || others.some((one) => !one.isOptional())) return null;
	const given = returned(callable).map((value) => takenFrom(value, key.getName()));
	const [from] = given;
	if (!from || given.includes(null)) return null;
	const type = key.getTypeNode();
	const own = callable.getTypeParameters().find((one) => one.getName() === type?.getText());
	return { from, type: own?.getConstraint() ?? type };
}

/** What `values[key]` is taken from, also with a default or by a name of the function; null for any other value. */
function takenFrom(value: Morph.Expression, key: string): Morph.Expression | null {
	const { Node } = morph();
	const inner = unwrap(value);
	if (Node.isIdentifier(inner)) {
		const held = constantValue(inner, inner.getText());
		return held && !Node.isIdentifier(held) ? takenFrom(held, key) : null;
	}
	if (Node.isBinaryExpression(inner)) {
		const keeps = /^(?:\?\?|\|\|)$/.test(inner.getOperatorToken().getText());
		return keeps ? takenFrom(inner.getLeft(), key) : null;
	}
	if (!Node.isElementAccessExpression(inner)) return null;
	const [from, argument] = [inner.getExpression(), inner.getArgumentExpression()];
	if (argument && unwrap(argument).getText() === key) return from;
	// `process.env[variables[key]]`
	return argument && isEnvironment(from) ? takenFrom(argument, key) : null;
}
