// Dialect `constants`: one `export const X = process.env.X` (or a helper call) per variable.
import type { Insertion, KeyPlan } from '../model.ts';
import { type Morph, morph } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { ready, unclear } from './dialect.ts';
import {
	mostCommon,
	mostRelated,
	nameLike,
	replaceWord,
	sortedAfter,
	wordsOf,
} from './edit/names.ts';
import { exportedObjects } from './edit/object-module.ts';
import { placeAfter, placeMember } from './edit/place.ts';
import { directReadLike, variablesRead } from './module/environment.ts';
import { type Exported, exportedValues, exportLists, isDeclared } from './module/exports.ts';
import { isThunk, onlyReturn, unwrap } from './module/object-literal.ts';
import { isConversion, readOf, readsAnything } from './module/reads.ts';

interface Constant {
	name: string;
	exported: Exported;
	statement: Morph.VariableStatement;
	/** What the constant gives, when asked for if it is a function. */
	value: Morph.Expression;
	callable: boolean;
}

/** The exported constants that read the environment, one to a statement, in the order of the file. */
function constantsOf(source: Morph.SourceFile): Constant[] {
	const found = exportedValues(source).flatMap((exported) => {
		const { declaration } = exported;
		const statement = declaration?.getVariableStatement();
		if (!declaration || !statement || exported.import.kind !== 'named') return [];
		const asked = isThunk(exported.value) ? onlyReturn(exported.value.getBody()) : null;
		const value = asked && readOf(asked) ? asked : exported.value;
		if (!isSetting(value)) return [];
		const callable = value !== exported.value;
		return [{ name: declaration.getName(), exported, statement, value, callable }];
	});
	return found.sort((left, right) => left.statement.getStart() - right.statement.getStart());
}

function isFunction(value: Morph.Expression): boolean {
	return morph().Node.isArrowFunction(value) || morph().Node.isFunctionExpression(value);
}

/** A plain value: not a client, a list or an object that is made with a variable. */
function isSetting(value: Morph.Expression): boolean {
	const { Node } = morph();
	const inner = unwrap(value);
	const isMade =
		isFunction(inner) ||
		Node.isObjectLiteralExpression(inner) ||
		Node.isArrayLiteralExpression(inner) ||
		Node.isNewExpression(inner) ||
		Node.isAwaitExpression(inner);
	if (isMade || !readsAnything(inner)) return false;
	if (!Node.isCallExpression(inner) || readOf(inner) || isConversion(inner)) return true;
	const callee = unwrap(inner.getExpression());
	// `createClient({ url: process.env.X })`, `new Command().option(…)`: something is made of it.
	const parts = inner.getDescendants();
	if (parts.some((one) => Node.isObjectLiteralExpression(one) || Node.isNewExpression(one))) {
		return false;
	}
	if (isFunction(callee)) return false;
	return (
		!Node.isIdentifier(callee) || /^(?:Number|String|Boolean|parse\w*)$/.test(callee.getText())
	);
}

/** More than a constant that happens to read a variable among many that do not. */
function isConstantsModule(source: Morph.SourceFile): boolean {
	const constants = constantsOf(source);
	const values = exportedValues(source).filter(({ value }) => !isFunction(value));
	if (constants.length === 0 || constants.length * 2 < values.length) return false;
	if (constants.length === 1 && values.length > 1) return false;
	return exportedObjects(source).length === 0;
}

/** The statement of the most usual constant, under the new name. */
function usualStatement(constants: Constant[], name: string, variable: string) {
	const candidates = constants.flatMap((constant) => {
		const read = readOf(constant.value);
		if (!read?.copyable || constant.statement.getDeclarations().length !== 1) return [];
		const node = constant.statement.getDeclarations()[0]?.getNameNode();
		if (!node) return [];
		const text = constant.statement.getText();
		const start = node.getStart() - constant.statement.getStart();
		const rest = replaceWord(text.slice(start + node.getWidth()), read.variable, variable);
		const { callable } = constant;
		return [{ name: constant.name, text: `${text.slice(0, start)}${name}${rest}`, callable }];
	});
	return mostCommon(candidates, variable) ?? null;
}

function plainStatement({ statement }: Constant, name: string, value: string): string {
	const keyword = statement.hasExportKeyword() ? 'export const' : 'const';
	return `${keyword} ${name} = ${value}${statement.getText().endsWith(';') ? ';' : ''}`;
}

/** `export { A, B }` gets the name too, when that is how the neighbours are exported. */
function exportInsertions(source: Morph.SourceFile, anchor: Constant, name: string): Insertion[] {
	if (anchor.statement.hasExportKeyword()) return [];
	const entry = exportLists(source).find(({ local }) => local === anchor.name);
	const nodes = entry?.node.getParent().getParent().getNamedExports() ?? [];
	const names = nodes.map((node) => node.getName());
	return placeMember({ nodes, names, separator: ',' }, { name, text: name, variable: name });
}

function anchorIndex(names: string[], name: string, variable: string): number {
	const sorted = sortedAfter(names, name);
	if (sorted !== undefined) return Math.max(sorted, 0);
	const related = mostRelated(names, variable);
	return related < 0 ? names.length - 1 : related;
}

function addConstant(source: Morph.SourceFile, variable: string): KeyPlan {
	const constants = constantsOf(source);
	const names = constants.map((constant) => constant.name);
	const name = nameLike(wordsOf(variable), names);
	const there = constants.find(({ value }) => readOf(value)?.variable === variable);
	if (there) {
		const { exported } = there;
		return ready(exported.import, there.callable ? `${exported.name}()` : exported.name);
	}
	const value = directReadLike(constants[0]?.statement ?? source, variable);
	const snippet = `export const ${name} = ${value};`;
	const taken = isDeclared(source, name);
	if (variablesRead(source).has(variable) || taken) {
		return unclear(`it already has ${taken ? name : variable}, but not as a plain value`, snippet);
	}
	const index = anchorIndex(names, name, variable);
	const anchor = constants[index];
	if (!anchor) return unclear('it exports no constant that reads the environment', snippet);
	const usual = usualStatement(constants, name, variable);
	const member = usual?.text ?? plainStatement(anchor, name, value);
	const nodes = constants.map(({ statement }) => statement);
	return ready({ kind: 'named', name }, usual?.callable ? `${name}()` : name, [
		placeAfter(nodes, { index, at: anchor.statement.getEnd(), member }),
		...exportInsertions(source, anchor, name),
	]);
}

export const constantsDialect: Dialect = {
	name: 'constants',
	recognise: isConstantsModule,
	addKey: addConstant,
};
