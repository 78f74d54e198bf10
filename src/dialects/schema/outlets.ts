// The ways by which a module gives its validated values to others, and which of them is meant.
import type { Access } from '../../model.ts';
import { type Morph, morph } from '../../source.ts';
import { isEnvironmentParameter } from '../module/environment.ts';
import { exportedValues, exportOf } from '../module/exports.ts';
import type { Callable } from '../module/helper-functions.ts';
import { follow, followFunction } from './validated.ts';
import { type Constant, selectedConstants } from './validated-constants.ts';
import { selectedIn } from './validated-leaves.ts';
import type { Given, Search, Validation } from './validation.ts';

/** A way out of the module. */
export interface Outlet {
	import: Access['import'];
	/** How an importing module writes it: `env`, `getEnv()`. */
	base: string;
	validation: Validation;
	types: Morph.TypeNode[];
	shape:
		| { kind: 'values'; own: string[] }
		| { kind: 'mapping'; object: Morph.ObjectLiteralExpression }
		/** `export const { PORT, DATABASE_URL } = …` */
		| { kind: 'pattern'; pattern: Morph.ObjectBindingPattern }
		/** `export const DATABASE_URL = env.DATABASE_URL` */
		| { kind: 'constants'; constants: Constant[] };
	/** Constants before functions, whole values before selections. */
	rank: number;
}

type Way = Pick<Outlet, 'import' | 'base'>;

/** Every value has a name of its own. */
const NO_NAME: Way = { import: { kind: 'named', name: '' }, base: '' };

function outlet(way: Way, given: Given | null, search: Search): Outlet[] {
	const rank = way.base.endsWith(')') ? 3 : 0;
	if (given?.kind === 'values') {
		const { validation, types, own } = given;
		return [{ ...way, validation, types, shape: { kind: 'values', own }, rank }];
	}
	if (given?.kind !== 'object') return [];
	const { object, types } = given;
	const validation = selectedIn(object, search);
	if (!validation) return [];
	return [{ ...way, validation, types, shape: { kind: 'mapping', object }, rank: rank + 1 }];
}

function functionOutlet(callable: Callable, how: Access['import'], search: Search): Outlet[] {
	const needed = callable.getParameters().filter((one) => !one.isOptional());
	const [environment, ...others] = needed;
	if (others.length > 0 || (environment && !isEnvironmentParameter(environment))) return [];
	const base = `${how.name}(${environment ? 'process.env' : ''})`;
	return outlet({ import: how, base }, followFunction(callable, search), search);
}

/** `let env: Env; try { env = schema.parse(process.env) } …` and its export. */
function assignedLater(source: Morph.SourceFile, search: Search): Outlet[] {
	return source.getVariableDeclarations().flatMap((declaration) => {
		const name = declaration.getNameNode();
		if (declaration.getInitializer() || !morph().Node.isIdentifier(name)) return [];
		const how = exportOf(source, name.getText());
		return how ? outlet({ import: how, base: how.name }, follow(name, search), search) : [];
	});
}

/** Every way out, the plainest first. */
export function outletsOf(source: Morph.SourceFile, search: Search): Outlet[] {
	const { Node } = morph();
	const values = exportedValues(source, 'env').flatMap(({ declaration, value, ...way }) => {
		if (Node.isArrowFunction(value) || Node.isFunctionExpression(value)) {
			return functionOutlet(value, way.import, search);
		}
		const given = follow(value, search);
		// What has no name of its own is called what it is.
		const isNameless = declaration === null && given?.kind === 'object';
		const name = isNameless ? 'config' : way.name;
		const how: Access['import'] = isNameless ? { kind: 'default', name } : way.import;
		const annotation = declaration?.getTypeNode();
		const own = annotation ? [annotation] : [];
		const found = outlet({ import: how, base: name }, given, search);
		return found.map((one) => ({ ...one, types: [...own, ...one.types] }));
	});
	const functions = source.getFunctions().flatMap((callable) => {
		const name = callable.getName() ?? 'getEnv';
		const isNameless = callable.isDefaultExport() && callable.getName() === undefined;
		const how: Access['import'] | null = isNameless
			? { kind: 'default', name }
			: exportOf(source, name);
		return how ? functionOutlet(callable, how, search) : [];
	});
	const patterns = exportedPatterns(source).flatMap((one) => patternOutlet(one, search));
	const constants = constantsOutlet(source, search);
	return [
		...values,
		...assignedLater(source, search),
		...patterns,
		...constants,
		...functions,
	].sort((left, right) => left.rank - right.rank);
}

