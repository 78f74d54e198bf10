// Dialect `arktype`: `type({ … })(process.env)` and assert, exported whole or mapped to an object.
import { type Morph, morph } from '../source.ts';
import { argumentsOf, chainOf, type Step } from './module/library-calls.ts';
import { literalOf } from './module/origins.ts';
import { ARKTYPE, arktypeValidators } from './schema/arktype-validators.ts';
import { inputOf } from './schema/input.ts';
import {
	mergedSchema,
	placeInSchema,
	type Schema,
	schemaOfKeys,
	strangeSchema,
	unknownSchema,
} from './schema/schema.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Validation } from './schema/validation.ts';

/** Steps that leave every key as it is. */
const HARMLESS =
	/^(?:narrow|filter|describe|configure|brand|readonly|partial|required|onUndeclaredKey|onDeepUndeclaredKey)$/;

function schemaOf(expression: Morph.Expression): Schema {
	const literal = literalOf(expression);
	// A group inside a definition is a literal of its own.
	if (literal) return { pieces: [literal], problem: null };
	const chain = chainOf(expression, ARKTYPE);
	if (!chain) return strangeSchema(expression, 'a plain type({ … })');
	const { root, steps } = chain;
	if (root.name !== 'type') return unknownSchema(`its schema is made with ${root.name} of arktype`);
	return steps.reduce(extended, schemaOfKeys(root.arguments[0]));
}

function extended(schema: Schema, { name, arguments: [argument] }: Step): Schema {
	if (schema.problem !== null || HARMLESS.test(name)) return schema;
	if (!argument || !/^(?:and|merge)$/.test(name)) {
		return unknownSchema(`its schema changes the values with .${name}()`);
	}
	return mergedSchema([schema, schemaOf(argument)]);
}

/** The schema that a call asks: `Env(process.env)`, `Env.assert(process.env)`. */
function askedBy(call: Morph.CallExpression): Morph.Expression | null {
	const { Node } = morph();
	const callee = call.getExpression();
	if (Node.isPropertyAccessExpression(callee)) {
		const asks = /^(?:assert|from)$/.test(callee.getName());
		return asks ? callee.getExpression() : null;
	}
	return Node.isIdentifier(callee) || Node.isCallExpression(callee) ? callee : null;
}

function validationOf(call: Morph.CallExpression): Validation | null {
	const validators = arktypeValidators(call.getSourceFile(), false);
	const schema = validators && askedBy(call);
	if (!validators || !schema || !chainOf(schema, ARKTYPE)) return null;
	const input = inputOf(argumentsOf(call)[0]);
	if (!input) return null;
	return {
		node: call,
		under: null,
		types: [],
		place: (variable) => placeInSchema({ schema, input }, { schemaOf, validators }, variable),
	};
}

export const arktypeDialect = validatedDialect({
	name: 'arktype',
	mention: /arktype/,
	validationOf,
});
