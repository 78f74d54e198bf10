// A call that asks a function for a variable, written for another one.
import { type Morph, morph } from '../../text/source.ts';
import { directRead } from './environment.ts';
import { asksMore } from './helper-checks.ts';
import { replaceWord } from './names.ts';
import { askedOf, helperOf, isLabel, readOf } from './reads.ts';

/**
 * The variable that a helper is asked for, and the same call for another one, without its default: left out where the helper may go
 * without, else an empty one. Null for what is no such call.
 */
export function askedLike(call: Morph.Node, other: string): [string, string] | null {
	const { Node } = morph();
	if (!Node.isCallExpression(call)) return null;
	return defaultedLike(call, other) ?? helperLike(call, other);
}

function helperLike(call: Morph.CallExpression, other: string): [string, string] | null {
	const { Node } = morph();
	const read = readOf(call);
	if (read?.by !== 'helper') return null;
	const helper = helperOf(call);
	const { environment, words } = askedOf(call);
	const [first, second, ...others] = words;
	if (!helper || helper === 'imported' || !Node.isStringLiteral(first) || asksMore(helper))
		return null;
	if (others.length > 0 || (second && !isLabel(second))) return null;
	const parameter = helper.getParameters().filter((_, at) => at !== environment)[1];
	const mayGoWithout = parameter?.isOptional() === true && !/\bthrow\b/.test(helper.getText());
	const quote = first.getText().charAt(0);
	const rest = second && !mayGoWithout ? [`${quote}${quote}`] : [];
	const given = environment < 0 ? [] : [call.getArguments()[environment]?.getText() ?? ''];
	const asked =
		environment === 0
			? [...given, `${quote}${other}${quote}`]
			: [`${quote}${other}${quote}`, ...given];
	return [read.variable, `${call.getExpression().getText()}(${[...asked, ...rest].join(', ')})`];
}

/** `_.defaultTo(process.env.X, 'x')` of lodash, with an empty text in place of the default. */
function defaultedLike(call: Morph.CallExpression, other: string): [string, string] | null {
	const callee = call.getExpression().getText();
	const [value] = call.getArguments();
	const name = callee === '_.defaultTo' ? directRead(value) : null;
	if (name === null) return null;
	return [name, `${callee}(${replaceWord(value?.getText() ?? '', name, other)}, '')`];
}
