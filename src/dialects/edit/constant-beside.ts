// A constant of the module for a new entry, where an object lists what constants above it read: `{ databaseUrl }`.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { tableRead, variableOfElement } from '../module/environment.ts';
import { isDeclared } from '../module/exports.ts';
import {
	mostRelated,
	mostTelling,
	nameLike,
	replaceWord,
	tellingOf,
	wordsOf,
} from '../module/names.ts';
import { type Entry, entriesOf, findEntry, leavesOf, unwrap } from '../module/object-literal.ts';
import { copyableRead, readOf } from '../module/reads.ts';
import { type Binding, bindingOf } from '../module/scope.ts';
import { copied } from './copied.ts';
import type { Row } from './kin.ts';
import { addEntry } from './new-entry.ts';
import { placeAfter, placeMember } from './place.ts';
import type { NewMember } from './slot.ts';

interface Beside {
	/** What stands in the copy for the other's name. */
	by: string;
	/** The value of an entry that is no copy. */
	otherwise: string;
	/** For the value of an entry that is written like the new one: the name in it that stands for its own constant. */
	model(value: Entry['value']): string | null;
	insertions: Insertion[];
}

interface Held {
	name: string;
	identifier: Morph.Identifier;
	binding: Binding;
}

/** The constant to add, where the object's addresses come by constants; null where they do not. */
export function constantBeside(
	object: Morph.ObjectLiteralExpression,
	variable: string,
): Beside | null {
	return likeTable(object, variable) ?? likeConstant(object, variable);
}

/** `process.env[names.databaseUrl]`: the table of names gets one more. */
function likeTable(object: Morph.ObjectLiteralExpression, variable: string): Beside | null {
	const leaves = leavesOf(object).flatMap(({ entry, path }) => {
		const read = entry.value && tableRead(unwrap(entry.value));
		return read ? [{ name: path.join('_'), ...read }] : [];
	});
	const [first, ...others] = mostTelling(leaves, variable);
	if (!first || others.some(({ table }) => table !== first.table)) return null;
	const keys = entriesOf(first.table).map(({ key }) => key);
	const key = nameLike(wordsOf(variable), keys);
	const sibling = findEntry(first.table, first.property)?.value;
	const quote = sibling?.getText().charAt(0) ?? "'";
	const added = addEntry(first.table, { variable, key, otherwise: `${quote}${variable}${quote}` });
	if (!added) return null;
	const model = (value: Entry['value']) => {
		const read = value && tableRead(unwrap(value));
		return read?.table === first.table ? read.property : null;
	};
	return {
		by: key,
		otherwise: replaceWord(first.node.getText(), first.property, key),
		model,
		insertions: added.insertions,
	};
}

function likeConstant(object: Morph.ObjectLiteralExpression, variable: string): Beside | null {
	const leaves = leavesOf(object).filter(({ entry }) => readOf(entry.value) !== null);
	const named = leaves.map(({ entry, path }) => ({ name: path.join('_'), value: entry.value }));
	const telling = mostTelling(named, variable);
	const held = heldBy(telling);
	if (held.length === 0 || held.length < telling.length) return null;
	const names = held.map(({ name }) => name);
	const first = held[Math.max(mostRelated(names, variable), 0)];
	// One that has alternatives shows nothing, and the next may.
	const [found] = [...(first ? [first] : []), ...heldBy(tellingOf(named, variable).flat())].flatMap(
		(model) => {
			const added = likeStatement(model, variable) ?? likeElement(model, variable);
			return added ? [{ model, added }] : [];
		},
	);
	const { model, added } = found ?? {};
	if (!model || !added || isDeclared(object.getSourceFile(), added.local)) return null;
	if (bindingOf(object, added.local)) return null;
	const own = model.identifier.getText();
	const { local, insertions } = added;
	const copied = (value: Entry['value']) =>
		value && heldIn(value)?.getText() === own ? own : null;
	return { by: local, otherwise: local, model: copied, insertions };
}

