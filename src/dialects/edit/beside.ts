// A part of a list written once more for another variable, beside the one that it is like; null where it says more than its names.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { directRead } from '../module/environment.ts';
import { type Callable, localFunction, passesThrough } from '../module/helper-functions.ts';
import { listAround, nameOf } from '../module/items.ts';
import { wordsOf } from '../module/names.ts';
import { type Spoken, saidOf } from '../module/spellings.ts';
import { indentAt, lineEndAt, placeMember } from './place.ts';
import { ASKS_MORE } from './said.ts';

/** What a text says of the sibling's own server is not said of another. */
export const OF_ANOTHER =
	/\b(?:postgres\w*|mysql|mariadb|mongo\w*|sqlite|libsql|turso|neon|supabase|prisma|drizzle|database|sql)\b/i;

/** Something made of a value: a client, a number, a part of it, more than it. */
const MAKES =
	/\bnew\s|\bawait\b|\b(?:Number|parseInt|parseFloat|Boolean)\b|\bJSON\.|\.(?:split|replace|replaceAll|slice|substring|map|filter|join|concat|to[A-Z]\w*)\(|[!=]==? ?['"]|['"`]\s*\+|\+\s*['"`]|\$\{|:\s*(?:number|boolean)\b|\b(?:min|max)\w*:|['"](?:number|boolean|int|bool)['"]/;
/** What is said where a value is missing. */
const COMPLAINT = /\bnew\s+\w*Error\((?:[^()]|\([^()]*\))*\)|\.push\((?:[^()]|\([^()]*\))*\)/g;
/** A value in place of a missing one. */
const DEFAULTS =
	/(?:\?\?|\|\|)(?!\s*(?:['"`]{2}|undefined\b|null\b|\w*(?:fail|throw|missing|raise|panic|never)\w*\())|\b(?:default|fallback)\w*\s*:(?!\s*(?:['"`]{2}|undefined\b|null\b|['"`]?\s*\}))/i;
/** Checks of what an address must look like. */
const CHECKS =
	/\bURL\(|\.(?:startsWith|endsWith|test|match|split|protocol)\b|\bparseInt\b|\bNumber\(|\bJSON\./;

const LABEL =
	/\b((?:desc|description|doc|docs|help|hint|label|comment|summary)\s*:\s*)(['"`])(?:(?!\2).)*\2/g;

/** The text of an item for another variable; null where more of it would have to be other than its names. */
export function textBeside(item: Morph.Node, spoken: Spoken, variable: string): string | null {
	const own = item.getText();
	const name = wordsOf(variable).find((word) => /redis|valkey|keydb/.test(word)) ?? 'database';
	const label = `The address of the ${name.charAt(0).toUpperCase()}${name.slice(1)} server.`;
	const text = saidOf(own, spoken, variable).replace(LABEL, (whole, key: string, quote: string) =>
		own.includes(whole) ? `${key}${quote}${label}${quote}` : whole,
	);
	const plain = text.replace(COMPLAINT, '()');
	if (text === own || ASKS_MORE.test(plain) || MAKES.test(plain) || DEFAULTS.test(plain))
		return null;
	const rest = saidOf(text, { variable, aliases: [] }, 'X_X');
	if (OF_ANOTHER.test(wordsOf(rest).join(' ')) || asksMore(item)) return null;
	return text;
}

/** Whether a function of the module that an item calls looks at more than whether there is a value, or a call has a default. */
function asksMore(item: Morph.Node): boolean {
	const { Node, SyntaxKind } = morph();
	const calls = item.getDescendantsOfKind(SyntaxKind.CallExpression);
	return calls.some((call) => {
		const callee = call.getExpression();
		const [, second] = call.getArguments();
		const isDefault = Node.isStringLiteral(second) && /^[^\s]+$/.test(second.getLiteralText());
		const own = Node.isPropertyAccessExpression(callee) ? callee.getName() : callee.getText();
		const owner = call.getFirstAncestorByKind(SyntaxKind.ClassDeclaration);
		const callable =
			localFunction(call.getSourceFile(), own) ??
			owner?.getMethod(own) ??
			owner?.getStaticMethod(own);
		if (isDefault || CHECKS.test(callable?.getText() ?? '')) return true;
		return call.getArguments().some((one) => directRead(one) !== null) && !gives(call, callable);
	});
}

/** `assertSet(process.env.URL)`, which gives what it is given; not `decrypt(process.env.URL)`. */
function gives(call: Morph.CallExpression, callable: Callable | null | undefined): boolean {
	return callable
		? passesThrough(callable) || callable.getParameters().length > 1
		: /^(?:String|(?:must|require|required|ensure|assert|nonEmpty|optional)\w*)$/.test(
				call.getExpression().getText(),
			);
}

/** Where the text goes. */
export function insertBeside(item: Morph.Node, text: string, variable: string): Insertion[] {
	const list = listAround(item);
	if (!list) return [];
	const { separator } = list;
	const whole = item.getSourceFile().getFullText();
	const start = item.getStart();
	const isLine = /\n[ \t]*(?:\|\s*)?$/.test(whole.slice(0, start));
	const line = `${lineEndAt(whole, start)}${indentAt(whole, start)}`;
	if (separator === '|')
		return [{ at: item.getEnd(), text: isLine ? `${line}| ${text}` : ` | ${text}` }];
	if (separator === '||')
		return [{ at: item.getEnd(), text: isLine ? ` ||${line}${text}` : ` || ${text}` }];
	const nodes = separator === ',' ? list.nodes : runAround(list.nodes, item);
	const names = nodes.map((one) => nameOf(one) ?? textOf(one));
	const name = /^['"]?([\w$-]+)/.exec(text)?.[1] ?? text;
	return placeMember({ nodes, names, separator }, { name, text, variable }, nodes.indexOf(item));
}

/** Those of its kind that follow each other without a break: what comes below may need what is above. */
function runAround(nodes: Morph.Node[], item: Morph.Node): Morph.Node[] {
	const own = nodes.indexOf(item);
	const isOther = (node: Morph.Node) => node.getKind() !== item.getKind();
	const end = nodes.findIndex((node, at) => at > own && isOther(node));
	const start = nodes.findLastIndex((node, at) => at < own && isOther(node)) + 1;
	return nodes.slice(start, end < 0 ? nodes.length : end);
}

/** A word of a list, or what `found.url = …` sets. */
function textOf(node: Morph.Node): string | null {
	if (morph().Node.isStringLiteral(node)) return node.getLiteralText();
	return /^(?:[\w$]+\.)+([\w$]+) = /.exec(node.getText())?.[1] ?? null;
}