/** The constants that are exported one by one, when they all come from one validation. */
function constantsOutlet(source: Morph.SourceFile, search: Search): Outlet[] {
	const constants = selectedConstants(source, search);
	const [first] = constants;
	if (!first || constants.some(({ leaf }) => leaf.validation.node !== first.leaf.validation.node)) {
		return [];
	}
	const { validation } = first.leaf;
	return [{ ...NO_NAME, validation, types: [], shape: { kind: 'constants', constants }, rank: 2 }];
}

type Destructuring = { pattern: Morph.ObjectBindingPattern; value: Morph.Expression };

function exportedPatterns(source: Morph.SourceFile): Destructuring[] {
	const { Node } = morph();
	return source
		.getVariableStatements()
		.filter((statement) => statement.hasExportKeyword())
		.flatMap((statement) => statement.getDeclarations())
		.flatMap((declaration) => {
			const pattern = declaration.getNameNode();
			const value = declaration.getInitializer();
			return value && Node.isObjectBindingPattern(pattern) ? [{ pattern, value }] : [];
		});
}

function patternOutlet({ pattern, value }: Destructuring, search: Search): Outlet[] {
	const given = follow(value, search);
	if (given?.kind !== 'values') return [];
	const { validation, types } = given;
	return [{ ...NO_NAME, validation, types, shape: { kind: 'pattern', pattern }, rank: 2 }];
}

/** True when the module exports what is made of a validation, also in ways that we cannot follow. */
export function givesValidated(source: Morph.SourceFile, search: Search): boolean {
	if (!search.mention.test(source.getFullText())) return false;
	const calls = source.getDescendantsOfKind(morph().SyntaxKind.CallExpression);
	const validations = calls.filter((call) => search.validationOf(call) !== null);
	if (validations.length === 0) return false;
	return outletsOf(source, search).length > 0 || exportsOneOf(source, validations, search);
}

function exportsOneOf(
	source: Morph.SourceFile,
	validations: Morph.CallExpression[],
	search: Search,
): boolean {
	const named = exportedValues(source).map(({ value }) => value);
	const values = [...named, ...exportedPatterns(source).map(({ value }) => value)];
	if (values.some((value) => follow(value, search)?.kind === 'result')) return true;
	const functions = source.getFunctions().filter((one) => exportOf(source, one.getName() ?? ''));
	const holders: Morph.Node[] = [...values, ...functions];
	return validations.some((call) =>
		call.getAncestors().some((ancestor) => holders.includes(ancestor)),
	);
}

/** What goes to the browser never holds the address. */
function isPublic({ base }: Outlet): boolean {
	return /public|client|browser/i.test(base);
}

function isThere(validation: Validation, variable: string): boolean {
	const slot = validation.place(variable);
	return 'path' in slot && slot.insertions.length === 0;
}

/** The way out that the module means for its secrets; null when two are equally good. */
export function chooseOutlet(outlets: Outlet[], variable: string): Outlet | null {
	const secret = outlets.filter((one) => !isPublic(one));
	const open = secret.length > 0 ? secret : outlets;
	const [first] = open;
	if (!first || open.every((one) => one.validation.node === first.validation.node)) {
		return first ?? null;
	}
	const holding = open.filter(({ validation }) => isThere(validation, variable));
	const isOne = holding.every((one) => one.validation.node === holding[0]?.validation.node);
	return isOne ? (holding[0] ?? null) : null;
}
