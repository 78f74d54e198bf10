// Which dialect a config module is written in, and a checked plan for one more key. Pure: text in, text out.
// The files beside this one are the dialects. module/ reads a module, edit/ says what to write where, schema/ knows the
// libraries that declare variables: what they validate or read, and how they would say it of one more.
import type { KeyPlan, Neighbours } from '../model/key-plan.ts';
import { type Morph, syntaxErrors } from '../text/source.ts';
import { adonisDialect } from './adonis.ts';
import { anyLibraryDialect } from './any-library.ts';
import { arktypeDialect } from './arktype.ts';
import { classDialect, strangeClass } from './class.ts';
import { classValidatorDialect } from './class-validator.ts';
import { constantsDialect } from './constants.ts';
import { convictDialect } from './convict.ts';
import { destructuringDialect } from './destructuring.ts';
import { type Dialect, dialectAmong, type Ready } from './dialect.ts';
import { applyInsertions, type ChangedFile, pasted } from './edit/insertions.ts';
import { keyLine, newIn } from './edit/plain-read.ts';
import { effectDialect } from './effect.ts';
import { envSchemaDialect } from './env-schema.ts';
import { envVarDialect } from './env-var.ts';
import { envalidDialect } from './envalid.ts';
import { functionsDialect } from './functions.ts';
import { helperFunctionsDialect } from './helper-functions.ts';
import { helpersDialect } from './helpers.ts';
import { joiDialect } from './joi.ts';
import { listDialect } from './list.ts';
import { loadFunctionDialect } from './load-function.ts';
import { type Made, type Module, makeAll } from './made.ts';
import { readsBundlerEnvironment } from './module/environment.ts';
import { strangersIn } from './module/given.ts';
import { nameLike, wordsOf } from './module/names.ts';
import { ALONE, parsed } from './module/parsed.ts';
import { isPublicPath } from './module/reach.ts';
import { neighbourDialect } from './neighbour.ts';
import { nestDialect } from './nest.ts';
import { objectDialect } from './object.ts';
import { planWith } from './planned.ts';
import { requireEnvVariableDialect } from './require-env-variable.ts';
import { requiredNamesDialect } from './required-names.ts';
import { t3Dialect } from './t3.ts';
import { typeboxDialect } from './typebox.ts';
import { lackingIn, loosened, reasonAgainstPlan } from './unwanted.ts';
import { valibotDialect } from './valibot.ts';
import { variableListDialects } from './variable-lists.ts';
import { yupDialect } from './yup.ts';
import { zodDialect } from './zod.ts';

export { applyInsertions };

/** The first that recognises a module gets it: libraries before plain shapes. */
const DIALECTS: readonly Dialect[] = [
	convictDialect,
	envalidDialect,
	envVarDialect,
	requireEnvVariableDialect,
	...variableListDialects,
	adonisDialect,
	effectDialect,
	nestDialect,
	classValidatorDialect,
	t3Dialect,
	zodDialect,
	valibotDialect,
	arktypeDialect,
	joiDialect,
	yupDialect,
	envSchemaDialect,
	typeboxDialect,
	listDialect,
	destructuringDialect,
	classDialect,
	loadFunctionDialect,
	constantsDialect,
	helpersDialect,
	objectDialect,
	functionsDialect,
	helperFunctionsDialect,
	anyLibraryDialect,
	neighbourDialect,
	requiredNamesDialect,
];

/** A plan, the text that the module has after it, and what becomes of other files. */
export type CheckedKeyPlan = KeyPlan & { after: string; others: ChangedFile[] };

/** The name of the dialect that a module is written in, or null when it is not a config module that we know. */
export function recogniseDialect(
	path: string,
	text: string,
	beside: Neighbours = ALONE,
): string | null {
	const possible = possibleIn(path, text);
	if (possible.length === 0 || isPublicPath(path)) return null;
	return dialectOf(parsed(path, text, beside)[0], possible)?.name ?? null;
}

/**
 * Why a module that no dialect claims is no place for an address, or null: what it gives is meant for browsers, or for one
 * other service. Ends a sentence.
 */
