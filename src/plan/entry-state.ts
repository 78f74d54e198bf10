// What an existing db entry is to us: nothing, the scaffold, already ours, or somebody's work. Pure.
import { partAtMarker } from '../text/marker.ts';
import { type Morph, morph, parse } from '../text/source.ts';
import { withSortedKeys } from './style-text.ts';

export type EntryState = 'absent' | 'scaffold' | 'same' | 'other';

/** Where the scaffold's database lies, relative to the folder in which the process starts. */
export const SCAFFOLD_DATA_FILE = 'data/flue.db';

function withoutMark(text: string): string {
	return text.replace(/^\uFEFF/, '');
}

/**
 * The src/db.ts that `flue init --target node` of @flue/cli 2.0.3 writes, with and without `--deploy`, its blanks and its
 * comment taken away: in whatever quotes, and with the default file left to Flue, it says the same.
 */
const SCAFFOLD =
	/^import\{sqlite,?\}from(['"])@flue\/runtime\/node\1;?exportdefaultsqlite\((?:(['"`])(?:\.\/)?data\/flue\.db\2,?)?\);?$/;

/** The four lines of the scaffold's comment stand as a checksum; a digest would cost the loading of node:crypto in every run. */
const COMMENT_CHECKSUM = 0xbb646c22;

/** FNV-1a: of two texts that differ in one character the checksums always differ. */
function checksum(text: string): number {
	let sum = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
	return sum >>> 0;
}

/** Comments of the user's are theirs: with any but its own, or none, the text is not the scaffold. */
function isScaffold(text: string): boolean {
	const lines = withoutMark(text).split(/\r?\n/);
	const comments = lines.filter((line) => line.startsWith('//'));
	if (comments.length > 0 && checksum(comments.join('\n')) !== COMMENT_CHECKSUM) return false;
	const code = lines.filter((line) => !line.startsWith('//')).join('');
	return SCAFFOLD.test(code.replace(/\s/g, ''));
}

/** What a formatter may add or leave out: semicolons, trailing commas, the parentheses of `(error) =>`. */
function isFormat(tokens: string[], index: number): boolean {
	const [token, next] = tokens.slice(index);
	if (token === ';') return true;
	if (token === ',') return /^[)\]}]$/.test(next ?? '') && !/^[[,]$/.test(tokens[index - 1] ?? '');
	if (token === '(') return tokens[index + 2] === ')' && tokens[index + 3] === '=>';
	return token === ')' && tokens[index - 2] === '(' && next === '=>';
}

/** A brace around the one statement of an `if` or a `for`, which a linter asks for or not. */
function isBodyBrace(node: Morph.Node): boolean {
	const { Node } = morph();
	const block = node.getParent();
	if (!Node.isBlock(block) || !/^[{}]$/.test(node.getText())) return false;
	const owner = block.getParent();
	const isBody = Node.isForOfStatement(owner) || Node.isIfStatement(owner);
	return isBody && block.getStatements().length === 1;
}

/** The names that a program gives to its own variables and parameters, in the order in which it does. */
function ownNames(file: Morph.SourceFile): string[] {
	const { Node } = morph();
	const names = file.getDescendants().flatMap((node) => {
		const isNamed = Node.isVariableDeclaration(node) || Node.isParameterDeclaration(node);
		return isNamed && Node.isIdentifier(node.getNameNode()) ? [node.getName()] : [];
	});
	return [...new Set(names)];
}

/** The tokens of a program without what a formatter may change, each with the kind of node that it is a part of. */
function tokensOf(text: string, hasOwnNames = true): string[] {
	const { Node } = morph();
	const isWord = (node: Morph.Node) =>
		node.getChildCount() === 0 && node.getWidth() > 0 && !Node.isCommentNode(node);
	const file = parse('db.ts', text);
	const words = file.getDescendants().filter((node) => isWord(node) && !isBodyBrace(node));
	const names = hasOwnNames ? [] : ownNames(file);
	const wordOf = (node: Morph.Node): string => {
		const parent = node.getParent();
		const isMember = Node.isPropertyAccessExpression(parent) && parent.getNameNode() === node;
		const number = isMember || !Node.isIdentifier(node) ? -1 : names.indexOf(node.getText());
		return number === -1 ? node.getText() : `name ${number}`;
	};
	const tokens = words.map((node) =>
		Node.isStringLiteral(node) ? JSON.stringify(node.getLiteralValue()) : wordOf(node),
	);
	return words
		.map((node, index) => `${node.getParent()?.getKind()} ${tokens[index]}`)
		.filter((_, index) => !isFormat(tokens, index));
}

/** A text whose imports, and the members of whose objects, are in order of their names. */
function inOrder(text: string): string {
	return withSortedKeys(text)
		.replace(/^\s*\n/gm, '')
		.replace(/(?:^import\b.*\n)+/gm, (imports) => imports.split('\n').toSorted().join('\n'));
}

/** Whether two texts are the same program, whatever a formatter did to either, and in whatever order an object's members are. Comments do not count, the marker does. */
export function sameProgram(one: string, other: string): boolean {
	if (one === other) return true;
	if (partAtMarker(one).marker.trim() !== partAtMarker(other).marker.trim()) return false;
	const [tokens, others] = [tokensOf(one), tokensOf(other)];
	if (tokens.join('\n') === others.join('\n')) return true;
	// Most texts differ in more than an order, and need not be read once more.
	if (tokens.toSorted().join('\n') !== others.toSorted().join('\n')) return false;
	return tokensOf(inOrder(one)).join('\n') === tokensOf(inOrder(other)).join('\n');
}

/** Whether two programs mean the same: in whatever format and with whatever comments, and whatever their variables are called. */
export function sameMeaning(one: string, other: string): boolean {
	return one === other || tokensOf(one, false).join('\n') === tokensOf(other, false).join('\n');
}

/** What the text alone tells; whether an `other` is the same as ours is up to `sameProgram`. */
export function entryState(existing: string | null): Exclude<EntryState, 'same'> {
	if (existing === null) return 'absent';
	return isScaffold(existing) ? 'scaffold' : 'other';
}
