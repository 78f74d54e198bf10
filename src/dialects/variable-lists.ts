// Dialects `envsafe`, `znv`, `arkenv` and `jet-env`: one call with a list of variables that gives their values.
import { type Morph, morph } from '../text/source.ts';
import type { Dialect } from './dialect.ts';
import { indentAt } from './edit/place.ts';
import { isEnvironment } from './module/environment.ts';
import { importsOf } from './module/imports.ts';
import { argumentsOf, libraryPath } from './module/library-calls.ts';
import { nameLike, wordsOf } from './module/names.ts';
import { type Entry, entriesOf, findEntry, objectIn } from './module/object-literal.ts';
import { literalOf } from './module/origins.ts';
import { arktypeValidators, definitionValidators } from './schema/arktype-validators.ts';
import { textEntries, validatorLike } from './schema/envalid-options.ts';
import { unknownSchema, withSpreads } from './schema/schema.ts';
import { declare } from './schema/schema-place.ts';
import { validatedDialect } from './schema/validated-dialect.ts';
import type { Place, Problem, Validation } from './schema/validation.ts';
import {
	callValidators,
	lackingIn,
	type Names,
	type Reading,
	type Validators,
} from './schema/validators.ts';
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
	validatorsOf(source: Morph.SourceFile, list: Morph.ObjectLiteralExpression): Validators | null;
	plain: string;
	/** How the list writes a variable; as it is unless told. */
	keyOf?(list: Morph.ObjectLiteralExpression, variable: string): string;
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

/** What most say of a text beside its kind is said of one more. */
function envsafeValidators(source: Morph.SourceFile, list: Morph.ObjectLiteralExpression) {
	const isText = (callee: Morph.Expression) =>
		/^(?:str|url)$/.test(libraryPath(callee, ENVSAFE) ?? '');
	const all = textEntries(list, isText);
	return callValidators(source, ENVSAFE, {
		read: readEnvsafe,
		text: 'str',
		write: (text, _, variable) => (variable && validatorLike(all, variable)?.text) ?? text,
	});
}

const JET_ENV = /^jet-env$/;

/** `DatabaseUrl: str`; null where the list is written as before version 1. */
function jetEnvValidators(source: Morph.SourceFile, list: Morph.ObjectLiteralExpression) {
	const { Node } = morph();
	const isOld = ({ value }: Entry) =>
		Node.isStringLiteral(value ?? undefined) || Node.isArrayLiteralExpression(value ?? undefined);
	if (entriesOf(list).some(isOld)) return null;
	const isText = (value: Morph.Expression) => libraryPath(value, JET_ENV) === 'str';
	const plain = { optional: false, defaulted: false, unchanged: true };
	return {
		read: (value: Morph.Expression) => (isText(value) ? { ...plain, text: value.getText() } : null),
		plain:
			importsOf(source).find((one) => JET_ENV.test(one.from) && one.name === 'str')?.local ?? null,
		lacking: lackingIn(source, JET_ENV, 'str', 'str'),
		keyOf: (key: string) => key,
		write: (key: string, text: string) => ({ key, text }),
	};
}

/** `{ schema: z.string(), description: '…' }`, where most of a list is written so. */
function znvValidators(source: Morph.SourceFile, list: Morph.ObjectLiteralExpression) {
	const inner = zodValidators(source);
	const [first, ...others] = entriesOf(list).filter((one) => objectIn(one.value ?? undefined));
	const isUsual = (others.length + 1) * 2 > entriesOf(list).length;
	if (!inner || !first || !isUsual) return inner;
	const own =
		objectIn(first.value ?? undefined)
			?.getProperties()[0]
			?.getStart() ?? 0;
	const whole = source.getFullText();
	const unit = indentAt(whole, own).slice(indentAt(whole, first.node.getStart()).length);
	return {
		...inner,
		read(value: Morph.Expression, names: Names) {
			const object = objectIn(value);
			const schema = object ? findEntry(object, 'schema')?.value : value;
			const reading = schema ? inner.read(schema, names) : null;
			const defaulted = object !== null && findEntry(object, 'defaults') !== undefined;
			return reading && { ...reading, defaulted: reading.defaulted || defaulted };
		},
		write(key: string, text: string, optional: boolean) {
			const own = inner.write(key, text, optional).text;
			return { key, text: unit !== '' ? `{\n${unit}schema: ${own},\n}` : `{ schema: ${own} }` };
		},
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
		validatorsOf: envsafeValidators,
		plain: 'str()',
	},
	{
		name: 'znv',
		mention: /znv/,
		library: /^znv$/,
		called: /^parseEnv$/,
		list: 1,
		environment: (call) => argumentsOf(call)[0],
		validatorsOf: znvValidators,
		plain: 'z.string()',
	},
	{
		name: 'jet-env',
		mention: /jet-env/,
		library: JET_ENV,
		called: /^$/,
		list: 0,
		environment: () => undefined,
		validatorsOf: jetEnvValidators,
		plain: 'str',
		keyOf: (list, variable) =>
			nameLike(
				wordsOf(variable),
				entriesOf(list).map(({ key }) => key),
			),
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
	const list = literalOf(argumentsOf(call)[library.list]);
	const validators = list && library.validatorsOf(call.getSourceFile(), list);
	const key = (list && library.keyOf?.(list, variable)) ?? variable;
	const snippet = `${key}: ${validators?.plain ?? library.plain},`;
	const environment = library.environment(call);
	if (environment && !isEnvironment(environment)) {
		return { problem: 'it reads something other than process.env', snippet };
	}
	if (!list) return { problem: 'its variables are listed in another module', snippet };
	if (!validators) return { problem: 'its list is written in a way that is not known', snippet };
	const path = [key];
	const manner = { schemaOf: () => unknownSchema('its variables are no groups'), validators };
	const declared = declare(withSpreads(list), path, { manner, variable });
	return typeof declared === 'string' ? { problem: declared, snippet } : { path, ...declared };
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