/** Those whose value is a constant of the module that reads one variable. */
function heldBy(all: { name: string; value: Entry['value'] }[]): Held[] {
	return all.flatMap(({ name, value }) => {
		const identifier = value && heldIn(value);
		if (!identifier || readOf(identifier)?.by !== 'name') return [];
		const binding = bindingOf(identifier, identifier.getText());
		return binding ? [{ name, identifier, binding }] : [];
	});
}

/** `databaseUrl`, also in `databaseUrl || ''`. */
function heldIn(value: Morph.Expression): Morph.Identifier | null {
	const { Node } = morph();
	if (Node.isIdentifier(value)) return value;
	if (!Node.isBinaryExpression(value)) return null;
	const isEmpty = /^(?:''|""|``)$/.test(value.getRight().getText());
	const left = value.getLeft();
	const keeps = /^(?:\|\||\?\?)$/.test(value.getOperatorToken().getText());
	return isEmpty && keeps && Node.isIdentifier(left) ? left : null;
}

interface Added {
	/** The name of the constant. */
	local: string;
	insertions: Insertion[];
}

/** `const databaseUrl = process.env.DATABASE_URL;` */
function likeStatement({ binding, identifier }: Held, variable: string): Added | null {
	const { Node } = morph();
	const statement = Node.isVariableDeclaration(binding)
		? binding.getVariableStatement()
		: undefined;
	const value = Node.isVariableDeclaration(binding) ? binding.getInitializer() : undefined;
	const word = value ? copyableRead(value) : null;
	if (!statement || word === null || statement.getDeclarations().length > 1) return null;
	const own = identifier.getText();
	const local = nameLike(wordsOf(variable), [own]);
	if (!value) return null;
	const copy = copied(statement.getText(), { value, word, by: variable, variable });
	const text = replaceWord(copy, own, local);
	return { local, insertions: placeBelow(statement, own, { name: local, text, variable }) };
}

/** Below the constant that it is like with what belongs to that one, and below its check where that follows at once. */
function placeBelow(
	statement: Morph.VariableStatement,
	own: string,
	added: NewMember,
): Insertion[] {
	const check = statement.getNextSiblingIfKind(morph().SyntaxKind.IfStatement);
	const asked = check?.getExpression().getText() ?? '';
	if (!check || replaceWord(asked, own, '') === asked || check.getElseStatement())
		return placeMember({ ...runFrom(statement), separator: '' }, added, 0);
	const rest = check.getSourceFile().getFullText().slice(check.getEnd());
	const gap = /^[ \t]*(\r?\n)[ \t]*\r?\n/.exec(rest)?.[1] ?? '';
	const placed = placeAfter([check], { index: 0, at: check.getEnd(), member: added.text });
	return [{ ...placed, text: `${gap}${placed.text}` }];
}

/** The constants of one variable each that follow one at once: what is made of several comes below them. */
function runFrom(statement: Morph.VariableStatement): Row {
	const { Node } = morph();
	const row: Row = { nodes: [], names: [] };
	for (let one: Morph.Node | undefined = statement; one; one = one.getNextSibling()) {
		if (!Node.isVariableStatement(one)) break;
		const [declaration] = one.getDeclarations();
		const value = declaration?.getInitializer();
		if (!declaration || !value || copyableRead(value) === null) break;
		row.nodes.push(one);
		row.names.push(declaration.getName());
	}
	return row;
}

/** `const { DATABASE_URL } = process.env;` */
function likeElement({ binding }: Held, variable: string): Added | null {
	const { Node } = morph();
	if (!Node.isBindingElement(binding) || variableOfElement(binding) === null) return null;
	const pattern = binding.getParent();
	if (!Node.isObjectBindingPattern(pattern)) return null;
	const nodes = pattern.getElements();
	const names = nodes.map((node) => (node.getDotDotDotToken() ? null : node.getName()));
	const isRenamed = binding.getPropertyNameNode() !== undefined;
	const local = isRenamed ? nameLike(wordsOf(variable), [binding.getName()]) : variable;
	const text = isRenamed ? `${variable}: ${local}` : variable;
	const siblings = { nodes, names, separator: ',' } as const;
	const insertions = placeMember(siblings, { name: variable, text, variable });
	return insertions.length > 0 ? { local, insertions } : null;
}
