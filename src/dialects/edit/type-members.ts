// Types that describe an object in the same file get the new member too; a type from elsewhere cannot.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { declaredElsewhere } from '../module/elsewhere.ts';
import { importsOf } from '../module/imports.ts';
import { mostRelated } from '../module/names.ts';
import type { Added } from './new-entry.ts';
import { indentAt, lineEndAt, placeMember } from './place.ts';

type Members = Morph.InterfaceDeclaration | Morph.TypeLiteralNode;

type NewMember = Omit<Added, 'insertions'> & {
	variable: string;
	/** It may have no value, whatever its sibling has. */
	mayLack?: boolean;
};

/** The keys of a record that names none. */
const ANY_KEY = /\b(?:string|PropertyKey|any)\b/;

/** The members to extend; 'open' when the type lists none (Record, const); null when it cannot be seen from here. */
function membersOf(type: Morph.Node): Members | 'open' | null {
	const { Node } = morph();
	if (Node.isTypeLiteral(type)) return type;
	if (Node.isParenthesizedTypeNode(type)) return membersOf(type.getTypeNode());
	if (Node.isUnionTypeNode(type)) {
		const types = type.getTypeNodes().filter((one) => !/^(?:undefined|null)$/.test(one.getText()));
		return types[0] && types.length === 1 ? membersOf(types[0]) : null;
	}
	if (type.getText() === 'any') return 'open';
	if (!Node.isTypeReference(type)) return null;
	const name = type.getTypeName().getText();
	const [argument] = type.getTypeArguments();
	if (/^(?:const|NodeJS\.(?:ProcessEnv|Dict))$/.test(name) || isOpenRecord(type)) return 'open';
	if (/^(?:Readonly|DeepReadonly|Required|Partial)$/.test(name) && argument)
		return membersOf(argument);
	return declaredMembers(type, name);
}

/** True for a record that names none of its keys. */
function isOpenRecord(type: Morph.TypeReferenceNode): boolean {
	const [keys] = type.getTypeArguments();
	return type.getTypeName().getText() === 'Record' && ANY_KEY.test(keys?.getText() ?? '');
}

/** The members of an interface or of what an alias stands for, here or in another file. */
function declaredMembers(type: Morph.Node, name: string): Members | 'open' | null {
	const source = type.getSourceFile();
	const declared = source.getInterface(name);
	if (declared) return declared;
	const alias = source.getTypeAlias(name)?.getTypeNode();
	if (alias) return membersOf(alias);
	const found = declaredElsewhere(source, name);
	const other = found?.source.getTypeAlias(found.name)?.getTypeNode();
	return found?.source.getInterface(found.name) ?? (other ? membersOf(other) : null);
}

/**
 * Adds the member for a new entry to every type that lists the keys. Null when a type is declared where we cannot see it.
 * @param otherwise the member's type when no sibling was copied, e.g. `string | undefined`.
 */
export function addToTypes(
	types: Morph.TypeNode[],
	added: NewMember,
	otherwise: string,
): Insertion[] | null {
	const found: Insertion[] = [];
	for (const members of new Set(types.map(membersOf))) {
		if (members === null) return null;
		if (members === 'open') continue;
		const insertions = addMember(members, added, otherwise);
		if (insertions === null) return null;
		found.push(...insertions);
	}
	return found;
}

/** True for a type that names every key: another one is not known to it. */
export function listsKeys(type: Morph.TypeNode): boolean {
	const { Node } = morph();
	if (Node.isTypeReference(type) && type.getTypeName().getText() === 'Record')
		return membersOf(type) === null;
	const members = membersOf(type);
	return members !== null && members !== 'open' && members.getIndexSignatures().length === 0;
}

/** Why `addToTypes` gave null. */
export function typeReason(types: Morph.TypeNode[]): string {
	const type = types.find((one) => membersOf(one) === null) ?? types[0];
	const names = [type, ...(type?.getDescendants() ?? [])].map((node) => node?.getText() ?? '');
	const imported =
		type && importsOf(type.getSourceFile()).find(({ local }) => names.includes(local));
	if (imported) return `its type ${imported.local} is declared in another module`;
	return `its type ${names[0]?.replace(/\s+/g, ' ') ?? ''} leaves no place for a new key`;
}

