// What a text says of one variable, and the same said of a new one.
import { type Morph, morph } from '../../text/source.ts';
import { replaceWord } from '../module/names.ts';
import { describe } from './copied.ts';

/** A sibling: its variable, and every name by which the module speaks of it. */
export interface Sibling {
	name: string;
	names: string[];
}

/** What the new variable is called where a sibling has a constant or a key. */
export interface Fresh {
	variable: string;
	local: string | null;
	key: string;
	/** How another module reads it. */
	expression: string;
}

/** The sibling that a text is about; null when it is about none, or about another variable too. */
export function aboutOne(text: string, siblings: Sibling[]): Sibling | null {
	const found = siblings.filter(({ names }) =>
		names.some((name) => replaceWord(text, name, '') !== text),
	);
	return found.length === 1 ? (found[0] ?? null) : null;
}

const PATH = /(?<![\w$.])([A-Za-z_$][\w$]*)((?:\??\.[A-Za-z_$][\w$]*)+)(?![\w$(])/g;

/** `config.database.url` -> `config.redis.url`; null where the new one lies deeper or less deep, and under another name. */
function saidByPath(text: string, { names }: Sibling, { key, expression }: Fresh): string | null {
	const [base = '', ...own] = expression.split('.');
	let isSaid = true;
	const result = text.replace(PATH, (path, root: string, rest: string) => {
		const steps = rest.split(/\??\./).slice(1);
		const last = steps.at(-1) ?? '';
		if (!names.slice(1).includes(last) || /^(?:process|env)$/.test(root)) return path;
		if (steps.length === own.length) return [root, ...own].join('.');
		if (root === base && own.length > 0) return expression;
		if (steps.length > 1 || last === key) isSaid = false;
		return path;
	});
	return isSaid ? result : null;
}

/** A text about a sibling, said of the new variable; null where the module has no such name for it. */
export function said(whole: string, sibling: Sibling, fresh: Fresh): string | null {
	const { name, names } = sibling;
	const { variable, local, key } = fresh;
	const text = saidByPath(whole, sibling, fresh);
	if (text === null) return null;
	const isKey = new RegExp(
		`[.'"\`]\\s*(?:${
			names
				.slice(1)
				.map((one) => one.replaceAll('$', '\\$'))
				.join('|') || '(?!)'
		})(?![\\w$])`,
	);
	const withVariable = replaceWord(text, name, variable);
	return names.slice(1).reduce<string | null>((result, one) => {
		if (result === null || replaceWord(result, one, '') === result) return result;
		const other = isKey.test(text) ? key : local;
		return other === null ? null : replaceWord(result, one, other);
	}, withVariable);
}

/** What is said of the sibling alone, in a text that was made for the new variable: a sentence, or the name of its server. */
export function redescribed(text: string, variable: string): string {
	const label = describe(variable);
	return text.replace(/(['"`])((?:(?!\1)[^\\\n])*)\1/g, (whole, quote: string, inside: string) => {
		const isSentence = /\S\s+\S/.test(inside) && !inside.includes(variable);
		if (isSentence) return quote + (/\.$/.test(inside) ? label : label.slice(0, -1)) + quote;
		const server = /(\w+) server/.exec(label)?.[1] ?? '';
		return OTHER_SERVER.test(inside) ? quote + server + quote : whole;
	});
}

const OTHER_SERVER = /^(?:postgres(?:ql)?|mysql|mariadb|mongo(?:db)?|database)$/i;

/** An example of an address in what a check says. */
export const OTHER_ADDRESS =
	/\b(?:postgres(?:ql)?|mysql|mariadb|mongodb(?:\+srv)?|libsql|sqlserver):\/\/[^\s'"`]*/g;

/** A function of the variable's own, which has its checks with it. */
export const OWN_FUNCTION =
	/^\s*(?:export\s+)?(?:async\s+)?(?:function\b|const\s+[\w$]+\s*=\s*(?:async\s*)?\([^()]*\)[^=]*=>)/;

/** More than whether there is a value: what one must be, or must not, is not said of another. */
export const ASKS_MORE =
	/[!=]==?(?!=|\s*(?:['"`]{2}|undefined\b|null\b))|&&|\.(?:startsWith|endsWith|includes|test|match|split)\(|\bURL\(|\.length\s*[<>]=?\s*(?:[2-9]|\d\d)/;

/** `!url || !key` -> `!url`, `!key`. */
export function termsOf(node: Morph.Expression): Morph.Expression[] {
	const isChoice =
		morph().Node.isBinaryExpression(node) && node.getOperatorToken().getText() === '||';
	return isChoice ? [...termsOf(node.getLeft()), node.getRight()] : [node];
}
