// Dialect `any-library`: variables listed with what they are, in the words of a library that is not known: one more as the one that is like it.
import { type Morph, morph } from '../text/source.ts';
import type { Dialect } from './dialect.ts';
import { addEntry } from './edit/new-entry.ts';
import { isEnvironment } from './module/environment.ts';
import { importsOf } from './module/imports.ts';
import { relatedness, replaceWord, usualFor } from './module/names.ts';
import { type Entry, entriesOf, findEntry } from './module/object-literal.ts';
import { follow } from './module/origins.ts';
import { isPublicName, isPublicVariable } from './module/reach.ts';
import { readOf } from './module/reads.ts';
import { enter, inputOf } from './schema/input.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Place, Problem, Validation } from './schema/validation.ts';
import { OTHER_SERVICE } from './schema/validators.ts';

const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*$/;
/** What a text is called; what is anything else, or is made another value. */
const TEXT = /str(?:ing)?\b|string|ur[li]\b/i;
const OTHER =
	/num|\bint|bool|port\b|json|enum|date|array|list|split|transform|coerce|to[A-Z]|parse|decode|default|catch|fallback|=>|\bnew\b|[{[/]/i;
const OPTIONAL = /optional|nullable|nullish|undefined|maybe|partial/i;

/** The libraries that other dialects know. */
const KNOWN =
	/^(?:zod|valibot|arktype|joi|yup|@sinclair\/typebox|typebox|class-|effect|convict|env-|envalid|@t3-oss|@nestjs|@adonisjs|@hono\/zod)/;

/** The literals of variables within what a call is given: `object({ … })`, `{ server: { … } }`. */
function listsIn(node: Morph.Node, depth = 4): Morph.ObjectLiteralExpression[] {
	const { Node } = morph();
	if (depth === 0 || !Node.isExpression(node)) return [];
	const { value } = follow(node);
	if (Node.isCallExpression(value)) {
		const callee = value.getExpression();
		const on = Node.isPropertyAccessExpression(callee) ? [callee.getExpression()] : [];
		return [...on, ...value.getArguments()].flatMap((one) => listsIn(one, depth - 1));
	}
	if (!Node.isObjectLiteralExpression(value)) return [];
	const entries = entriesOf(value);
	if (areVariables(entries)) return [value];
	const inner = entries.filter(({ key }) => !isPublicName(key));
	return inner.flatMap((one) => (one.value ? listsIn(one.value, depth - 1) : []));
}

function areVariables(entries: Entry[]): boolean {
	const isOne = ({ key, value }: Entry) =>
		VARIABLE.test(key) && value !== null && readOf(value) === null;
	return (
		entries.length > 1 && entries.every(isOne) && !entries.some((one) => isPublicVariable(one.key))
	);
}

/** The specifier that the beginning of a call is imported from, also where that is a schema under a name; null for a call of the module's own. */
function importedFrom(node: Morph.Node, depth = 4): string | null {
	const { Node } = morph();
	if (depth === 0) return null;
	if (Node.isCallExpression(node) || Node.isPropertyAccessExpression(node))
		return importedFrom(node.getExpression(), depth);
	if (!Node.isIdentifier(node)) return null;
	const found = importsOf(node.getSourceFile()).find(({ local }) => local === node.getText());
	if (found) return found.isType || KNOWN.test(found.from) ? null : found.from;
	const { value } = follow(node);
	return value === node ? null : importedFrom(value, depth - 1);
}

/** A text with nothing in it that is said of one variable alone; null for anything else. */
function textOf({ key, value }: Entry, variable: string): string | null {
	const text = value?.getText() ?? '';
	const reworded = replaceWord(text, key, variable);
	const isOther = OTHER.test(text) || OTHER_SERVICE.test(reworded) || /\n/.test(text);
	// What an address of the web must look like, that of a server need not.
	const isOfWeb =
		/ur[li]/i.test(reworded.replaceAll(variable, '')) && relatedness(key, variable) < 2;
	if (!TEXT.test(text) || isOther || isOfWeb) return null;
	// A message may stay where it names its variable.
	const rest = reworded.replace(/(['"`])[^'"`]*\1/g, (said) =>
		said.includes(variable) ? '' : said,
	);
	return /['"`]|(?<![\w.])(?!1\b)\d/.test(rest) ? null : reworded;
}

function placeIn(
	call: Morph.CallExpression,
	list: Morph.ObjectLiteralExpression,
	variable: string,
): Place | Problem {
	const given = call.getArguments().flatMap((one) => inputOf(one) ?? [])[0];
	const entered = enter(given ?? { literal: null }, variable);
	const there = findEntry(list, variable);
	const texts = entriesOf(list).flatMap((one) => {
		const text = textOf(one, variable);
		return text === null ? [] : [{ name: one.key, text }];
	});
	const own = there ? textOf(there, variable) : usualFor(texts, variable)?.text;
	const snippet = `${variable}: ${own ?? '…'},`;
	if (!own || !entered || entered.path.join() !== variable)
		return { problem: 'no variable in it shows how one more is written', snippet };
	const optional = OPTIONAL.test(own);
	const place = { path: [variable], optional, refusesEmpty: optional };
	if (there) return { ...place, insertions: entered.insertions };
	const added = addEntry(list, { variable, key: variable, otherwise: own });
	return added
		? { ...place, insertions: [...entered.insertions, ...added.insertions] }
		: { problem: 'its list of variables leaves no place for the new one', snippet };
}

function validationOf(call: Morph.CallExpression): Validation | null {
	const callee = call.getExpression().getText().split(/[.\s]/).at(-1) ?? '';
	const from = importedFrom(call);
	// A schema validates nothing yet.
	const asks =
		call.getArguments().some((one) => isEnvironment(one) || inputOf(one) !== null) ||
		(/env/i.test(`${callee} ${from}`) && !/^define|schema|plugin/i.test(callee));
	if (from === null || !asks) return null;
	const lists = [...new Set(listsIn(call))];
	const [list, ...others] = lists;
	if (!list || others.length > 0) return null;
	const under = /safeParse$/.test(callee) ? 'data' : null;
	return { node: call, under, types: [], place: (variable) => placeIn(call, list, variable) };
}

const dialect = validatedDialect({
	name: 'any-library',
	mention: /\b[A-Z][A-Z0-9_]*_(?:URL|URI|DSN|SECRET|KEY|TOKEN|PASSWORD)['"]?\s*:/,
	validationOf,
});

export const anyLibraryDialect: Dialect = {
	name: dialect.name,
	mention: dialect.mention,
	recognise: (source) => dialect.addKey(source, 'ANOTHER_REDIS_URL').kind === 'ready',
	addKey: dialect.addKey,
};
