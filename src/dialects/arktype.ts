// Dialect `arktype`: `type({ … })(process.env)` and assert, exported whole or mapped to an object.
import { type Morph, morph } from '../text/source.ts';
import { exportOf } from './module/exports.ts';
import { argumentsOf, chainOf } from './module/library-calls.ts';
import { literalOf } from './module/origins.ts';
import { ARKTYPE, arktypeValidators } from './schema/arktype-validators.ts';
import { inputOf } from './schema/input.ts';
import {
	afterSteps,
	type Schema,
	schemaOfKeys,
	strangeSchema,
	unknownSchema,
} from './schema/schema.ts';
import { schemaValidation } from './schema/schema-place.ts';
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
	return afterSteps(schemaOfKeys(root.arguments[0]), steps, {
		harmless: HARMLESS,
		added: ({ name, arguments: [argument] }) =>
			argument && /^(?:and|merge)$/.test(name) ? schemaOf(argument) : null,
	});
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
	const schema = askedBy(call);
	const input = schema && chainOf(schema, ARKTYPE) ? inputOf(argumentsOf(call)[0]) : null;
	if (!schema || !input) return null;
	const validatorsOf = (source: Morph.SourceFile) => arktypeValidators(source, false);
	const library = { schemaOf, validatorsOf, plain: "'string'" };
	const validation = schemaValidation(call, { schema, input, under: null }, library);
	if (!givesErrors(call)) return validation;
	const problem = 'it may give the errors of arktype in place of the values';
	return { ...validation, place: () => ({ problem, snippet: '' }) };
}

/** `export const env = Env(process.env)` is of either type for whoever imports it, whatever is asked below; so is what nobody asks. */
function givesErrors(call: Morph.CallExpression): boolean {
	const { Node } = morph();
	if (Node.isPropertyAccessExpression(call.getExpression())) return false;
	const holder = call.getParent();
	const isHeld = Node.isVariableDeclaration(holder);
	if (isHeld && exportOf(call.getSourceFile(), holder.getName())) return true;
	const isAsked = /\binstanceof\b|\bArkErrors\b|\btype\.errors\b/.test(
		call.getSourceFile().getFullText(),
	);
	return !isAsked && !Node.isAsExpression(holder);
}

export const arktypeDialect = validatedDialect({
	name: 'arktype',
	mention: /arktype/,
	validationOf,
});
