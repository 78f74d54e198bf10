// What envalid's validators are told beside their kind, and the same for one more address: `url({ desc: '…', testDefault: '…' })`.
import { type Morph, morph } from '../../text/source.ts';
import { mostTelling, replaceWord, usualFor, wordsOf } from '../module/names.ts';
import { type Entry, entriesOf, objectIn } from '../module/object-literal.ts';
import { readOf } from '../module/reads.ts';
import { areGiven } from './chosen.ts';

/** Where a server listens on a developer's machine: what stands in for an address in tests and in development. */
const LOCAL = 'redis://localhost:6379';

/** A sibling that validates a text. */
export interface TextEntry {
	name: string;
	/** The validator as the module writes it: `url`, `envalid.str`. */
	callee: string;
	options: Morph.ObjectLiteralExpression | null;
}

/** The entries of a list that are text validators by `isText`, and choose among no fixed values. */
export function textEntries(
	list: Morph.ObjectLiteralExpression,
	isText: (callee: Morph.Expression) => boolean,
): TextEntry[] {
	return entriesOf(list).flatMap(({ key: name, value }) => {
		if (!value || !morph().Node.isCallExpression(value) || !isText(value.getExpression()))
			return [];
		const [first, ...others] = value.getArguments();
		const options = objectIn(first);
		const isKnown = others.length === 0 && (first === undefined || options !== null);
		if (!isKnown || (options && entriesOf(options).some(({ key }) => key === 'choices'))) return [];
		return [{ name, callee: value.getExpression().getText(), options }];
	});
}

/** The option of a new address for that of a sibling; null for what tells of the sibling alone. */
function optionLike({ key, value }: Entry, name: string, variable: string): string | null {
	const { Node } = morph();
	const text = value?.getText() ?? '';
	if (/^(?:default|devDefault|testDefault)$/.test(key) && text === 'undefined') {
		return `${key}: ${text}`;
	}
	const call = value && Node.isCallExpression(value) ? value : null;
	if (key === 'input' && value && readOf(value)?.variable === name)
		return `${key}: ${replaceWord(text, name, variable)}`;
	const literal = (call ? call.getArguments()[0] : value) ?? undefined;
	const callee = call ? call.getExpression().getText() : null;
	if (!Node.isStringLiteral(literal) || key === 'default') return null;
	const quote = literal.getText().charAt(0);
	const said = key === 'desc' ? described(variable) : LOCAL;
	if (!/^(?:desc|devDefault|testDefault)$/.test(key)) return null;
	const quoted = `${quote}${said}${quote}`;
	return callee === null ? `${key}: ${quoted}` : `${key}: ${callee}(${quoted})`;
}

/** `REDIS_URL` -> `Redis URL` */
function described(variable: string): string {
	const words = wordsOf(variable).map((word) => (word === 'url' ? 'URL' : word));
	const text = words.join(' ');
	return text.charAt(0).toUpperCase() + text.slice(1);
}

export interface LikeOthers {
	text: string;
	optional: boolean;
}

/** A validator as most of the project's other addresses have it; null where they say no more than their kind. */
export function validatorLike(all: TextEntry[], variable: string): LikeOthers | null {
	const given = all.map((one) => ({ ...one, defaulted: hasValue(one.options) }));
	const [first] = given;
	if (first && areGiven(given, variable))
		return { text: `${first.callee}({ default: undefined })`, optional: true };
	const telling = mostTelling(
		all.filter(({ options }) => !hasValue(options)),
		variable,
	);
	const known = telling.map((one) => ({ ...one, said: optionsOf(one, variable) }));
	const count = (option: string) => known.filter(({ said }) => said.includes(option)).length;
	const usual = known.map(({ name, callee, said, options }) => {
		const kept = said.filter((option) => count(option) * 2 > known.length);
		return { name, kept, text: `${callee}(${written(kept, options)})` };
	});
	const chosen = usualFor(
		usual.filter(({ kept }) => kept.length > 0),
		variable,
	);
	if (!chosen) return null;
	return { text: chosen.text, optional: chosen.kept.includes('default: undefined') };
}

/** A default of its own: tells nothing of whether the project's variables are required. */
function hasValue(options: TextEntry['options']): boolean {
	return (
		options !== null &&
		entriesOf(options).some(
			({ key, value }) => key === 'default' && value?.getText() !== 'undefined',
		)
	);
}

function optionsOf({ name, options }: TextEntry, variable: string): string[] {
	return options ? entriesOf(options).flatMap((one) => optionLike(one, name, variable) ?? []) : [];
}

/** `{ desc: '…' }`, on several lines where the sibling's options have lines of their own. */
function written(kept: string[], options: TextEntry['options']): string {
	const text = options?.getText() ?? '';
	if (!text.includes('\n')) return `{ ${kept.join(', ')} }`;
	const inner = /\n([ \t]*)\S/.exec(text)?.[1] ?? '';
	const outer = /\n([ \t]*)\}$/.exec(text)?.[1] ?? '';
	const unit = inner.slice(outer.length) || '  ';
	return `{\n${kept.map((one) => `${unit}${one},\n`).join('')}}`;
}
