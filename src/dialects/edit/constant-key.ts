// One more exported constant among constants that each give one variable: `export const REDIS_URL = …`.
import type { Import, Insertion, KeyPlan } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { ready, unclear } from '../dialect.ts';
import { variablesIn } from '../module/conversions.ts';
import { exportedValues, exportLists, isDeclared } from '../module/exports.ts';
import { isAddressOrSecret, nameLike, replaceWord, usualFor, wordsOf } from '../module/names.ts';
import { isPublicVariable } from '../module/reach.ts';
import { copied } from './copied.ts';
import { placeAfter, placeMember } from './place.ts';
import { type Slot, slotFor } from './slot.ts';

export interface Constant {
	import: Import;
	/** The name in its own module. */
	name: string;
	statement: Morph.VariableStatement;
	value: Morph.Expression;
	/** True when its value has to be asked for: `export const url = () => process.env.URL`. */
	callable: boolean;
}

/** The exported constants, in the order of the file. */
export function exportedConstants(source: Morph.SourceFile): Constant[] {
	const found = exportedValues(source).flatMap(({ import: how, value, declaration }) => {
		const statement = declaration?.getVariableStatement();
		if (!declaration || !statement || how.kind !== 'named') return [];
		return [{ import: how, name: declaration.getName(), statement, value, callable: false }];
	});
	return found.sort((left, right) => left.statement.getStart() - right.statement.getStart());
}

interface Manner {
	variable: string;
	/** True for the value that the variable has already. */
	gives(value: Morph.Expression): boolean;
	/** The name in a value that stands for its variable; null when it may not be copied. */
	copyable(value: Morph.Expression): string | null;
	otherwise: string;
}

/** The constant of the variable: reused, else added beside the most related one. */
export function planConstant(constants: Constant[], manner: Manner): KeyPlan {
	const { variable, otherwise } = manner;
	const there = constants.find(({ value }) => manner.gives(value));
	if (there)
		return ready(there.import, there.callable ? `${there.import.name}()` : there.import.name);
	const names = constants.map((one) => one.name);
	const name = nameLike(wordsOf(variable), names);
	const copy = usualStatement(constants, name, manner);
	const model = copy?.name ?? null;
	const { index, isApart, heading } = placeFor(constants, { name, model, manner });
	const anchor = constants[index];
	if (!anchor)
		return unclear(
			'it exports its values in a way that this command does not know',
			`${name}: ${otherwise},`,
		);
	const text = copy?.text ?? plainStatement(anchor, name, otherwise);
	if (isDeclared(anchor.statement.getSourceFile(), name)) {
		return unclear(`it already has ${name}, but not as a plain value`, text);
	}
	const nodes = constants.map(({ statement }) => statement);
	return ready({ kind: 'named', name }, copy?.callable ? `${name}()` : name, [
		placeAfter(nodes, {
			index,
			at: belowLoader(anchor.statement),
			member: text,
			isApart,
			heading,
		}),
		...exportInsertions(anchor, name),
	]);
}