export function reasonAgainst(
	path: string,
	text: string,
	beside: Neighbours = ALONE,
): string | null {
	if (isPublicPath(path)) return 'its name says that it is meant for browsers';
	if (possibleIn(path, text).length === 0) return null;
	const [source] = parsed(path, text, beside);
	return strangersIn(source)[0] ?? strangeClass(source);
}

/** What types process.env need not export anything. */
const GIVES = /\bexport\b|\binterface\s+ProcessEnv\b/;

/** The dialects that a text may be written in: most modules hold the words of none, and are never parsed. */
function possibleIn(path: string, text: string): Dialect[] {
	if (!/env|config|process|validation/i.test(path + text) || !GIVES.test(text)) return [];
	return DIALECTS.filter(({ mention }) => mention.test(text));
}

function dialectOf(source: Morph.SourceFile, possible: Dialect[]): Dialect | undefined {
	// Node has no import.meta.env; a module that needs a bundler cannot be read by db.ts.
	if (readsBundlerEnvironment(source)) return undefined;
	return dialectAmong(possible, source);
}

/**
 * How to read `variable` from the module, and what to insert for it. The result is parsed and asked again: the key must
 * then be there, under the same expression, with nothing left to do. Otherwise the plan is `unclear` and `after` is `text`.
 */
export function planKey(
	path: string,
	text: string,
	variable: string,
	beside: Neighbours = ALONE,
): CheckedKeyPlan {
	const plan = planOnce(path, text, variable, beside);
	const module = { path, text, variable, beside };
	if (plan.kind === 'unclear' || plan.insertions.length === 0)
		return { ...plan, after: text, others: [] };
	const results = makeAll(plan.insertions, module);
	const lacking = lackingIn(results);
	if (lacking === null) return settled(plan, results, module);
	// The values are there all the same: the type alone says that others need not have them.
	const looser = loosened(results);
	const then = looser && makeAll(looser, module);
	if (!looser || !then || lackingIn(then) !== null) return leftFor(lacking, module);
	return settled({ ...plan, insertions: looser }, then, module);
}

function leftFor(reason: string, { text, variable }: Module): CheckedKeyPlan {
	const line = `export const ${nameLike(wordsOf(variable), [])} = process.env.${variable};`;
	return { kind: 'unclear', reason, snippet: line, after: text, others: [] };
}

function settled(plan: Ready, results: Made[], module: Module): CheckedKeyPlan {
	const { path, text, variable } = module;
	const { access, insertions } = plan;
	const names = [variable, ...(access.expression.match(/[\w$]+/g) ?? [])];
	const unwanted = reasonAgainstPlan(results, names, access.import);
	if (unwanted !== null) return leftFor(unwanted, module);
	const [own] = results;
	const again = own ? planOnce(path, own.after, variable, own.then) : plan;
	const others = results.flatMap(({ changed }) => changed ?? []);
	const isSettled =
		again.kind === 'ready' &&
		again.insertions.length === 0 &&
		again.access.expression === access.expression &&
		again.access.import?.kind === access.import?.kind &&
		again.access.import?.name === access.import?.name;
	if (isSettled && own) return { ...plan, after: own.after, others };
	const reason = 'it is written in a way in which a new key cannot be added safely';
	const snippet = pasted(insertions).join('\n');
	return { kind: 'unclear', reason, snippet, after: text, others: [] };
}

function planOnce(path: string, text: string, variable: string, beside: Neighbours): KeyPlan {
	const [source, shift] = parsed(path, text, beside);
	const [problem] = syntaxErrors(source);
	if (problem !== undefined) {
		return { kind: 'unclear', reason: `it has a syntax error (${problem})`, snippet: '' };
	}
	const possible = isPublicPath(path) ? [] : possibleIn(path, text);
	const dialect = dialectOf(source, possible);
	if (!dialect) {
		const reason = reasonAgainst(path, text, beside) ?? 'its style is not known';
		return { kind: 'unclear', reason, snippet: newIn(source, keyLine(source, variable)) };
	}
	const plan = planWith(dialect, { possible, source, variable });
	if (plan.kind === 'unclear') return { ...plan, snippet: newIn(source, plan.snippet) };
	if (shift === 0) return plan;
	const insertions = plan.insertions.map((one) =>
		one.path === undefined ? { ...one, at: one.at + shift } : one,
	);
	return { ...plan, insertions };
}
