// The ways by which a module gives its validated values to others, and which of them is meant.
import type { Import } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { member } from '../dialect.ts';
import { type ClassModule, classModule } from '../edit/class-member.ts';
import { type Constant, exportedConstants } from '../edit/constant-key.ts';
import {
	type ExportedPattern,
	exportedPatterns,
	exportedValues,
	exportOf,
} from '../module/exports.ts';
import { type Given, givenBy } from '../module/given.ts';
import { callsIn } from '../module/library-calls.ts';
import { mostRelated } from '../module/names.ts';
import { entriesOf } from '../module/object-literal.ts';
import { isGeneral } from '../module/purpose.ts';
import { functionsIn } from '../module/statements.ts';
import { onlyValidation, selectedBy, selectedIn } from './leaves.ts';
import { validatedAmong, validatedBy } from './validated.ts';
import type { Search, Validation } from './validation.ts';

/** A way out of the module. */
export interface Outlet {
	import: Import;
	/** How an importing module writes it: `env`, `getEnv()`. */
	base: string;
	validation: Validation;
	types: Morph.TypeNode[];
	shape:
		| { kind: 'values'; own: string[] }
		| { kind: 'mapping'; object: Morph.ObjectLiteralExpression }
		/** `export const { PORT, DATABASE_URL } = …` */
		| ({ kind: 'pattern' } & Pick<ExportedPattern, 'pattern' | 'list'>)
		/** `export const DATABASE_URL = env.DATABASE_URL` */
		| { kind: 'constants'; constants: Constant[] }
		/** `class Config { readonly databaseUrl = env.DATABASE_URL }` */
		| { kind: 'class'; found: ClassModule };
	/** Constants before functions, whole values before selections. */
	rank: number;
}

/** Where every value has a name of its own. */
const NO_NAME = { import: { kind: 'named', name: '' }, base: '', types: [], rank: 2 } as const;

const CONFIG = { import: { kind: 'default', name: 'config' }, base: 'config' } as const;

/** Every way out, the plainest first. */
export function outletsOf(source: Morph.SourceFile, search: Search): Outlet[] {
	const before = outlets.get(search);
	if (before?.source === source) return before.found;
	const found = findOutlets(source, search);
	outlets.set(search, { source, found });
	return found;
}

const outlets = new WeakMap<Search, { source: Morph.SourceFile; found: Outlet[] }>();

function findOutlets(source: Morph.SourceFile, search: Search): Outlet[] {
	const values = givenBy(source, 'env').flatMap((given) => valueOutlet(given, search) ?? []);
	const patterns = exportedPatterns(source).flatMap((one) => patternOutlet(one, search) ?? []);
	const single = [...constantsOutlet(source, search), ...classOutlet(source, search)];
	const all = [...values, ...patterns, ...single];
	return all.sort((left, right) => left.rank - right.rank);
}

function valueOutlet(given: Given, search: Search): Outlet | null {
	if (given.obstacle !== null) return null;
	const found = validatedAmong(given.origins, search);
	const rank = given.isResult ? 3 : 0;
	if (found?.kind === 'values') {
		const { validation, types, own } = found;
		return { ...given, validation, types, shape: { kind: 'values', own }, rank };
	}
	if (found?.kind !== 'object') return null;
	const { object, types } = found;
	const whole = types.length === 0 ? wholeIn(object, search) : null;
	if (whole) return { ...given, ...whole, base: member(given.base, [whole.key]), rank: rank + 1 };
	const validation = selectedIn(object, search);
	const shape = { kind: 'mapping', object } as const;
	// An object of the module's own is rather called config than env.
	const way = given.name === null && !given.isResult ? CONFIG : given;
	return validation && { ...given, ...way, validation, types, shape, rank: rank + 1 };
}

