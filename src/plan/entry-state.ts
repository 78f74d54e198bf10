// What an existing db entry is to us: nothing, the scaffold, already ours, or somebody's work. Pure.
import { type Morph, morph, parse } from '../text/source.ts';

export type EntryState = 'absent' | 'scaffold' | 'same' | 'other';

/** Where the scaffold's database lies, relative to the folder in which the process starts. */
export const SCAFFOLD_DATA_FILE = 'data/flue.db';

function withoutMark(text: string): string {
	return text.replace(/^\uFEFF/, '');
}

/**
 * The form of the src/db.ts that `flue init --target node` of @flue/cli 2.0.3 writes, with and without `--deploy`: an
 * import, four lines of comment, the export. With its length and its checksum it stands for the text; a digest would
 * cost the loading of node:crypto in every run.
 */
const SCAFFOLD_FORM =
	/^import \{ sqlite \} from '@flue\/runtime\/node';\n\n(?:\/\/ .+\n){4}export default sqlite\('\.\/data\/flue\.db'\);\n$/;
const SCAFFOLD_LENGTH = 339;
const SCAFFOLD_CHECKSUM = 0xf8ca7497;

/** FNV-1a: of two texts that differ in one character the checksums always differ. */
function checksum(text: string): number {
	let sum = 0x811c9dc5;
	for (let at = 0; at < text.length; at++) sum = Math.imul(sum ^ text.charCodeAt(at), 0x01000193);
	return sum >>> 0;
}

function isScaffold(text: string): boolean {
	const plain = withoutMark(text).replaceAll('\r\n', '\n');
	if (plain.length !== SCAFFOLD_LENGTH || !SCAFFOLD_FORM.test(plain)) return false;
	return checksum(plain) === SCAFFOLD_CHECKSUM;
}

/** What a formatter may add or leave out: semicolons, trailing commas, the parentheses of `(error) =>`. */
function isFormat(tokens: string[], index: number): boolean {
	const [token, next] = tokens.slice(index);
	if (token === ';') return true;
	if (token === ',') return /^[)\]}]$/.test(next ?? '') && !/^[[,]$/.test(tokens[index - 1] ?? '');
	if (token === '(') return tokens[index + 2] === ')' && tokens[index + 3] === '=>';
	return token === ')' && tokens[index - 2] === '(' && next === '=>';
}

/** The tokens of a program without what a formatter may change, each with the kind of node that it is a part of. */
function tokensOf(text: string): string[] {
	const { Node } = morph();
	const isWord = (node: Morph.Node) =>
		node.getChildCount() === 0 && node.getWidth() > 0 && !Node.isCommentNode(node);
	const words = parse('db.ts', text).getDescendants().filter(isWord);
	const tokens = words.map((node) =>
		Node.isStringLiteral(node) ? JSON.stringify(node.getLiteralValue()) : node.getText(),
	);
	return words
		.map((node, index) => `${node.getParent()?.getKind()} ${tokens[index]}`)
		.filter((_, index) => !isFormat(tokens, index));
}

/** Whether two texts are the same program, whatever a formatter did to either. Comments do not count, the first line does. */
export function sameProgram(one: string, other: string): boolean {
	if (one === other) return true;
	if (withoutMark(one).split(/\r?\n/, 1)[0] !== withoutMark(other).split(/\r?\n/, 1)[0])
		return false;
	return tokensOf(one).join('\n') === tokensOf(other).join('\n');
}

/** What the text alone tells; whether an `other` is the same as ours is up to `sameProgram`. */
export function entryState(existing: string | null): Exclude<EntryState, 'same'> {
	if (existing === null) return 'absent';
	return isScaffold(existing) ? 'scaffold' : 'other';
}
