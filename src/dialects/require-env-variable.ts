// Dialect `require-env-variable`: `requireEnv('PORT', 'DATABASE_URL')`, whose variables are its arguments.
import { type Morph, morph } from '../text/source.ts';
import { placeName } from './edit/listed-name.ts';
import { libraryPath } from './module/library-calls.ts';
import { nameLike, wordsOf } from './module/names.ts';
import { follow } from './module/origins.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Place, Problem, Validation } from './schema/validation.ts';

const LIBRARY = /^require-env-variable$/;

/** What lists the variables: the arguments, or the array that is spread into them. */
function namesIn(call: Morph.CallExpression): Morph.Node[] {
	const { Node } = morph();
	const all = call.getArguments();
	const [only] = all;
	if (all.length !== 1 || !Node.isSpreadElement(only)) return all;
	const { value } = follow(only.getExpression());
	return Node.isArrayLiteralExpression(value) ? value.getElements() : all;
}

function placeIn(call: Morph.CallExpression, variable: string): Place | Problem {
	const names = namesIn(call);
	if (names.length === 0 || !names.every((one) => morph().Node.isStringLiteral(one)))
		return {
			problem: 'its variables are not listed in its call',
			snippet: `export const ${nameLike(wordsOf(variable), [])} = requireEnv('${variable}').${variable};`,
		};
	return { path: [variable], optional: false, insertions: placeName(names, variable) };
}

function validationOf(call: Morph.CallExpression): Validation | null {
	const name = libraryPath(call.getExpression(), LIBRARY);
	// Its default export until version 3.
	if (name !== 'requireEnv' && name !== '') return null;
	const place = (variable: string) => placeIn(call, variable);
	return { node: call, under: null, types: [], place };
}

export const requireEnvVariableDialect = validatedDialect({
	name: 'require-env-variable',
	mention: /require-env-variable/,
	validationOf,
});
