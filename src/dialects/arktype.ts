// Dialect `arktype`: `type({ … })(process.env)` and assert, exported whole or mapped to an object.
import { type Morph, morph } from '../source.ts';
import { ARKTYPE, arktypeValidators } from './schema/arktype-validators.ts';
import { argumentsOf, chainOf, literalOf, type Step } from './schema/chains.ts';
import { inputOf } from './schema/validated-input.ts';
import { validatedDialect } from './schema/validated-module.ts';
import {
	placeInSchema,
	type Schema,
	strangeSchema,
	unknownSchema,
} from './schema/validated-schema.ts';
import type { Search, Validation } from './schema/validation.ts';

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
	const first = literalOf(root.arguments[0]);
	if (!first) return unknownSchema('its keys are listed in another module');
	return steps.reduce(extended, { pieces: [first], problem: null });
}

function extended(schema: Schema, { name, arguments: [argument] }: Step): Schema {
	if (schema.problem !== null || HARMLESS.test(name)) return schema;
	if (!argument || !/^(?:and|merge)$/.test(name)) {
		return unknownSchema(`its schema changes the values with .${name}()`);
	}
	const more = schemaOf(argument);
	return { pieces: [...schema.pieces, ...more.pieces], problem: more.problem };
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

const SEARCH: Search = { mention: /arktype/, validationOf };

export const arktypeDialect = validatedDialect('arktype', SEARCH);
