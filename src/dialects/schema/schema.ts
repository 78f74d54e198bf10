// A variable in a schema that is written as object literals of keys.
import { type Morph, morph } from '../../text/source.ts';
import { listsKeys } from '../edit/type-members.ts';
import { isImported } from '../module/imports.ts';
import { chainOf, type Step } from '../module/library-calls.ts';
import { unwrap } from '../module/object-literal.ts';
import { literalOf, originsOf } from '../module/origins.ts';

/** The object literals that declare a schema's keys, later ones over earlier ones. */
export interface Schema {
	pieces: Morph.ObjectLiteralExpression[];
	/** Why no key may be added or read; null when all is plain. */
	problem: string | null;
	/** Keys that the schema itself gives another value at last. */
	overridden?: string[];
}

/** A schema whose keys are those of one object literal. */
export function schemaOfKeys(keys: Morph.Expression | undefined): Schema {
	const literal = literalOf(keys);
	if (!keys || !literal) return unknownSchema('its keys are listed in another module');
	const types = originsOf(keys).flatMap((one) => one.types);
	if (types.some(listsKeys)) return unknownSchema('a type names every key of its schema');
	return { pieces: [literal], problem: null };
}

/** A schema that is not to be touched. `problem` ends a sentence. */
export function unknownSchema(problem: string): Schema {
	return { pieces: [], problem };
}

/** An expression that the library does not begin. `plain` is what we would know. */
export function strangeSchema(expression: Morph.Expression, plain: string): Schema {
	const elsewhere = isImported(unwrap(expression));
	return unknownSchema(
		elsewhere ? 'its schema is declared in another module' : `its schema is not ${plain}`,
	);
}

/** Several schemas in one; the first problem is its problem. */
export function mergedSchema(parts: Schema[]): Schema {
	return {
		pieces: parts.flatMap(({ pieces }) => pieces),
		problem: parts.find((one) => one.problem !== null)?.problem ?? null,
		overridden: parts.flatMap(({ overridden }) => overridden ?? []),
	};
}

/** A schema after further steps. `harmless` leave every key as it is; `added` tells what another step adds, if it is known. */
export function afterSteps(
	start: Schema,
	steps: Step[],
	{ harmless, added }: { harmless: RegExp; added(step: Step): Schema | null },
): Schema {
	return steps.reduce((schema, step) => {
		if (schema.problem !== null || harmless.test(step.name)) return schema;
		const more = added(step) ?? unknownSchema(`its schema changes the values with .${step.name}()`);
		return mergedSchema([schema, more]);
	}, start);
}

/** True for a schema of the library, and for an imported name that can only be one. */
export function isSchema(expression: Morph.Expression, library: RegExp): boolean {
	if (chainOf(expression, library)) return true;
	const inner = unwrap(expression);
	return isImported(inner) && /schema|shape/i.test(inner.getText());
}

/** A literal of keys with the literals that are spread into it, as far as they are in the same module. */
export function withSpreads(
	literal: Morph.ObjectLiteralExpression,
): Morph.ObjectLiteralExpression[] {
	const { Node } = morph();
	const spread = literal
		.getProperties()
		.filter((one) => Node.isSpreadAssignment(one))
		.flatMap((one) => literalOf(one.getExpression()) ?? []);
	return [...spread, literal];
}

/** What distinguishes a library whose schemas begin with `name.object({ … })`. */
interface ObjectLibrary {
	/** The module that it is imported from. */
	module: RegExp;
	name: string;
	/** Steps that leave every key as it is. */
	harmless: RegExp;
	added(step: Step): Schema | null;
}

/** The schema that `name.object({ … })` and the steps behind it declare. */
export function objectSchema(
	expression: Morph.Expression,
	{ module, name, harmless, added }: ObjectLibrary,
): Schema {
	const chain = chainOf(expression, module);
	if (!chain) return strangeSchema(expression, `a plain ${name}.object`);
	const { root, steps } = chain;
	if (root.name !== 'object') return unknownSchema(`its schema is made with ${name}.${root.name}`);
	const [keys] = root.arguments;
	const start: Schema = keys ? schemaOfKeys(keys) : { pieces: [], problem: null };
	return afterSteps(start, steps, { harmless, added });
}