function addMember(members: Members, added: NewMember, otherwise: string): Insertion[] | null {
	const [key = '', ...rest] = added.path;
	const nodes = members.getMembers();
	const same = property(members, key);
	if (same) {
		const inner = rest.length > 0 ? membersOf(same.getTypeNode() ?? same) : null;
		if (inner === 'open' || rest.length === 0) return [];
		return inner && addMember(inner, { ...added, path: rest }, otherwise);
	}
	const text =
		rest.length > 0 ? groupText(members, added, otherwise) : flatText(members, added, otherwise);
	const names = nodes.map((node) =>
		morph().Node.isPropertySignature(node) ? node.getName() : null,
	);
	if (nodes.length === 0 || text === null) return null;
	return placeMember(
		{ nodes, names, separator: '' },
		{ name: key, text, variable: added.variable },
	);
}

function property(members: Members, key: string): Morph.PropertySignature | undefined {
	return members.getProperties().find((one) => one.getName().replace(/^['"]|['"]$/g, '') === key);
}

/** What no text is. */
const OTHER_TYPE = /^(?:number|boolean|bigint|Date|URL)\b|\[\]$/;

/** The member of the copied sibling under the new key, else a plain one. */
function flatText(
	members: Members,
	{ path, model, callable, mayLack }: NewMember,
	otherwise: string,
): string {
	const key = path.at(-1) ?? '';
	const sibling = model === null ? undefined : property(members, model);
	const isTooSure = mayLack && !/\?\s*:|\bundefined\b/.test(sibling?.getText() ?? '');
	const isOther = OTHER_TYPE.test(sibling?.getTypeNode()?.getText() ?? '');
	if (!sibling || isTooSure || isOther)
		return memberText(members, key, callable ? `() => ${otherwise}` : otherwise);
	const name = sibling.getNameNode();
	const text = sibling.getText();
	const start = name.getStart() - sibling.getStart();
	const rest = text.slice(start + name.getWidth()).replace(/[;,]$/, '');
	return `${text.slice(0, start)}${key}${rest}${separatorOf(members)}`;
}

/** `readonly` and the separator as the other members have them. */
function memberText(members: Members, key: string, type: string): string {
	const [first] = members.getProperties();
	const readonly = first?.isReadonly() ? 'readonly ' : '';
	const isMarked = members
		.getProperties()
		.some((one) => one.hasQuestionToken() && one.getTypeNode()?.getText() === 'string');
	if (isMarked && type === 'string | undefined')
		return `${readonly}${key}?: string${separatorOf(members)}`;
	return `${readonly}${key}: ${type}${separatorOf(members)}`;
}

function separatorOf(members: Members): string {
	const text = members.getMembers()[0]?.getText() ?? ';';
	return /[;,]$/.exec(text)?.[0] ?? (members.getText().includes('\n') ? '' : ';');
}

/** `redis: { url: string };`, laid out as a neighbouring group of the type. */
function groupText(members: Members, added: NewMember, otherwise: string): string | null {
	const { Node } = morph();
	const [group = '', leaf = ''] = added.path;
	const groups = members.getProperties().filter((one) => Node.isTypeLiteral(one.getTypeNode()));
	const names = groups.map((one) => one.getName());
	const pattern = groups[Math.max(0, mostRelated(names, added.variable))];
	const literal = pattern?.getTypeNode();
	// Where the other groups have types of their own, this one is written in full.
	if (!pattern || !Node.isTypeLiteral(literal)) {
		const type = added.callable ? `() => ${otherwise}` : otherwise;
		return memberText(members, group, `{ ${leaf}: ${type} }`);
	}
	const inner = flatText(literal, { ...added, path: [leaf] }, otherwise);
	const first = literal.getMembers()[0];
	if (!first) return null;
	const text = pattern.getSourceFile().getFullText();
	const lineEnd = lineEndAt(text, pattern.getStart());
	const body = literal.getText().includes('\n')
		? `{${lineEnd}${indentAt(text, first.getStart())}${inner}${lineEnd}${indentAt(text, pattern.getStart())}}`
		: `{ ${inner.replace(/[;,]$/, '')} }`;
	return memberText(members, group, body);
}

/** `Env` of `const required: (keyof Env)[] = […]`, which has to know the name too; not `typeof env`, which follows by itself. */
export function namesType(list: Morph.ArrayLiteralExpression): Morph.TypeNode[] {
	const { Node, SyntaxKind } = morph();
	const holder = list.getFirstAncestorByKind(SyntaxKind.VariableDeclaration);
	const keyof = holder?.getTypeNode()?.getFirstDescendantByKind(SyntaxKind.TypeOperator);
	const type = keyof?.getTypeNode();
	return type && keyof?.getText().startsWith('keyof') && !Node.isTypeQuery(type) ? [type] : [];
}