/** Below the call that fills process.env from a file, where that stands below the statement. */
function belowLoader(statement: Morph.VariableStatement): number {
	const loader = statement
		.getSourceFile()
		.getStatements()
		.findLast((one) =>
			/^(?:dotenv\.)?(?:config|loadDotenv|loadEnvFile|expand)\(/.test(one.getText()),
		);
	return Math.max(belowCheck(belowSame(statement)).getEnd(), loader?.getEnd() ?? 0);
}

/** Below the check of several constants that follows a statement, where that gets no term for the new one: `if (!(HOST && PORT))`. */
function belowCheck(statement: Morph.Statement): Morph.Statement {
	const { Node, SyntaxKind } = morph();
	const check = statement.getNextSiblingIfKind(SyntaxKind.IfStatement);
	if (!check || check.getElseStatement() || !Node.isVariableStatement(statement)) return statement;
	const asked = check.getExpression();
	const name = statement.getDeclarations()[0]?.getName() ?? '';
	const isOfSeveral = /^!\([^|]*&&[^|]*\)$/.test(asked.getText());
	return isOfSeveral && replaceWord(asked.getText(), name, '') !== asked.getText()
		? check
		: statement;
}

/** The last of the constants of no variable that follow a statement line by line and are called like it. */
function belowSame(statement: Morph.VariableStatement): Morph.Statement {
	const next = statement.getNextSibling();
	if (!morph().Node.isVariableStatement(next)) return statement;
	const words = [statement, next].map(
		(one) => wordsOf(one.getDeclarations()[0]?.getName() ?? '')[0],
	);
	const isSame =
		words[0] === words[1] &&
		/^\r?\n$/.test(next.getFullText().slice(0, next.getStart() - next.getPos()));
	return isSame ? belowSame(next) : statement;
}

function placeFor(
	constants: Constant[],
	{ name, model, manner }: { name: string; model: string | null; manner: Manner },
): Slot {
	const { variable, copyable } = manner;
	const names = constants.map((one) => one.name);
	const isMadeOf = (text: string, other: string) => replaceWord(text, other, '') !== text;
	// One that is made of others tells nothing of where an address stands.
	const own = constants.map(({ name: one, value }) => {
		const text = value.getText();
		const isMade = names.some((other) => other !== one && isMadeOf(text, other));
		return isMade || /^(?:path\.)?(?:resolve|join)\(/.test(text) ? null : one;
	});
	const end = model === null ? lastSecret(constants) : lastLike(constants, model, copyable);
	const row = { nodes: constants.map(({ statement }) => statement), names };
	return slotFor(row, { name, text: name, variable }, { end, among: own });
}

/** The last address or secret; the end where there is none. */
function lastSecret(constants: Constant[]): number {
	const found = constants.findLastIndex(({ value }) =>
		[...variablesIn(value)].some(isAddressOrSecret),
	);
	return found < 0 ? constants.length - 1 : found;
}

/** The last that is written like the model, before anything else is done: what is checked of the model is checked below both. */
function lastLike(constants: Constant[], model: string, copyable: Manner['copyable']): number {
	const first = constants.findIndex((one) => one.name === model);
	const after = constants.slice(first + 1);
	const end = after.findIndex(({ statement }, at) => {
		const before = constants[first + at]?.statement;
		return before !== undefined && isWorkBetween(before, statement);
	});
	const near = constants.slice(0, end < 0 ? constants.length : first + 1 + end);
	return near.findLastIndex((one) => copyable(one.value) !== null && !isPublicVariable(one.name));
}

/** True where a program does something between two constants, other than to complain of one that is missing. */
function isWorkBetween(before: Morph.Statement, after: Morph.Statement): boolean {
	const { Node } = morph();
	for (let one = after.getPreviousSibling(); one && one !== before; one = one.getPreviousSibling())
		if (Node.isExpressionStatement(one) || !(Node.isStatement(one) || Node.isCommentStatement(one)))
			return true;
	return false;
}

/** The statement of the most usual constant, under the new name. */
function usualStatement(constants: Constant[], name: string, { variable, copyable }: Manner) {
	const candidates = constants.flatMap(({ statement, value, callable, name: own }) => {
		const word = copyable(value);
		const [declaration, ...others] = statement.getDeclarations();
		if (word === null || !declaration || others.length > 0) return [];
		const text = statement.getText();
		const start = declaration.getStart() - statement.getStart();
		const rest = copied(text.slice(start + own.length), { value, word, by: variable, variable });
		return [{ name: own, text: `${text.slice(0, start)}${name}${rest}`, callable }];
	});
	return usualFor(candidates, variable);
}

function plainStatement({ statement }: Constant, name: string, value: string): string {
	const keyword = statement.hasExportKeyword() ? 'export const' : 'const';
	const type = statement.getDeclarations()[0]?.getTypeNode()?.getText();
	// One with a value of its own is as sure to be a text as its neighbour.
	const typed = type === 'string' && /(?:\|\||\?\?) (['"`])redis:/.test(value) ? ': string' : '';
	const end = statement.getText().endsWith(';') ? ';' : '';
	const line = `${keyword} ${name}${typed} = ${value}${end}`;
	// Broken where the neighbour is.
	const gap = /^[^=\n]* =(\s*\n\s*)/.exec(statement.getText())?.[1];
	return line.length > 80 && gap ? line.replace(' = ', () => ` =${gap}`) : line;
}

/** `export { A, B }` gets the name too, when that is how the neighbours are exported. */
function exportInsertions(anchor: Constant, name: string): Insertion[] {
	if (anchor.statement.hasExportKeyword()) return [];
	const lists = exportLists(anchor.statement.getSourceFile());
	const entry = lists.find(({ local }) => local === anchor.name);
	const nodes = entry?.node.getParent().getParent().getNamedExports() ?? [];
	const names = nodes.map((node) => node.getName());
	return placeMember({ nodes, names, separator: ',' }, { name, text: name, variable: name });
}
