// The variables that a value is made from, also by way of a conversion: `Number(process.env.PORT)`, `number('PORT')`.
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import { isEnvironment } from './environment.ts';
import { localFunction } from './helper-functions.ts';
import { isImported } from './imports.ts';
import { askedOf, readOf, VARIABLE } from './reads.ts';
import { remembered } from './remembered.ts';

/** True when a value is made from a variable, also by way of a conversion: `Number(process.env.PORT)`. */
export function readsAnything(value: Morph.Expression): boolean {
	return variablesIn(value).size > 0;
}

/** The variables that a value is made from, also by way of a conversion. */
export const variablesIn = remembered((value: Morph.Expression): Set<string> => {
	const { Node } = morph();
	return new Set(
		[value, ...nodesBelow(value, mayRead)].flatMap((node) => {
			const isMade = Node.isCallExpression(node) && isConversion(node);
			const [first] = isMade ? askedOf(node).words : [];
			const converted = Node.isStringLiteral(first) ? first.getLiteralText() : [];
			return readOf(node)?.variable ?? converted;
		}),
	);
});

/** What is not made of other reads: a name, an access, a call. What is called, and the name behind a dot, are no values. */
function mayRead(plain: Morph.ts.Node): boolean {
	const { ts } = morph();
	if (ts.isPropertyAccessExpression(plain)) return plain.name.text !== 'env';
	if (!ts.isIdentifier(plain))
		return ts.isCallExpression(plain) || ts.isElementAccessExpression(plain);
	const { parent, text } = plain;
	const isCallee = ts.isCallExpression(parent) && parent.expression === plain;
	const isBehindDot = ts.isPropertyAccessExpression(parent) && parent.name === plain;
	return text !== 'process' && !isCallee && !isBehindDot;
}

/** `number('PORT', 3000)`: a helper that gives something made from the variable. */
export function isConversion(node: Morph.Node): boolean {
	const { Node } = morph();
	if (!Node.isCallExpression(node)) return false;
	const { environment, words } = askedOf(node);
	const [first] = words;
	if (!Node.isStringLiteral(first) || !VARIABLE.test(first.getLiteralText())) return false;
	const name = node.getExpression().getText();
	const helper = localFunction(node.getSourceFile(), name);
	if (helper === null) return isImported(node.getExpression()) && /env/i.test(name);
	return environment >= 0 || mentionsEnvironment(helper);
}

const mentionsEnvironment = remembered((helper: Morph.Node): boolean =>
	helper.getDescendants().some((one) => isEnvironment(one)),
);
