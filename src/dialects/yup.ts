// Dialect `yup`: `yup.object({ … }).validateSync(process.env)` and cast, exported whole or mapped to an object.
import { type Morph, morph } from '../text/source.ts';
import { argumentsOf } from './module/library-calls.ts';
import { literalOf } from './module/origins.ts';
import { inputOf } from './schema/input.ts';
import { isSchema, objectSchema, type Schema, schemaOfKeys } from './schema/schema.ts';
import { schemaItself, schemaValidation } from './schema/schema-place.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Validation } from './schema/validation.ts';
import { YUP, yupValidators } from './schema/yup-validators.ts';

/** Steps of an object schema that leave every key as it is. */
const HARMLESS =
	/^(?:required|optional|notRequired|defined|nonNullable|noUnknown|unknown|strict|exact|test|label|meta|typeError)$/;

function schemaOf(expression: Morph.Expression): Schema {
	return objectSchema(expression, {
		...{ module: YUP, name: 'yup' },
		harmless: HARMLESS,
		added: ({ name, arguments: [argument] }) => {
			if (name === 'shape' && literalOf(argument)) return schemaOfKeys(argument);
			return name === 'concat' && argument ? schemaOf(argument) : null;
		},
	});
}

const LIBRARY = { schemaOf, validatorsOf: yupValidators, plain: 'yup.string()' };

/** `schema.validateSync(process.env)`; `validate` gives its values later, and is not followed. */
function validationOf(call: Morph.CallExpression): Validation | null {
	const callee = call.getExpression();
	if (!morph().Node.isPropertyAccessExpression(callee)) return null;
	if (!/^(?:validateSync|cast)$/.test(callee.getName())) return null;
	const schema = callee.getExpression();
	const input = inputOf(argumentsOf(call)[0]);
	if (!input || !isSchema(schema, YUP)) return null;
	return schemaValidation(call, { schema, input, under: null }, LIBRARY);
}

export const yupDialect = validatedDialect({
	name: 'yup',
	mention: /yup/,
	validationOf,
	ofSchema: (expression) => schemaItself(expression, LIBRARY),
});
