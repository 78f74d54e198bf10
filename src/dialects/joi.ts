// Dialect `joi`: `Joi.object({ … }).validate(process.env)` and attempt, exported whole or mapped to an object.
import { type Morph, morph } from '../source.ts';
import { isImported } from './module/imports.ts';
import { argumentsOf, chainOf, libraryPath, type Step } from './module/library-calls.ts';
import { unwrap } from './module/object-literal.ts';
import { literalOf } from './module/origins.ts';
import { type Input, inputOf } from './schema/input.ts';
import { JOI, joiValidators } from './schema/joi-validators.ts';
import {
	placeInSchema,
	type Schema,
	schemaOfKeys,
	strangeSchema,
	unknownSchema,
} from './schema/schema.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Validation } from './schema/validation.ts';

/** Steps of an object schema that leave every key as it is. */
const HARMLESS =
	/^(?:unknown|required|optional|options|prefs|preferences|and|or|xor|oxor|nand|with|without|label|description|messages|message|error|pattern|min|max|strict|meta|note|tag)$/;

function schemaOf(expression: Morph.Expression): Schema {
	const chain = chainOf(expression, JOI);
	if (!chain) return strangeSchema(expression, 'a plain Joi.object');
	const { root, steps } = chain;
	if (root.name !== 'object') return unknownSchema(`its schema is made with Joi.${root.name}`);
	const [keys] = root.arguments;
	const start: Schema = keys ? schemaOfKeys(keys) : { pieces: [], problem: null };
	return steps.reduce(extended, start);
}

function extended(schema: Schema, { name, arguments: [argument] }: Step): Schema {
	if (schema.problem !== null || HARMLESS.test(name)) return schema;
	const more = /^(?:keys|append)$/.test(name) ? literalOf(argument) : null;
	if (more) return { ...schema, pieces: [...schema.pieces, more] };
	return unknownSchema(`its schema changes the values with .${name}()`);
}

interface Asked {
	schema: Morph.Expression;
	input: Input;
	under: string | null;
}

/** `schema.validate(process.env)`, `Joi.attempt(process.env, schema)` */
function askedBy(call: Morph.CallExpression): Asked | null {
	const callee = call.getExpression();
	const [first, second] = argumentsOf(call);
	const input = inputOf(first);
	if (!input || !morph().Node.isPropertyAccessExpression(callee)) return null;
	if (libraryPath(callee, JOI) === 'attempt' && second) {
		return { schema: second, input, under: null };
	}
	const schema = callee.getExpression();
	if (callee.getName() !== 'validate' || !isSchema(schema)) return null;
	return { schema, input, under: 'value' };
}

function isSchema(expression: Morph.Expression): boolean {
	const inner = unwrap(expression);
	const elsewhere = isImported(inner) && /schema/i.test(inner.getText());
	return elsewhere || chainOf(expression, JOI) !== null;
}

function validationOf(call: Morph.CallExpression): Validation | null {
	const validators = joiValidators(call.getSourceFile());
	const asked = validators && askedBy(call);
	if (!validators || !asked) return null;
	return {
		node: call,
		under: asked.under,
		// `Joi.object<Env>({ … })`
		types: chainOf(asked.schema, JOI)?.root.call.getTypeArguments() ?? [],
		place: (variable) => placeInSchema(asked, { schemaOf, validators }, variable),
	};
}

export const joiDialect = validatedDialect({ name: 'joi', mention: /joi/, validationOf });
