// Dialect `joi`: `Joi.object({ … }).validate(process.env)` and attempt, exported whole or mapped to an object.
import { type Morph, morph } from '../text/source.ts';
import { argumentsOf, chainOf, libraryPath } from './module/library-calls.ts';
import { literalOf } from './module/origins.ts';
import { inputOf } from './schema/input.ts';
import { JOI, joiValidators } from './schema/joi-validators.ts';
import { isSchema, objectSchema, type Schema, schemaOfKeys } from './schema/schema.ts';
import { type Asked, schemaItself, schemaValidation } from './schema/schema-place.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Validation } from './schema/validation.ts';

/** Steps of an object schema that leave every key as it is. */
const HARMLESS =
	/^(?:unknown|required|optional|options|prefs|preferences|and|or|xor|oxor|nand|with|without|label|description|messages|message|error|pattern|min|max|strict|meta|note|tag)$/;

function schemaOf(expression: Morph.Expression): Schema {
	return objectSchema(expression, {
		...{ module: JOI, name: 'Joi' },
		harmless: HARMLESS,
		added: ({ name, arguments: [argument] }) =>
			/^(?:keys|append)$/.test(name) && literalOf(argument) ? schemaOfKeys(argument) : null,
	});
}

/** `schema.validate(process.env)`, `Joi.attempt(process.env, schema)`, and `Joi.validate(process.env, schema)` of older versions. */
function askedBy(call: Morph.CallExpression): Asked | null {
	const callee = call.getExpression();
	const [first, second] = argumentsOf(call);
	const input = inputOf(first);
	if (!input || !morph().Node.isPropertyAccessExpression(callee)) return null;
	const asked = libraryPath(callee, JOI);
	if (asked === 'attempt' && second) return { schema: second, input, under: null };
	if (asked === 'validate' && second) return { schema: second, input, under: 'value' };
	const schema = callee.getExpression();
	if (callee.getName() !== 'validate' || !isSchema(schema, JOI)) return null;
	return { schema, input, under: 'value' };
}

const LIBRARY = { schemaOf, validatorsOf: joiValidators, plain: 'Joi.string()' };

function validationOf(call: Morph.CallExpression): Validation | null {
	const asked = askedBy(call);
	if (!asked) return null;
	// `Joi.object<Env>({ … })`
	const types = chainOf(asked.schema, JOI)?.root.call.getTypeArguments() ?? [];
	return schemaValidation(call, { ...asked, types }, LIBRARY);
}

export const joiDialect = validatedDialect({
	name: 'joi',
	mention: /joi/,
	validationOf,
	ofSchema: (expression) => schemaItself(expression, LIBRARY),
});
