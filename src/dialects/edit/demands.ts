// What stops the start where a sibling has no value, and the same for the new variable: lists of names, checks, assertions.
import type { Insertion, KeyPlan } from '../../model/key-plan.ts';
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import { type Ready, unclear } from '../dialect.ts';
import { nodesOf } from '../module/inert.ts';
import { mostRelated, mostTelling, replaceWord } from '../module/names.ts';
import { isFunction } from '../module/scope.ts';
import { bindingNames } from '../module/variable-names.ts';
import { subjectOf } from './checked.ts';
import { inTables } from './demand-tables.ts';
import { onlyHides } from './hiding-lists.ts';
import { indentAt, lineEndAt, placeMember } from './place.ts';
import {
	ASKS_MORE,
	aboutOne,
	type Fresh,
	OTHER_ADDRESS,
	OWN_FUNCTION,
	redescribed,
	type Sibling,
	said,
	termsOf,
} from './said.ts';
import { addToTypes, namesType, typeReason } from './type-members.ts';

interface Wanted {
	siblings: Sibling[];
	fresh: Fresh;
	plan: Ready;
}

/** The plan with what else the module needs, so that a missing address stops the start where its siblings do. */
export function withDemands(plan: Ready, source: Morph.SourceFile, variable: string): KeyPlan {
	const all = [...bindingNames(source)].map(([name, names]) => ({ name, names: [name, ...names] }));
	const siblings = mostTelling(
		all.filter(({ name }) => name !== variable),
		variable,
	);
	if (siblings.length === 0) return plan;
	const wanted = { siblings, fresh: freshIn(plan, variable), plan };
	const lists = listsIn(source, wanted);
	// A list of keys is typed by the object that has them.
	const ofVariables = lists.filter((list) =>
		inList(list, wanted).some(({ text }) => replaceWord(text, variable, '') !== text),
	);
	const types = ofVariables.flatMap(namesType);
	const added = { path: [variable], model: null, callable: false, variable };
	const typed = addToTypes(types, added, 'string');
	if (!typed) return unclear(typeReason(types), `${variable}: string;`);
	const isNew = ({ at, path }: Insertion) =>
		!plan.insertions.some((one) => one.at === at && one.path === path);
	const isWhole = plan.insertions.some(({ text }) => OWN_FUNCTION.test(text));
	const checks = isWhole ? [] : inChecks(source, wanted);
	const demands = [
		...typed.filter(isNew),
		...lists.flatMap((list) => inList(list, wanted)),
		...inTables(source, wanted),
		...checks,
	];
	if (demands.length === 0) return plan;
	const hiding = lists.filter(onlyHides).flatMap((list) => inList(list, wanted));
	const insertions = [...plan.insertions, ...demands];
	return { ...plan, insertions, isRequired: demands.length > hiding.length };
}

/** By which names the new variable goes once the plan is carried out. */
function freshIn({ access: { expression }, insertions }: Ready, variable: string): Fresh {
	const written = insertions.map(({ text }) => text).join('\n');
	const local = /\b(?:const|let)\s+([\w$]+)\s*[=:]/.exec(written)?.[1] ?? null;
	const key = /([\w$]+)(?:\(\))?$/.exec(expression)?.[1] ?? variable;
	return { variable, local, key, expression };
}

const NOT_DEMANDED = /optional|public|client|browser|allowed|known|safe/i;

/** `const required = ['DATABASE_URL', …]`, also of keys, and of pairs of a name and a value. */
function listsIn(source: Morph.SourceFile, wanted: Wanted): Morph.ArrayLiteralExpression[] {
	const { Node, ts } = morph();
	const all = nodesBelow(source, ts.isArrayLiteralExpression).filter(Node.isArrayLiteralExpression);
	const lists = all.filter((list) => isDemanding(list, wanted) && inList(list, wanted).length > 0);
	// Another function that has a list of its own loads something else.
	const own = lists.filter((list) => {
		const around = list.getFirstAncestor(isFunction);
		return around && holdsInsertion(around, wanted.plan);
	});
	return own.length > 0 ? own : lists;
}

function isDemanding(list: Morph.ArrayLiteralExpression, { plan }: Wanted): boolean {
	const { Node, SyntaxKind } = morph();
	const holder = list.getFirstAncestorByKind(SyntaxKind.VariableDeclaration)?.getName() ?? '';
	const isInner = list.getParentIfKind(SyntaxKind.ArrayLiteralExpression) !== undefined;
	const isPlain = (node: Morph.Node) =>
		Node.isStringLiteral(node) ||
		Node.isArrayLiteralExpression(node) ||
		Node.isObjectLiteralExpression(node);
	if (isInner || NOT_DEMANDED.test(holder) || holdsInsertion(list, plan)) return false;
	return list.getElements().every(isPlain);
}

