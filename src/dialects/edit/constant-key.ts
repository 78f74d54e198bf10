// One more exported constant among constants that each give one variable: `export const REDIS_URL = …`.
import type { Import, Insertion, KeyPlan } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { ready, unclear } from '../dialect.ts';
import { variablesIn } from '../module/conversions.ts';
import { exportedValues, exportLists, isDeclared } from '../module/exports.ts';
import {
	isAddressOrSecret,
	mostRelated,
	nameLike,
	relatedness,
	replaceWord,
	sortedAfter,
	usualFor,
	wordsOf,
} from '../module/names.ts';
import { isPublicVariable } from '../module/reach.ts';
import { copied } from './copied.ts';
import { foreignSection } from './headings.ts';
import { endOfTopic, pastKin, startOfGroup } from './kin.ts';
import { lineEndAt, placeAfter, placeMember } from './place.ts';

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
	const { index, isApart, heading = '' } = placeFor(constants, { name, model, manner });
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
			member: `${heading}${text}`,
			isApart,
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
	return Math.max(statement.getEnd(), loader?.getEnd() ?? 0);
}

interface Place {
	/** The constant below which the new one stands. */
	index: number;
	/** True for a group of its own, below one that is about something else. */
	isApart: boolean;
	/** A line of its own above it, where the others have one above each group. */
	heading?: string;
}

function placeFor(
	constants: Constant[],
	{ name, model, manner }: { name: string; model: string | null; manner: Manner },
): Place {
	const { variable, copyable } = manner;
	const names = constants.map((one) => one.name);
	const sorted = sortedAfter(names, name);
	if (sorted !== undefined) return { index: Math.max(sorted, 0), isApart: false };
	const isMadeOf = (text: string, other: string) => replaceWord(text, other, '') !== text;
	// One that is made of others tells nothing of where an address stands.
	const own = constants.map(({ name: one, value }) =>
		names.some((other) => other !== one && isMadeOf(value.getText(), other)) ? null : one,
	);
	const related = mostRelated(own, variable);
	const nodes = constants.map(({ statement }) => statement);
	if (related >= 0) {
		// `HOST`, `USER` and `PASSWORD` belong together as DB_HOST, DB_USER and DB_PASSWORD do.
		const topics = constants.map(({ name: one, value }) => [...variablesIn(value)][0] ?? one);
		const [topic = ''] = wordsOf(topics[related] ?? '');
		const isOfDatabase = relatedness(topic, variable) > 1;
		const index = pastKin(nodes, isOfDatabase ? topics : names, { index: related, variable });
		const end = endOfTopic(nodes, names, index);
		const isOther = relatedness(names[related] ?? '', variable) === 1 && end !== null;
		return isOther ? { index: end, isApart: true } : { index, isApart: false };
	}
	if (model === null) return { index: lastSecret(constants, nodes, variable), isApart: false };
	const last = lastLike(constants, model, copyable);
	const index = pastKin(nodes, names, { index: last, variable });
	const section = foreignSection({ nodes, names }, index, variable);
	const lineEnd = lineEndAt(nodes[0]?.getSourceFile().getFullText() ?? '', 0);
	if (section) return { index: section.last, isApart: true, heading: `${section.text}${lineEnd}` };
	const start = startOfGroup(nodes, index);
	const topics = new Set(names.slice(start, index + 1).map((one) => wordsOf(one)[0]));
	return { index, isApart: start > 0 && topics.size === 1 };
}

/** The last address or secret, with what belongs to it; the end where there is none. */
function lastSecret(constants: Constant[], nodes: Morph.Node[], variable: string): number {
	const names = constants.map(({ name }) => name);
	const found = constants.findLastIndex(({ value }) =>
		[...variablesIn(value)].some(isAddressOrSecret),
	);
	return found < 0 ? names.length - 1 : pastKin(nodes, names, { index: found, variable });
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
		if (Node.isExpressionStatement(one) || !Node.isStatement(one)) return true;
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
	return `${keyword} ${name} = ${value}${statement.getText().endsWith(';') ? ';' : ''}`;
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
