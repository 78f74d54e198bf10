// Whether another object has to have every key that one has: `const test: typeof config = { … }`, `const mock: Config = { … }` of another file.
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import { importersOf } from './elsewhere.ts';
import { importsOf } from './imports.ts';
import { objectIn } from './object-literal.ts';
import { isInline } from './scope.ts';

/** A part of the text, e.g. one that was inserted. */
export interface Range {
	start: number;
	end: number;
}

const lies = (node: Morph.Node, { start, end }: Range): boolean =>
	node.getPos() <= start && end <= node.getEnd();

/** Of these not every key is needed. */
const PARTIAL = /\b(?:Partial|DeepPartial|Pick|Omit|Record|keyof|input)\b|\[/;

/** The members of types that are among the parts, and that no object may lack. */
export function neededMembers(
	source: Morph.SourceFile,
	ranges: readonly Range[],
): Morph.PropertySignature[] {
	const all = source.getDescendantsOfKind(morph().SyntaxKind.PropertySignature);
	return all.filter(
		(one) =>
			!one.hasQuestionToken() &&
			ranges.some(({ start, end }) => start <= one.getStart() && one.getEnd() <= end),
	);
}

/** The types of which every object has one more key for these parts: `typeof config`, and named ones. */
function typesFor(source: Morph.SourceFile, ranges: readonly Range[]): string[] {
	const holders = source
		.getVariableDeclarations()
		.filter((one) => ranges.some((range) => lies(one, range)))
		.map((one) => `typeof ${one.getName()}`);
	const members = neededMembers(source, ranges);
	const holds = (one: Morph.Node): boolean => members.some((member) => lies(one, rangeOf(member)));
	const declared = [...source.getInterfaces(), ...source.getTypeAliases()].filter((one) => {
		if (holds(one)) return true;
		const type = morph().Node.isTypeAliasDeclaration(one)
			? one.getTypeNode()?.getText()
			: undefined;
		if (type === undefined || PARTIAL.test(type)) return false;
		return holders.some((holder) => new RegExp(`${holder}\\b(?!\\.)`).test(type));
	});
	return [...holders, ...declared.map((one) => one.getName())];
}

function rangeOf(node: Morph.Node): Range {
	return { start: node.getStart(), end: node.getEnd() };
}

/** A whole object without the parts, or a list of such. */
function isWhole(value: Morph.Node | undefined, ranges: readonly Range[]): boolean {
	const { Node } = morph();
	if (Node.isArrayLiteralExpression(value))
		return value.getElements().some((one) => isWhole(one, ranges));
	const object = objectIn(value);
	if (!object || object.getProperties().length === 0) return false;
	const isOpen = object.getProperties().some((one) => Node.isSpreadAssignment(one));
	return !isOpen && !ranges.some((range) => lies(object, range));
}

interface Typed {
	type: Morph.TypeNode | undefined;
	value: Morph.Node | undefined;
}

function typedAt(one: Morph.Node): Typed {
	const { Node } = morph();
	if (Node.isSatisfiesExpression(one))
		return { type: one.getTypeNode(), value: one.getExpression() };
	if (Node.isVariableDeclaration(one) || Node.isPropertyDeclaration(one))
		return { type: one.getTypeNode(), value: one.getInitializer() };
	if (isInline(one)) return { type: one.getReturnTypeNode(), value: one.getBody() };
	const around = one.getFirstAncestor(Node.isReturnTyped);
	const value = Node.isReturnStatement(one) ? one.getExpression() : undefined;
	return { type: Node.isReturnTyped(around) ? around.getReturnTypeNode() : undefined, value };
}

/** Each place where something is said to be of a type. */
function typedIn(source: Morph.SourceFile): Typed[] {
	const { ts } = morph();
	const kinds = [
		ts.isSatisfiesExpression,
		ts.isVariableDeclaration,
		ts.isPropertyDeclaration,
		ts.isArrowFunction,
		ts.isReturnStatement,
	];
	return nodesBelow(source, (plain) => kinds.some((isKind) => isKind(plain))).map(typedAt);
}

function makesOne(
	source: Morph.SourceFile,
	types: readonly string[],
	ranges: readonly Range[],
): boolean {
	const plain = (type: string) =>
		type
			.replace(/^(?:Readonly|Promise|Required|Array|ReadonlyArray)<(.*)>$/, '$1')
			.replace(/\[\]$/, '');
	return typedIn(source).some(
		({ type, value }) =>
			types.includes(plain(plain(type?.getText() ?? ''))) && isWhole(value, ranges),
	);
}

/** The words by which a text may make an object of a type. */
function mayMake(text: string, types: readonly string[]): boolean {
	return types.some((type) =>
		new RegExp(`(?::|<|\\bsatisfies)\\s*(?:\\w+<)*${type}\\b`).test(text),
	);
}

/** The file that makes an object of the type of what got the parts, and without them: '' for the same one; null for none. */
export function twinOf(source: Morph.SourceFile, ranges: readonly Range[]): string | null {
	if (!/\btypeof\b|\binterface\b|\btype\b/.test(source.getFullText())) return null;
	const types = typesFor(source, ranges);
	if (types.length === 0) return null;
	if (mayMake(source.getFullText(), types) && makesOne(source, types, ranges)) return '';
	const others = importersOf(source).filter(
		({ text }) => mayMake(text, types) || types.some((one) => text.includes(`${one} as `)),
	);
	const isTwin = (file: Morph.SourceFile | null): boolean => {
		// A type of its own under the same name is another one.
		const own = (name: string) => file?.getInterface(name) ?? file?.getTypeAlias(name);
		const foreign = types.filter((name) => !own(name));
		const renamed = (file ? importsOf(file) : []).filter(({ name }) => foreign.includes(name));
		return file !== null && makesOne(file, [...foreign, ...renamed.map((one) => one.local)], []);
	};
	return others.find(({ tree }) => isTwin(tree()))?.path ?? null;
}