function inList(list: Morph.ArrayLiteralExpression, { siblings, fresh }: Wanted): Insertion[] {
	const nodes = list.getElements();
	const names = nodes.map((node) => aboutOne(node.getText(), siblings)?.name ?? null);
	const related = mostRelated(names, fresh.variable);
	const at = related >= 0 ? related : names.findIndex((name) => name !== null);
	const sibling = siblings.find(({ name }) => name === names[at]);
	const copy = sibling && said(nodes[at]?.getText() ?? '', sibling, fresh);
	const text = copy && redescribed(copy, fresh.variable);
	if (!text || nodes.some((node) => node.getText() === text)) return [];
	const labels = nodes.map((node) => /^(['"])(.*)\1$/.exec(node.getText())?.[2] ?? null);
	const member = { name: text.replace(/^['"]|['"]$/g, ''), text, variable: fresh.variable };
	return placeMember({ nodes, names: labels, separator: ',' }, member);
}

function holdsInsertion(node: Morph.Node, { insertions }: Ready): boolean {
	return insertions.some(({ at, path }) => !path && at > node.getStart() && at < node.getEnd());
}

/** `if (!process.env.DATABASE_URL) throw …`, `invariant(databaseUrl, 'DATABASE_URL must be set')` */
function inChecks(source: Morph.SourceFile, wanted: Wanted): Insertion[] {
	const { Node, ts } = morph();
	const checks = [
		...nodesOf(source, ts.isIfStatement).filter(Node.isIfStatement),
		...nodesOf(source, ts.isExpressionStatement).filter(Node.isExpressionStatement),
	];
	const insertions: Insertion[] = [];
	const copies: Copy[] = [];
	for (const statement of checks) {
		const subject = subjectOf(statement);
		const sibling = subject && aboutOne(subject.getText(), wanted.siblings);
		if (!subject || holdsInsertion(statement, wanted.plan)) continue;
		const isChoice = Node.isIfStatement(statement) && termsOf(subject).length > 1;
		if (isChoice) insertions.push(...inChoice(subject, wanted));
		else if (sibling && !ASKS_MORE.test(subject.getText())) copies.push({ statement, sibling });
	}
	const about = new Set(copies.map(({ sibling }) => sibling));
	// Where most addresses may be missing, so may this one.
	if (about.size * 2 < wanted.siblings.length) return insertions;
	const names = copies.map(({ sibling }) => sibling.name);
	const copy = copies[Math.max(mostRelated(names, wanted.fresh.variable), 0)];
	const same = copies.filter(({ sibling }) => sibling === copy?.sibling);
	return [...insertions, ...same.flatMap((one) => copyOf(one, wanted))];
}

interface Copy {
	statement: Morph.Statement;
	sibling: Sibling;
}

/** `if (!url || !key) throw …` gets one more term. */
function inChoice(condition: Morph.Expression, { siblings, fresh }: Wanted): Insertion[] {
	const terms = termsOf(condition);
	const about = terms.map((term) => aboutOne(term.getText(), siblings));
	const index = about.findIndex(
		(one, at) => one !== null && !ASKS_MORE.test(terms[at]?.getText() ?? ''),
	);
	const [term, sibling] = [terms[index], about[index]];
	const text = term && sibling ? said(term.getText(), sibling, fresh) : null;
	return text && terms.length > 1 ? [{ at: condition.getEnd(), text: ` || ${text}` }] : [];
}

function copyOf({ statement, sibling }: Copy, { fresh, plan }: Wanted): Insertion[] {
	const copied = said(statement.getText(), sibling, fresh)?.replace(
		OTHER_ADDRESS,
		'redis://localhost:6379',
	);
	const isThere = plan.insertions.some((one) => one.text.includes(copied?.replace(/;$/, '') ?? ''));
	if (!copied || isThere) return [];
	const text = statement.getSourceFile().getFullText();
	// Below what it speaks of: a constant has no value above its own line.
	const isAboutLocal = fresh.local !== null && replaceWord(copied, fresh.local, '') !== copied;
	const own = plan.insertions.filter(
		(one) => isAboutLocal && !one.path && /\b(?:const|let)\s/.test(one.text),
	);
	const at = Math.max(statement.getEnd(), ...own.map((one) => one.at));
	const lineEnd = lineEndAt(text, statement.getStart());
	const next = statement.getNextSiblingIfKind(statement.getKind());
	const gap = next ? [next.getPos(), next.getStart()] : [statement.getPos(), statement.getStart()];
	const isApart = copied.includes('\n') && /\n[ \t]*\r?\n/.test(text.slice(...gap));
	const line = `${isApart ? lineEnd : ''}${lineEnd}${indentAt(text, statement.getStart())}`;
	return [{ at, text: `${line}${copied}` }];
}
