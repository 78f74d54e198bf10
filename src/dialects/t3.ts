// Dialect `t3`: `createEnv({ server, client, runtimeEnv })` of @t3-oss/env-core, env-nextjs and env-nuxt, and envin's `defineEnv`.
import type { Insertion } from '../model/key-plan.ts';
import type { Morph } from '../text/source.ts';
import { addEntry } from './edit/new-entry.ts';
import { plainRead } from './edit/plain-read.ts';
import { isEnvironment } from './module/environment.ts';
import { importsOf } from './module/imports.ts';
import { argumentsOf, libraryPath } from './module/library-calls.ts';
import { type Entry, entriesOf, findEntry } from './module/object-literal.ts';
import { literalOf } from './module/origins.ts';
import { copyableRead, readOf } from './module/reads.ts';
import { arktypeValidators } from './schema/arktype-validators.ts';
import { readEntry } from './schema/chosen.ts';
import { isOpen, mayBeOverridden } from './schema/input.ts';
import { unknownSchema, withSpreads } from './schema/schema.ts';
import { declare } from './schema/schema-place.ts';
import { valibotValidators } from './schema/valibot-validators.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Place, Problem, Validation } from './schema/validation.ts';
import type { Validators } from './schema/validators.ts';
import { zodValidators } from './schema/zod-validators.ts';

const T3 = /^(?:@t3-oss\/env-(?:core|nextjs|nuxt)|envin)$/;
/** What the call is told of where the values come from. */
const SOURCES = ['runtimeEnv', 'runtimeEnvStrict', 'env', 'envStrict'];

/** The variables of one side: `server`, `client` or `shared`. */
function sideOf(
	options: Morph.ObjectLiteralExpression,
	name: string,
): Morph.ObjectLiteralExpression | null {
	return literalOf(findEntry(options, name)?.value);
}

/** The library in which this module's variables are checked. */
function validatorsOf(entries: Entry[], source: Morph.SourceFile): Validators | null {
	const imported = [
		zodValidators(source),
		valibotValidators(source),
		arktypeValidators(source, true),
	].filter((one) => one !== null);
	const used = imported.find((one) => entries.some((entry) => readEntry(entry, '', one) !== null));
	return used ?? imported[0] ?? null;
}

function problem(reason: string, variable: string, validator = 'z.string()'): Problem {
	return { problem: reason, snippet: `${variable}: ${validator},` };
}

function place(call: Morph.CallExpression, variable: string): Place | Problem {
	const options = literalOf(argumentsOf(call)[0]);
	if (!options) return problem('its options are declared in another module', variable);
	if (findEntry(options, 'createFinalSchema')) {
		return problem('its createFinalSchema may change the values', variable);
	}
	const source = call.getSourceFile();
	const sides = ['server', 'shared', 'client']
		.flatMap((name) => sideOf(options, name) ?? [])
		.flatMap(withSpreads);
	const validators = validatorsOf(sides.flatMap(entriesOf), source);
	if (!validators) return problem('it imports none of zod, valibot and arktype', variable);
	const declared = declareIn(options, sides, { variable, validators });
	if (typeof declared === 'string') {
		return problem(declared, variable, validators.plain ?? undefined);
	}
	const supplied = supply(options, variable, source);
	if (typeof supplied === 'string') return problem(supplied, variable, `process.env.${variable}`);
	return { ...declared, path: [variable], insertions: [...declared.insertions, ...supplied] };
}

/** The variable among those of the server, or where it is already. */
function declareIn(
	options: Morph.ObjectLiteralExpression,
	sides: Morph.ObjectLiteralExpression[],
	{ variable, validators }: { variable: string; validators: Validators },
) {
	const isThere = sides.some((side) => findEntry(side, variable));
	const server = sideOf(options, 'server');
	if (!isThere && !server) {
		const isElsewhere = findEntry(options, 'server') !== undefined;
		return isElsewhere
			? 'its server variables are declared in another module'
			: 'it has no server block';
	}
	const pieces = isThere || !server ? sides : [server];
	const manner = { schemaOf: () => unknownSchema('its variables are no groups'), validators };
	return declare(pieces, [variable], { manner, variable });
}

/** Where the values come from: only a literal that lists them needs the new one too. */
function supply(
	options: Morph.ObjectLiteralExpression,
	variable: string,
	source: Morph.SourceFile,
): Insertion[] | string {
	const entry = SOURCES.map((name) => findEntry(options, name)).find((one) => one !== undefined);
	if (!entry) {
		// env-nextjs takes what it is not told from process.env; env-nuxt and envin take everything from there.
		const own = findEntry(options, 'experimental__runtimeEnv') !== undefined || isTold(source);
		return own ? [] : 'it is not told where its values come from';
	}
	if (isEnvironment(entry.value ?? undefined)) return [];
	const literal = literalOf(entry.value);
	if (!literal) return `its ${entry.key} is neither process.env nor a list`;
	if (mayBeOverridden(literal)) return `its ${entry.key} ends with keys that are not known`;
	const there = findEntry(literal, variable);
	if (there) {
		const same = readOf(there.value)?.variable === variable;
		return same ? [] : `its ${entry.key} gives ${variable} another value`;
	}
	if (isOpen(literal)) return [];
	const added = addEntry(literal, {
		variable,
		key: variable,
		otherwise: plainRead(source, variable),
		copyable: copyableRead,
	});
	return added?.insertions ?? `its ${entry.key} leaves no place for the new key`;
}

function isTold(source: Morph.SourceFile): boolean {
	return importsOf(source).some(({ from }) => /^(?:@t3-oss\/env-nuxt|envin)$/.test(from));
}

function validationOf(call: Morph.CallExpression): Validation | null {
	if (!/^(?:createEnv|defineEnv)$/.test(libraryPath(call.getExpression(), T3) ?? '')) return null;
	return { node: call, under: null, types: [], place: (variable) => place(call, variable) };
}

export const t3Dialect = validatedDialect({ name: 't3', mention: /@t3-oss\/|envin/, validationOf });
