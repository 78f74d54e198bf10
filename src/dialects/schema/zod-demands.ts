// What a zod schema demands of its variables at last, in `superRefine`: the same is demanded of one more address.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { indentAt, lineEndAt, placeMember } from '../edit/place.ts';
import { fileOf } from '../module/elsewhere.ts';
import { localFunction } from '../module/helper-functions.ts';
import { chainOf } from '../module/library-calls.ts';
import { mostTelling, relatedness, replaceWord } from '../module/names.ts';
import { entriesOf } from '../module/object-literal.ts';
import { isInline } from '../module/scope.ts';
import { type Schema, withSpreads } from './schema.ts';
import { OTHER_SERVICE } from './validators.ts';
import { ZOD } from './zod-validators.ts';

interface Asked {
	variable: string;
	/** The variables that tell how an address is treated. */
	telling: string[];
}

const COMPLAINS = /\baddIssue\(|\bissues\.push\(/;

/** What else is to be inserted for a variable that the schema lists as one that may be missing. */
export function demandsFor(
	expression: Morph.Expression,
	{ pieces }: Schema,
	variable: string,
): Insertion[] {
	const keys = pieces.flatMap(withSpreads).flatMap(entriesOf);
	const names = keys.map(({ key }) => ({ name: key })).filter(({ name }) => name !== variable);
	const telling = mostTelling(names, variable).map(({ name }) => name);
	const addresses = telling.filter((name) => relatedness(name, variable) > 2);
	const asked = { variable, telling: addresses.length > 0 ? addresses : telling };
	const steps = chainOf(expression, ZOD)?.steps ?? [];
	return steps
		.filter(({ name }) => /^(?:superRefine|check)$/.test(name))
		.flatMap((step) => callbackOf(step.arguments[0]))
		.flatMap((callback) => [...inLists(callback, asked), ...inStatements(callback, asked)]);
}

function callbackOf(node: Morph.Expression | undefined): Morph.Node[] {
	const { Node } = morph();
	const named = Node.isIdentifier(node)
		? localFunction(node.getSourceFile(), node.getText())
		: undefined;
	const callback = isInline(node) ? node : named;
	return callback && COMPLAINS.test(callback.getText()) ? [callback] : [];
}

/** `const required = ['DATABASE_URL', …]`, whose names are looked up in the values one by one. */
function inLists(callback: Morph.Node, { variable, telling }: Asked): Insertion[] {
	const { Node, SyntaxKind } = morph();
	const lists = callback.getDescendantsOfKind(SyntaxKind.ArrayLiteralExpression);
	return lists.flatMap((list) => {
		const nodes = list.getElements();
		const names = nodes.map((one) => (Node.isStringLiteral(one) ? one.getLiteralText() : null));
		const isPath = Node.isPropertyAssignment(list.getParent());
		const isAbout = names.some((name) => name !== null && telling.includes(name));
		if (isPath || !isAbout || names.includes(variable) || names.includes(null)) return [];
		if (!usesOf(list, callback).every((use) => isByPlace(use, callback))) return [];
		const quote = nodes[0]?.getText().charAt(0) ?? "'";
		const text = `${quote}${variable}${quote}`;
		return placeMember({ nodes, names, separator: ',' }, { name: variable, text, variable });
	});
}

/** Where a list is gone through: itself, or its name. */
function usesOf(list: Morph.ArrayLiteralExpression, callback: Morph.Node): Morph.Node[] {
	const { SyntaxKind } = morph();
	const name = list.getFirstAncestorByKind(SyntaxKind.VariableDeclaration)?.getNameNode();
	if (!name) return [list];
	return callback
		.getDescendantsOfKind(SyntaxKind.Identifier)
		.filter((one) => one !== name && one.getText() === name.getText());
}

/** True for a demand that depends on where the program runs, and on no other value. */
function isByPlace(node: Morph.Node, callback: Morph.Node): boolean {
	const { Node, SyntaxKind } = morph();
	// `names.some((name) => env[name])` asks whether one is there.
	const parent = node.getParent();
	if (Node.isPropertyAccessExpression(parent) && parent.getName() !== 'forEach') return false;
	const around = node.getAncestors().filter((one) => one.getAncestors().includes(callback));
	const ifs = around.filter(Node.isIfStatement);
	const [body] = callback.getChildrenOfKind(SyntaxKind.Block);
	const before = (body?.getStatements() ?? [])
		.filter(Node.isIfStatement)
		.filter((one) => one.getEnd() <= node.getStart() && /\breturn\b/.test(one.getText()));
	return [...ifs, ...before].every((one) => {
		const condition = one.getExpression();
		return node.getAncestors().includes(condition) || asksWhere(condition);
	});
}

/** `env.NODE_ENV === 'production'`, `isProduction` */
function asksWhere(condition: Morph.Expression): boolean {
	const { Node, SyntaxKind } = morph();
	const names = [condition, ...condition.getDescendantsOfKind(SyntaxKind.Identifier)];
	return names.filter(Node.isIdentifier).every((name) => {
		const parent = name.getParent();
		const isHolder = Node.isPropertyAccessExpression(parent) && parent.getExpression() === name;
		return isHolder || WHERE.test(name.getText());
	});
}

/** `if (env.NODE_ENV === 'production' && !env.DATABASE_URL) context.addIssue({ … })` */
function inStatements(callback: Morph.Node, { variable, telling }: Asked): Insertion[] {
	const { SyntaxKind } = morph();
	const statements = callback
		.getDescendantsOfKind(SyntaxKind.IfStatement)
		.filter((one) => !one.getElseStatement() && COMPLAINS.test(one.getThenStatement().getText()));
	const about = statements.flatMap((statement) => {
		const name = demandedBy(statement.getExpression());
		const isOther =
			name === null ||
			!telling.includes(name) ||
			isTold(callback, variable) ||
			!isByPlace(statement, callback);
		const text = isOther ? null : said(statement, name, variable);
		return text === null ? [] : [{ statement, text }];
	});
	const [first] = about;
	return first ? [below(first.statement, first.text)] : [];
}

function isTold(callback: Morph.Node, variable: string): boolean {
	return replaceWord(callback.getText(), variable, '') !== callback.getText();
}

const WHERE_IT_RUNS = /^(?:NODE_ENV|APP_ENV|ENV|STAGE|MODE|ENVIRONMENT|NEXT_PHASE)$/;
/** The same, and what a module calls an answer to it: `isProduction`. */
const WHERE = /^(?:NODE_ENV|APP_ENV|ENV|STAGE|MODE|ENVIRONMENT|NEXT_PHASE)$|prod|build|phase/i;

/** The one variable that a condition misses; null where it speaks of another one, but for where the program runs. */
function demandedBy(condition: Morph.Expression): string | null {
	const names = condition.getText().match(/(?<=\.)[A-Z][A-Z0-9_]+\b/g) ?? [];
	const [name, ...others] = new Set(names.filter((one) => !WHERE_IT_RUNS.test(one)));
	if (name === undefined || others.length > 0 || /\|\|/.test(condition.getText())) return null;
	const misses = new RegExp(
		`!\\s*[\\w$]+\\.${name}\\s*(?:$|&&|\\?\\.trim\\(\\))|\\.${name}\\s*===?\\s*undefined`,
	);
	return misses.test(condition.getText()) ? name : null;
}

const PLAIN = /^['"`](?:is |must be )?(?:required|needed|missing|set)(?: in production)?\.?['"`]$/i;

/** The same statement about the new variable; null where it says what the other one is for. */
function said(statement: Morph.Statement, name: string, variable: string): string | null {
	const { SyntaxKind } = morph();
	const texts = statement
		.getDescendantsOfKind(SyntaxKind.StringLiteral)
		.map((one) => one.getText())
		.filter((text) => /\s/.test(text));
	const isOwn = (text: string) => replaceWord(text, name, '') !== text;
	const areFit = texts.every((text) => isOwn(text) || PLAIN.test(text));
	const text = replaceWord(statement.getText(), name, variable);
	return areFit && !OTHER_SERVICE.test(text) ? text : null;
}

function below(statement: Morph.Statement, text: string): Insertion {
	const whole = statement.getSourceFile().getFullText();
	const start = statement.getStart();
	const line = `${lineEndAt(whole, start)}${indentAt(whole, start)}`;
	return { at: statement.getEnd(), text: `${line}${text}`, ...fileOf(statement) };
}
