// What an existing db entry is to us: nothing, the scaffold, already ours, or somebody's work. Pure.
import { type Morph, morph, parse } from '../source.ts';

export type EntryState = 'absent' | 'scaffold' | 'same' | 'other';

/** Where the scaffold's database lies, relative to the folder in which the process starts. */
export const SCAFFOLD_DATA_FILE = 'data/flue.db';

function withoutMark(text: string): string {
	return text.replace(/^\uFEFF/, '');
}

/**
 * The form of the src/db.ts that `flue init --target node` of @flue/cli 2.0.3 writes, with and without `--deploy`: an
 * import, four lines of comment, the export. With its length it stands for the text; a digest would cost the loading
 * of node:crypto in every run.
 */
const SCAFFOLD_FORM =
	/^import \{ sqlite \} from '@flue\/runtime\/node';\n\n(?:\/\/ .+\n){4}export default sqlite\('\.\/data\/flue\.db'\);\n$/;
const SCAFFOLD_LENGTH = 339;

function isScaffold(text: string): boolean {
	const plain = withoutMark(text).replaceAll('\r\n', '\n');
	return plain.length === SCAFFOLD_LENGTH && SCAFFOLD_FORM.test(plain);
}

/** The tokens of a program without what a formatter may change: white space, quotes, semicolons, trailing commas. */
function tokensOf(text: string): string[] {
	const { Node, SyntaxKind } = morph();
	const isWord = (node: Morph.Node) => node.getChildCount() === 0 && node.getWidth() > 0;
	const leaves = parse('db.ts', text).getDescendants().filter(isWord);
	return leaves
		.filter((node, index) => {
			if (node.getKind() === SyntaxKind.SemicolonToken) return false;
			return (
				node.getKind() !== SyntaxKind.CommaToken ||
				!/^[)\]}]$/.test(leaves[index + 1]?.getText() ?? '')
			);
		})
		.map((node) =>
			Node.isStringLiteral(node) ? JSON.stringify(node.getLiteralValue()) : node.getText(),
		)
		.filter((token, index, all) => !isArrowParenthesis(token, index, all));
}

/** `(error) =>` and `error =>` are the same program, and formatters differ over them. */
function isArrowParenthesis(token: string, index: number, all: string[]): boolean {
	if (token === '(') return all[index + 2] === ')' && all[index + 3] === '=>';
	return token === ')' && all[index - 2] === '(' && all[index + 1] === '=>';
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
