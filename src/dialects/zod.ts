// Dialect `zod`: `z.object({ … }).parse(process.env)` and safeParse, exported whole or mapped to an object.
import { type Morph, morph } from '../text/source.ts';
import { argumentsOf, callsIn, libraryPath } from './module/library-calls.ts';
import { findEntry } from './module/object-literal.ts';
import { literalOf } from './module/origins.ts';
import { checkedByHelper } from './schema/given-schema.ts';
import { inputOf } from './schema/input.ts';
import { isSchema } from './schema/schema.ts';
import { type Asked, schemaItself, schemaValidation } from './schema/schema-place.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Validation } from './schema/validation.ts';
import { demandsFor } from './schema/zod-demands.ts';
import { mappedBy, schemaOf } from './schema/zod-schema.ts';
import { ZOD, zodValidators } from './schema/zod-validators.ts';

/** `schema.parse(process.env)`, `z.parse(schema, process.env)` of the small form, and the project's own `parse(schema, process.env)`. */
function askedBy(call: Morph.CallExpression): Asked | null {
	const callee = call.getExpression();
	const given = checkedByHelper(call);
	if (given) return askedOf(given.schema, given.values, null);
	// `zennv({ schema })` asks process.env itself.
	if (libraryPath(callee, /^zennv$/) === '') {
		const options = literalOf(call.getArguments()[0]);
		const schema = options && findEntry(options, 'schema')?.value;
		const isKnown = schema && isSchema(schema, ZOD);
		return isKnown ? { schema, input: { literal: null }, under: null } : null;
	}
	if (!morph().Node.isPropertyAccessExpression(callee)) return null;
	const name = callee.getName();
	if (name !== 'parse' && name !== 'safeParse') return null;
	const isFunction = libraryPath(callee, ZOD) !== null;
	const own = argumentsOf(call);
	const schema = isFunction ? own[0] : callee.getExpression();
	return askedOf(schema, isFunction ? own[1] : own[0], name === 'parse' ? null : 'data');
}

function askedOf(
	schema: Morph.Expression | undefined,
	values: Morph.Expression | undefined,
	under: string | null,
): Asked | null {
	const input = inputOf(values);
	return schema && input && isSchema(schema, ZOD) ? { schema, input, under } : null;
}

const LIBRARY = { schemaOf, validatorsOf: zodValidators, plain: 'z.string()' };

function validationOf(call: Morph.CallExpression): Validation | null {
	const asked = askedBy(call);
	const mapped = asked && mappedBy(asked.schema);
	const parts = asked && { ...asked, schema: mapped?.schema ?? asked.schema };
	const validation = parts && withDemands(schemaValidation(call, parts, LIBRARY), parts.schema);
	return mapped && validation
		? { ...validation, node: mapped.call, mapping: mapped.object }
		: validation;
}

/** What the schema demands of its other addresses at last is demanded of the new one too. */
function withDemands(validation: Validation, schema: Morph.Expression): Validation {
	return {
		...validation,
		place(variable) {
			const place = validation.place(variable);
			if ('problem' in place || place.insertions.length === 0 || !place.optional) return place;
			const demands = demandsFor(schema, schemaOf(schema), variable);
			return { ...place, insertions: [...place.insertions, ...demands] };
		},
	};
}

/** The `env` of `.transform((env) => ({ … }))`. */
function ofParameter(parameter: Morph.ParameterDeclaration): Validation | null {
	const transforming = parameter.getParent().getParent();
	const all = callsIn(parameter.getSourceFile()).flatMap((call) => validationOf(call) ?? []);
	return all.find(({ mapping, node }) => mapping && node === transforming) ?? null;
}

export const zodDialect = validatedDialect({
	name: 'zod',
	mention: /\b(?:safeP|p)arse\w*\(|\b(?:o|strictO|looseO)bject\(/,
	validationOf,
	ofSchema: (expression) => schemaItself(expression, LIBRARY),
	ofParameter,
});
