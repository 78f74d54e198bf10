// Where a module speaks of its variables: by their own names, by names that are spelled like them, and by what holds their values.
import { type Morph, morph, plainBelow, wrapped } from '../../text/source.ts';
import { isEnvironment } from './environment.ts';
import { wordsOf } from './names.ts';
import { remembered } from './remembered.ts';
import { mayBeAlias, type Spoken, speaksOf } from './spellings.ts';

type Plain = Morph.ts.Node;

/** With an underscore, so that `ENV` and `GET` are none. */
const VARIABLE = /^[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+$/;

interface Word {
	text: string;
	plain: Plain;
}

/** A name, or a text that is one. */
function wordOf(plain: Plain): string | null {
	const { ts } = morph();
	const isWord =
		ts.isIdentifier(plain) ||
		ts.isPrivateIdentifier(plain) ||
		ts.isStringLiteral(plain) ||
		ts.isNoSubstitutionTemplateLiteral(plain);
	return isWord && /^[#\w$-]+$/.test(plain.text) ? plain.text : null;
}

const wordsIn = remembered((source: Morph.SourceFile): Word[] =>
	plainBelow(source.compilerNode, (plain) => wordOf(plain) !== null).map((plain) => ({
		text: wordOf(plain) ?? '',
		plain,
	})),
);

/** Read from the environment, or written as a text. */
function isAsked(source: Morph.SourceFile, { plain }: Word): boolean {
	const { Node, ts } = morph();
	if (!ts.isIdentifier(plain)) return true;
	if (ts.isBindingElement(plain.parent)) return true;
	if (!ts.isPropertyAccessExpression(plain.parent) || plain.parent.name !== plain) return false;
	const access = wrapped(source, plain.parent);
	return Node.isPropertyAccessExpression(access) && isEnvironment(access.getExpression());
}

/** The variables that a module asks for. */
export const variablesAsked = remembered((source: Morph.SourceFile): string[] => {
	const found = new Set<string>();
	for (const word of wordsIn(source)) {
		if (!VARIABLE.test(word.text) || found.has(word.text)) continue;
		if (isAsked(source, word)) found.add(word.text);
	}
	return [...found];
});

/** The name that something is given by a node: a key, a constant, a field; null for what gives none. */
function givenName(plain: Plain): string | null {
	const { ts } = morph();
	if (ts.isBinaryExpression(plain)) {
		const { left, operatorToken } = plain;
		if (operatorToken.getText() !== '=') return null;
		return ts.isPropertyAccessExpression(left) ? left.name.text : left.getText();
	}
	const isNamed =
		ts.isPropertyAssignment(plain) ||
		ts.isPropertyDeclaration(plain) ||
		ts.isVariableDeclaration(plain) ||
		ts.isBindingElement(plain);
	const isText = isNamed && (ts.isIdentifier(plain.name) || ts.isStringLiteral(plain.name));
	return isText ? plain.name.text : null;
}

/** The name that is given what a node stands in, within its statement. */
function holderOf(plain: Plain): string | null {
	const { ts } = morph();
	for (let one = plain.parent; one && !ts.isBlock(one); one = one.parent) {
		const name = givenName(one);
		if (name !== null) return name;
	}
	return null;
}

/** The variable, and the names by which the module speaks of it. */
export function spokenOf(source: Morph.SourceFile, variable: string): Spoken {
	const holders = wordsIn(source)
		.filter(({ text }) => text === variable)
		.flatMap(({ plain }) => holderOf(plain) ?? []);
	const own = { variable, aliases: [] };
	const aliases = holders.filter((name) => !speaksOf(name, own) && mayBeAlias(name, variable));
	return { variable, aliases: [...new Set(aliases)] };
}

/** The nodes that speak of a variable, in order. */
export function mentionsOf(source: Morph.SourceFile, spoken: Spoken): Morph.Node[] {
	const variables = variablesAsked(source);
	return wordsIn(source)
		.filter(({ text }) => isOf(text, spoken, variables))
		.map(({ plain }) => wrapped(source, plain));
}

/** A longer name may be that of another variable: DATABASE_URL_REPLICA. */
function isOf(text: string, spoken: Spoken, variables: string[]): boolean {
	if (!speaksOf(text, spoken)) return false;
	const whole = wordsOf(text).join('_').toUpperCase();
	return whole === spoken.variable || !variables.includes(whole);
}

/** The other variables that are spoken of within a node, by their own names or names spelled like them. */
export function othersIn(node: Morph.Node, spoken: Spoken): string[] {
	const source = node.getSourceFile();
	const variables = variablesAsked(source);
	const words = plainBelow(node.compilerNode, (plain) => wordOf(plain) !== null);
	return [node.compilerNode, ...words].flatMap((plain) => {
		const text = wordOf(plain) ?? '';
		if (isOf(text, spoken, variables)) return [];
		const whole = wordsOf(text).join('_').toUpperCase();
		return variables.includes(whole) && whole !== spoken.variable ? [whole] : [];
	});
}
