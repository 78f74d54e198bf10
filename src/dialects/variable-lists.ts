// Dialects `envsafe`, `znv` and `arkenv`: one call with a list of variables that gives their values.
import { type Morph, morph } from '../text/source.ts';
import type { Dialect } from './dialect.ts';
import { isEnvironment } from './module/environment.ts';
import { argumentsOf, libraryPath } from './module/library-calls.ts';
import { findEntry } from './module/object-literal.ts';
import { literalOf } from './module/origins.ts';
import { arktypeValidators, definitionValidators } from './schema/arktype-validators.ts';
import { unknownSchema, withSpreads } from './schema/schema.ts';
import { declare } from './schema/schema-place.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Place, Problem, Validation } from './schema/validation.ts';
import { callValidators, type Reading, type Validators } from './schema/validators.ts';
import { zodValidators } from './schema/zod-validators.ts';

interface Library {
	name: string;
	mention: RegExp;
	library: RegExp;
	/** The function's name as `libraryPath` gives it: '' for a default import. */
	called: RegExp;
	/** Where the list and the environment are among the arguments; no environment is process.env. */
	list: 0 | 1;
	environment(call: Morph.CallExpression): Morph.Expression | undefined;
	validatorsOf(source: Morph.SourceFile): Validators | null;
	plain: string;
}

const ENVSAFE = /^envsafe$/;

/** `str()` and `url()` give the very text; what stands in their options is about one variable. */
function readEnvsafe(value: Morph.Expression): Reading | null {
	const { Node } = morph();
	const name = Node.isCallExpression(value) ? libraryPath(value.getExpression(), ENVSAFE) : null;
	if (!Node.isCallExpression(value) || !/^(?:str|url)$/.test(name ?? '')) return null;
	const options = value.getArguments()[0]?.getText() ?? '';
	return {
		text: `${value.getExpression().getText()}()`,
		optional: false,
		defaulted: /\bdefault\b/.test(options),
		unchanged: true,
	};
}

const LIBRARIES: Library[] = [
	{
		name: 'envsafe',
		mention: /envsafe/,
		library: ENVSAFE,
		called: /^envsafe$/,
		list: 0,
		environment: (call) => {
			const options = literalOf(argumentsOf(call)[1]);
			return (options && findEntry(options, 'env')?.value) ?? undefined;
		},
		validatorsOf: (source) =>
			callValidators(source, ENVSAFE, { read: readEnvsafe, text: 'str', write: (text) => text }),
		plain: 'str()',
	},
	{
		name: 'znv',
		mention: /znv/,
		library: /^znv$/,
		called: /^parseEnv$/,
		list: 1,
		environment: (call) => argumentsOf(call)[0],
		validatorsOf: zodValidators,
		plain: 'z.string()',
	},
	{
		name: 'arkenv',
		mention: /arkenv/,
		library: /^arkenv$/,
		called: /^(?:|arkenv|createEnv)$/,
		list: 0,
		environment: (call) => argumentsOf(call)[1],
		validatorsOf: (source) => arktypeValidators(source, false) ?? definitionValidators(),
		plain: "'string'",
	},
];

function placeIn(call: Morph.CallExpression, variable: string, library: Library): Place | Problem {
	const validators = library.validatorsOf(call.getSourceFile());
	const snippet = `${variable}: ${validators?.plain ?? library.plain},`;
	const environment = library.environment(call);
	if (environment && !isEnvironment(environment)) {
		return { problem: 'it reads something other than process.env', snippet };
	}
	const list = literalOf(argumentsOf(call)[library.list]);
	if (!list || !validators)
		return { problem: 'its variables are listed in another module', snippet };
	const manner = { schemaOf: () => unknownSchema('its variables are no groups'), validators };
	const declared = declare(withSpreads(list), [variable], { manner, variable });
	if (typeof declared === 'string') return { problem: declared, snippet };
	return { path: [variable], ...declared };
}

function dialectOf(library: Library): Dialect {
	const validationOf = (call: Morph.CallExpression): Validation | null => {
		const path = libraryPath(call.getExpression(), library.library);
		if (path === null || !library.called.test(path)) return null;
		const place = (variable: string) => placeIn(call, variable, library);
		return { node: call, under: null, types: [], place };
	};
	return validatedDialect({ name: library.name, mention: library.mention, validationOf });
}

export const variableListDialects: readonly Dialect[] = LIBRARIES.map(dialectOf);
