// Dialect `valibot`: `v.parse(v.object({ … }), process.env)` and safeParse, exported whole or mapped to an object.
import { type Morph, morph } from '../source.ts';
import { unwrap } from './module/object-literal.ts';
import { argumentsOf, chainOf, isImported, libraryPath, literalOf } from './schema/chains.ts';
import { VALIBOT, valibotValidators } from './schema/valibot-validators.ts';
import { inputOf } from './schema/validated-input.ts';
import { validatedDialect } from './schema/validated-module.ts';
import {
	placeInSchema,
	type Schema,
	strangeSchema,
	unknownSchema,
} from './schema/validated-schema.ts';
import type { Search, Validation } from './schema/validation.ts';

/** Actions on a whole object that leave every key as it is. */
const HARMLESS =
	/^(?:check|rawCheck|partialCheck|forward|custom|readonly|brand|title|description|metadata)$/;

function schemaOf(expression: Morph.Expression): Schema {
	const chain = chainOf(expression, VALIBOT);
	if (!chain || chain.steps.length > 0) return strangeSchema(expression, 'a plain v.object');
	const [first, ...others] = chain.root.arguments;
	const { name } = chain.root;
	if (/^(?:object|looseObject|strictObject|objectWithRest)$/.test(name)) {
		const literal = literalOf(first);
		if (!literal) return unknownSchema('its keys are listed in another module');
		return checked({ pieces: [literal], problem: null }, others.flatMap(elements));
	}
	if (name === 'pipe' && first) return checked(schemaOf(first), others);
	if (name === 'intersect' || name === 'merge') return merged(first ? elements(first) : []);
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

function merged(parts: Morph.Expression[]): Schema {
	const schemas = parts.map(schemaOf);
	const problem = schemas.find((one) => one.problem !== null)?.problem ?? null;
	return { pieces: schemas.flatMap(({ pieces }) => pieces), problem };
}

function isSchema(expression: Morph.Expression): boolean {
	return chainOf(expression, VALIBOT) !== null || isImported(unwrap(expression));
}

function validationOf(call: Morph.CallExpression): Validation | null {
	const name = libraryPath(call.getExpression(), VALIBOT);
	if (name !== 'parse' && name !== 'safeParse') return null;
	const [schema, environment] = argumentsOf(call);
	const input = inputOf(environment);
	const validators = valibotValidators(call.getSourceFile());
	if (!schema || !input || !validators || !isSchema(schema)) return null;
	return {
		node: call,
		under: name === 'parse' ? null : 'output',
		types: [],
		place: (variable) => placeInSchema({ schema, input }, { schemaOf, validators }, variable),
	};
}

const SEARCH: Search = { mention: /valibot/, validationOf };

export const valibotDialect = validatedDialect('valibot', SEARCH);
