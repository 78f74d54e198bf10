// Dialect `envalid`: `export const env = cleanEnv(process.env, { DATABASE_URL: url(), … })`, also mapped to an object.
import type { Insertion } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import type { Dialect } from './dialect.ts';
import { importName } from './edit/import-name.ts';
import { addEntry } from './edit/new-entry.ts';
import { isEnvironment } from './module/environment.ts';
import { isDeclared } from './module/exports.ts';
import { importsOf } from './module/imports.ts';
import { argumentsOf, libraryPath, written } from './module/library-calls.ts';
import { type Entry, findEntry } from './module/object-literal.ts';
import { literalOf } from './module/origins.ts';
import { textEntries, validatorLike } from './schema/envalid-options.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Place, Problem, Validation } from './schema/validation.ts';

const ENVALID = /^envalid(?:\/.*)?$/;

/** The validators that give the very text of the variable. */
const TEXT = /^(?:str|url)$/;

function isText(callee: Morph.Expression): boolean {
	return TEXT.test(libraryPath(callee, ENVALID) ?? '');
}

/** The text validator that an entry is; `bare` when nothing is said about this one variable. */
function textValidator(value: Entry['value']): { bare: boolean; optional: boolean } | null {
	if (!value || !morph().Node.isCallExpression(value) || !isText(value.getExpression()))
		return null;
	const [options] = value.getArguments();
	const optional = /\bdefault:\s*undefined\b/.test(options?.getText() ?? '');
	return { bare: options === undefined, optional };
}

interface Plain {
	text: string;
	insertions: Insertion[];
}

/** What to write for a text; `str` is imported when no validator for texts is. */
function plainValidator(source: Morph.SourceFile): Plain | null {
	const known = written(source, ENVALID, 'str') ?? written(source, ENVALID, 'url');
	if (known !== null) return { text: `${known}()`, insertions: [] };
	const from = importsOf(source).find((one) => ENVALID.test(one.from) && !one.isType);
	if (!from || isDeclared(source, 'str')) return null;
	return { text: 'str()', insertions: importName(from.declaration, 'str') };
}

/** The entry in the list of variables, or why there can be none. */
function listed(list: Morph.ObjectLiteralExpression, variable: string): Place | string {
	const path = [variable];
	const there = findEntry(list, variable);
	if (there) {
		const text = textValidator(there.value);
		if (!text) return `its ${variable} is not checked by str or url`;
		return { path, optional: text.optional, insertions: [] };
	}
	const like = validatorLike(textEntries(list, isText), variable);
	const plain = like ? { ...like, insertions: [] } : plainValidator(list.getSourceFile());
	if (!plain) return 'it has another thing that is called str';
	const added = addEntry(list, {
		variable,
		key: variable,
		otherwise: plain.text,
		copyable: (value) => (!like && textValidator(value)?.bare ? variable : null),
	});
	if (!added) return 'its list of variables leaves no place for the new one';
	const insertions =
		added.model === null ? [...plain.insertions, ...added.insertions] : added.insertions;
	return { path, optional: like?.optional ?? false, insertions };
}

function place(call: Morph.CallExpression, variable: string): Place | Problem {
	const [environment, list] = argumentsOf(call);
	const snippet = `${variable}: ${written(call.getSourceFile(), ENVALID, 'str') ?? 'str'}(),`;
	if (libraryPath(call.getExpression(), ENVALID) === 'customCleanEnv') {
		return {
			problem: 'its customCleanEnv gives values in a way that this command does not know',
			snippet,
		};
	}
	if (!isEnvironment(environment)) {
		return { problem: 'its cleanEnv reads something other than process.env', snippet };
	}
	const variables = literalOf(list);
	const found = variables && listed(variables, variable);
	if (!found) return { problem: 'its variables are listed in another module', snippet };
	return typeof found === 'string' ? { problem: found, snippet } : found;
}

function validationOf(call: Morph.CallExpression): Validation | null {
	const name = libraryPath(call.getExpression(), ENVALID) ?? '';
	if (!/^(?:cleanEnv|customCleanEnv)$/.test(name)) return null;
	return { node: call, under: null, types: [], place: (variable) => place(call, variable) };
}

export const envalidDialect: Dialect = validatedDialect({
	name: 'envalid',
	mention: /envalid/,
	validationOf,
});