/** `{ env }`: the values under a name, and nothing that is taken out of them. */
function wholeIn(object: Morph.ObjectLiteralExpression, search: Search) {
	const found = entriesOf(object).flatMap(({ key, value, callable }) => {
		// Most leaves are taken out of the values, and are not looked into.
		const isName = morph().Node.isIdentifier(value ?? undefined);
		const one = value && isName && !callable ? validatedBy(value, search) : null;
		if (one?.kind !== 'values') return [];
		const { validation, types, own } = one;
		return [{ key, validation, types, shape: { kind: 'values', own } as const }];
	});
	const [only, ...others] = found;
	return others.length === 0 ? (only ?? null) : null;
}

function patternOutlet({ pattern, value, list }: ExportedPattern, search: Search): Outlet | null {
	const found = validatedBy(value, search);
	if (found?.kind !== 'values') return null;
	return {
		...NO_NAME,
		validation: found.validation,
		types: found.types,
		shape: { kind: 'pattern', pattern, list },
	};
}

/** The constants that are exported one by one, when they all come from one validation. */
function constantsOutlet(source: Morph.SourceFile, search: Search): Outlet[] {
	const selected = exportedConstants(source).flatMap((constant) => {
		const found = selectedBy(constant.value, search);
		return found ? [{ constant, validation: found.validation }] : [];
	});
	const validation = onlyValidation(selected);
	const constants = selected.map(({ constant }) => constant);
	return validation
		? [{ ...NO_NAME, types: [], validation, shape: { kind: 'constants', constants } }]
		: [];
}

/** The class whose members are taken from one validation. */
function classOutlet(source: Morph.SourceFile, search: Search): Outlet[] {
	const found = classModule(source, (value) => selectedBy(value, search) !== null);
	const settings = found?.settings ?? [];
	const validation = onlyValidation(
		settings.flatMap(({ value }) => selectedBy(value, search) ?? []),
	);
	return found && validation
		? [{ ...found, types: [], validation, shape: { kind: 'class', found }, rank: 2 }]
		: [];
}

/** True when the module exports what is made of a validation, also in ways that we cannot follow. */
export function givesValidated(source: Morph.SourceFile, search: Search): boolean {
	const validations = callsIn(source).filter((call) => search.validationOf(call) !== null);
	if (validations.length === 0) return false;
	return outletsOf(source, search).length > 0 || exportsOneOf(source, validations, search);
}

function exportsOneOf(
	source: Morph.SourceFile,
	validations: Morph.CallExpression[],
	search: Search,
): boolean {
	const named = exportedValues(source, 'env').map(({ value }) => value);
	const values = [...named, ...exportedPatterns(source).map(({ value }) => value)];
	if (values.some((value) => validatedBy(value, search)?.kind === 'result')) return true;
	const functions = functionsIn(source).filter((one) => exportOf(source, one.getName() ?? ''));
	const holders: Morph.Node[] = [...values, ...functions];
	return validations.some((call) => call.getAncestors().some((one) => holders.includes(one)));
}

/** The way out that the module means for its secrets; null when two are equally good. */
export function chooseOutlet(outlets: Outlet[], variable: string): Outlet | null {
	const [first] = outlets;
	if (!first || onlyValidation(outlets)) return first ?? null;
	const holding = outlets.filter(({ validation }) => {
		const place = validation.place(variable);
		return 'path' in place && place.insertions.length === 0;
	});
	if (onlyValidation(holding)) return holding[0] ?? null;
	const patterns = outlets.flatMap(({ shape }) =>
		shape.kind === 'pattern' ? [shape.pattern] : [],
	);
	if (patterns.length === outlets.length) {
		const names = patterns.map((one) => one.getElements()[0]?.getName() ?? null);
		return outlets[mostRelated(names, variable)] ?? null;
	}
	// `config` beside `schedulerConfig`.
	const general = outlets.filter(({ import: { name } }) => name !== '' && isGeneral(name));
	return onlyValidation(general) ? (general[0] ?? null) : null;
}
