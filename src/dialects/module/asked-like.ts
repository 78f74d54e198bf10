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
	const defaulted = Node.isCallExpression(call) ? directRead(call.getArguments()[0]) : null;
	if (
		Node.isCallExpression(call) &&
		defaulted !== null &&
		/^_\.defaultTo$|^defaultTo$/.test(call.getExpression().getText())
	) {
		const value = call.getArguments()[0]?.getText() ?? '';
		return [
			defaulted,
			`${call.getExpression().getText()}(${replaceWord(value, defaulted, other)}, '')`,
		];
	}
	const read = Node.isCallExpression(call) ? readOf(call) : null;
	if (!Node.isCallExpression(call) || read?.by !== 'helper') return null;
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
