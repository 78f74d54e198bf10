// Dialect `zod`: `z.object({ … }).parse(process.env)` and safeParse, exported whole or mapped to an object.
import { type Morph, morph } from '../source.ts';
import { isImported } from './module/imports.ts';
import { argumentsOf, chainOf, libraryPath } from './module/library-calls.ts';
import { unwrap } from './module/object-literal.ts';
import { type Input, inputOf } from './schema/input.ts';
import { placeInSchema } from './schema/schema.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Validation } from './schema/validation.ts';
import { mappedBy, schemaOf } from './schema/zod-schema.ts';
import { ZOD, zodValidators } from './schema/zod-validators.ts';

interface Parsing {
	schema: Morph.Expression;
	input: Input;
	under: string | null;
}

function parsingOf(call: Morph.CallExpression): Parsing | null {
	const { Node } = morph();
	const callee = call.getExpression();
	if (!Node.isPropertyAccessExpression(callee)) return null;
	const name = callee.getName();
	if (name !== 'parse' && name !== 'safeParse') return null;
	// The small form has functions: `z.parse(schema, process.env)`.
	const isFunction = libraryPath(callee, ZOD) !== null;
	const own = argumentsOf(call);
	const schema = isFunction ? own[0] : callee.getExpression();
	const input = inputOf(isFunction ? own[1] : own[0]);
	if (!schema || !input || !isSchema(schema)) return null;
	return { schema, input, under: name === 'parse' ? null : 'data' };
}

function isSchema(expression: Morph.Expression): boolean {
	if (chainOf(expression, ZOD)) return true;
	const inner = unwrap(expression);
	return isImported(inner) && /schema|shape/i.test(inner.getText());
}

function validationOf(call: Morph.CallExpression): Validation | null {
	const parsing = parsingOf(call);
	if (!parsing) return null;
	const mapped = mappedBy(parsing.schema);
	const parts = { schema: mapped?.schema ?? parsing.schema, input: parsing.input };
	return {
		node: mapped?.call ?? call,
		under: parsing.under,
		types: [],
		mapping: mapped?.object,
		place: (variable) => place(parts, call, variable),
	};
}

/** The `env` of `.transform((env) => ({ … }))`. */
function ofParameter(parameter: Morph.ParameterDeclaration): Validation | null {
	const { SyntaxKind } = morph();
	const transforming = parameter.getParent().getParent();
	const calls = parameter.getSourceFile().getDescendantsOfKind(SyntaxKind.CallExpression);
	const all = calls.flatMap((call) => validationOf(call) ?? []);
	return all.find(({ mapping, node }) => mapping && node === transforming) ?? null;
}

function place(parts: Omit<Parsing, 'under'>, call: Morph.Node, variable: string) {
	const source = call.getSourceFile();
	const validators = zodValidators(source);
	if (validators) return placeInSchema(parts, { schemaOf, validators }, variable);
	const snippet = `${variable}: z.string(),`;
	return { problem: 'its schema is declared in another module', snippet };
}

export const zodDialect = validatedDialect({
	name: 'zod',
	mention: /\b(?:safeP|p)arse\(/,
	validationOf,
	ofParameter,
});
