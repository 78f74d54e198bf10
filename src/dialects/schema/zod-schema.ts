// The keys of a zod object schema, and an object that a last `.transform` makes of them.
import { type Morph, morph } from '../../text/source.ts';
import { returned } from '../module/helper-functions.ts';
import { argumentsOf, chainOf, type Step } from '../module/library-calls.ts';
import { entriesOf, objectIn, unwrap } from '../module/object-literal.ts';
import { follow } from '../module/origins.ts';
import { isInline } from '../module/scope.ts';
import {
	afterSteps,
	mergedSchema,
	type Schema,
	schemaOfKeys,
	strangeSchema,
	unknownSchema,
} from './schema.ts';
import { ZOD } from './zod-validators.ts';

/** Steps of an object schema that leave every key as it is. */
const HARMLESS =
	/^(?:strict|passthrough|loose|strip|catchall|refine|superRefine|check|describe|meta|brand|readonly|required|partial|register)$/;

/** The keys of a zod object schema, through names, `extend` and what leaves them as they are. */
export function schemaOf(expression: Morph.Expression): Schema {
	const chain = chainOf(expression, ZOD);
	if (!chain) return strangeSchema(expression, 'a plain z.object');
	const { root, steps } = chain;
	if (root.name === 'intersection') {
		return afterSteps(mergedSchema(root.arguments.map(schemaOf)), steps, {
			harmless: HARMLESS,
			added,
		});
	}
	if (!/^(?:object|strictObject|looseObject)$/.test(root.name)) {
		return unknownSchema(`its schema is made with z.${root.name}`);
	}
	return afterSteps(schemaOfKeys(root.arguments[0]), steps, { harmless: HARMLESS, added });
}

function added({ name, arguments: [argument] }: Step): Schema | null {
	const isExtended = /^(?:extend|safeExtend|augment)$/.test(name);
	const isMerged = /^(?:merge|and)$/.test(name);
	// What is declared elsewhere adds no keys that we know, and takes none away.
	if (isExtended) return { ...schemaOfKeys(argument), problem: null };
	if (isMerged && argument) return { ...schemaOf(argument), problem: null };
	const overridden = name === 'transform' && argument ? keptWith(argument) : null;
	return overridden && { pieces: [], problem: null, overridden };
}

/** The keys that `(env) => ({ ...env, isProduction: … })` puts over the others; null when it drops some. */
function keptWith(node: Morph.Expression): string[] | null {
	const { Node } = morph();
	const callable = isInline(node) ? node : null;
	const name = callable?.getParameters()[0]?.getName();
	const [value, ...rest] = callable ? returned(callable) : [];
	if (!value || rest.length > 0 || name === undefined) return null;
	if (unwrap(value).getText() === name) return [];
	const object = objectIn(value);
	const [first, ...others] = object?.getProperties() ?? [];
	const keeps = Node.isSpreadAssignment(first) && first.getExpression().getText() === name;
	const isPlain = keeps && others.every((one) => !Node.isSpreadAssignment(one));
	return object && isPlain ? entriesOf(object).map(({ key }) => key) : null;
}

/** A last `.transform((env) => ({ … }))` that makes an object of its own. */
export interface Mapped {
	call: Morph.CallExpression;
	schema: Morph.Expression;
	object: Morph.Expression;
}

/** The transform that ends a schema, where it makes an object of its own; null for any other schema. */
export function mappedBy(expression: Morph.Expression): Mapped | null {
	const { Node } = morph();
	const inner = follow(expression).value;
	const callee = Node.isCallExpression(inner) ? inner.getExpression() : undefined;
	if (!Node.isCallExpression(inner) || !Node.isPropertyAccessExpression(callee)) return null;
	const [argument] = argumentsOf(inner);
	const isTransform = callee.getName() === 'transform' && isInline(argument);
	if (!isTransform || keptWith(argument)) return null;
	const [object, ...others] = returned(argument);
	return objectIn(object) && object && others.length === 0
		? { call: inner, schema: callee.getExpression(), object }
		: null;
}
