// What a module gives to others: the values that it exports, and what its exported functions return.
import type { Access } from '../../model.ts';
import { type Morph, morph } from '../../source.ts';
import { typesOf } from '../edit/type-members.ts';
import { exportedValues, exportOf } from './exports.ts';
import { type Callable, localFunction, returned } from './helper-functions.ts';
import { unwrap } from './object-literal.ts';
import { bindingOf, constantValue } from './scope.ts';

export interface Given {
	import: Access['import'];
	/** How an importing module writes the value: `env`, `loadEnv()`. */
	base: string;
	/** The expression that makes it, with the names of constants followed. */
	value: Morph.Expression;
	/** What it is checked against on the way. */
	types: Morph.TypeNode[];
}

type Made = Pick<Given, 'value' | 'types'>;

/** Everything that a module gives without being given anything. `fallback` names a default export that has no name. */
export function givenValues(source: Morph.SourceFile, fallback = 'config'): Given[] {
	const { Node } = morph();
	const values = exportedValues(source, fallback).flatMap(({ declaration, ...exported }) => {
		const { value, import: how, name } = exported;
		const own = typesOf(value, declaration);
		const made = follow(value);
		const isFunction = Node.isArrowFunction(made.value) || Node.isFunctionExpression(made.value);
		if (isFunction) return calledResult(made.value as Callable, how);
		return [{ import: how, base: name, value: made.value, types: [...own, ...made.types] }];
	});
	const functions = source.getFunctions().flatMap((callable) => {
		const name = callable.getName();
		const anonymous = callable.isDefaultExport() ? { kind: 'default', name: fallback } : null;
		const how = name === undefined ? (anonymous as Given['import'] | null) : exportOf(source, name);
		return how ? calledResult(callable, how) : [];
	});
	return [...values, ...functions];
}

function calledResult(callable: Callable, how: Access['import']): Given[] {
	const made = result(callable);
	return made ? [{ import: how, base: `${how.name}()`, ...made }] : [];
}

/** What a function without parameters always returns; null when that is not one expression. */
function result(callable: Callable, steps = STEPS): Made | null {
	const needed = callable.getParameters().filter((one) => !one.isOptional());
	const [value, ...others] = returned(callable);
	if (!value || others.length > 0 || needed.length > 0 || callable.isAsync()) return null;
	const type = callable.getReturnTypeNode();
	const made = follow(value, steps);
	return { value: made.value, types: [...(type ? [type] : []), ...typesOf(value), ...made.types] };
}

/** Functions may call each other for ever. */
const STEPS = 8;

/** From a name to the expression behind it, also through a call of a local function without arguments. */
export function follow(expression: Morph.Expression, steps = STEPS): Made {
	const { Node } = morph();
	const value = unwrap(expression);
	if (Node.isCallExpression(value) && value.getArguments().length === 0 && steps > 0) {
		const callable = localFunction(value.getSourceFile(), value.getExpression().getText());
		return (callable && result(callable, steps - 1)) ?? { value, types: [] };
	}
	const next = Node.isIdentifier(value) ? constantValue(value, value.getText()) : undefined;
	if (!next) return { value, types: [] };
	const binding = bindingOf(value, value.getText());
	const own = Node.isVariableDeclaration(binding) ? typesOf(next, binding) : [];
	const further = follow(next, steps);
	return { value: further.value, types: [...own, ...further.types] };
}
