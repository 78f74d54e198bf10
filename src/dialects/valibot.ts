// Dialect `valibot`: `v.parse(v.object({ … }), process.env)` and safeParse, exported whole or mapped to an object.
import { type Morph, morph } from '../text/source.ts';
import { argumentsOf, chainOf, libraryPath } from './module/library-calls.ts';
import { inputOf } from './schema/input.ts';
import {
	mergedSchema,
	type Schema,
	schemaOfKeys,
	strangeSchema,
	unknownSchema,
} from './schema/schema.ts';
import { schemaItself, schemaValidation } from './schema/schema-place.ts';
import { VALIBOT, valibotValidators } from './schema/valibot-validators.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Validation } from './schema/validation.ts';

/** Actions on a whole object that leave every key as it is. */
const HARMLESS =
	/^(?:check|rawCheck|partialCheck|forward|custom|readonly|brand|title|description|metadata)$/;

function schemaOf(expression: Morph.Expression): Schema {
	const chain = chainOf(expression, VALIBOT);
	if (!chain || chain.steps.length > 0) return strangeSchema(expression, 'a plain v.object');
	const [first, ...others] = chain.root.arguments;
	const { name } = chain.root;
	if (/^(?:object|looseObject|strictObject|objectWithRest)$/.test(name)) {
		return checked(schemaOfKeys(first), others.flatMap(elements));
	}
	if (name === 'pipe' && first) return checked(schemaOf(first), others);
	if (name === 'intersect' || name === 'merge')
		return mergedSchema(first ? elements(first).map(schemaOf) : []);
	return unknownSchema(`its schema is made with v.${name}`);
}

/** The elements of a list; none for any other expression. */
function elements(node: Morph.Expression): Morph.Expression[] {
	return morph().Node.isArrayLiteralExpression(node) ? node.getElements() : [];
}

function checked(schema: Schema, actions: Morph.Expression[]): Schema {
	const names = actions.map((action) => chainOf(action, VALIBOT)?.root.name ?? 'a function');
	const strange = names.find((name) => !HARMLESS.test(name));
	if (strange === undefined || schema.problem !== null) return schema;
	return unknownSchema(`its schema changes the values with ${strange}`);
}

const LIBRARY = { schemaOf, validatorsOf: valibotValidators, plain: 'v.string()' };

function validationOf(call: Morph.CallExpression): Validation | null {
	const name = libraryPath(call.getExpression(), VALIBOT);
	if (name !== 'parse' && name !== 'safeParse') return null;
	const [schema, environment] = argumentsOf(call);
	const input = inputOf(environment);
	if (!schema || !input) return null;
	const asked = { schema, input, under: name === 'parse' ? null : 'output' };
	return schemaValidation(call, asked, LIBRARY);
}

export const valibotDialect = validatedDialect({
	name: 'valibot',
	mention: /valibot/,
	validationOf,
	ofSchema: (expression) => schemaItself(expression, LIBRARY),
});
