// Whether a module leaves values out by their names, as of what it logs or gives away: one more would be told where its siblings are not.
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import { nodesOf } from './inert.ts';
import { nameOf } from './items.ts';
import { variablesAsked } from './mentions.ts';
import { isAddressOrSecret, relatedness } from './names.ts';

/** Most modules hold none of these words, and are looked through no further. */
const MENTION =
	/omit|exclu|without|except|redact|mask|hid(?:e|den)|strip|scrub|sanit|\bdelete\b|\bcase ['"]|\.\.\.|[!=]==? ?['"]/i;
/** `Config.redacted(…)` of Effect declares a variable. */
const LEAVES_OUT = /omit|exclude|without|except|redact(?!ed)|mask|hide|strip|scrub|sanit/i;
/** What stands for a value that is not told. */
const INSTEAD =
	/^(?:undefined|null|['"`](?:[^\w]*|.*(?:redact|hidden|mask|removed|secret).*)['"`])$/i;
const KEY = /^_?(?:k|key|name|field|prop|property)$/i;
const HIDES = /sensitive|secret|mask|redact|hid(?:e|den)|private|censor|scrub|\*\*/i;

function textsIn(node: Morph.Node): string[] {
	const { Node } = morph();
	if (Node.isStringLiteral(node)) return [node.getLiteralText()];
	if (Node.isArrayLiteralExpression(node)) return node.getElements().flatMap(textsIn);
	return Node.isObjectLiteralExpression(node)
		? node.getProperties().flatMap((one) => nameOf(one) ?? [])
		: [];
}

/** `key === 'databaseUrl'` */
function compared(node: Morph.BinaryExpression): string[] {
	if (!/^[!=]==?$/.test(node.getOperatorToken().getText())) return [];
	const sides = [node.getLeft(), node.getRight()];
	return sides.some((side) => KEY.test(side.getText())) ? sides.flatMap(textsIn) : [];
}

/** `switch (key) { case 'databaseUrl': … }` */
function comparedBy(node: Morph.CaseClause): string[] {
	const choice = node.getFirstAncestorByKind(morph().SyntaxKind.SwitchStatement);
	return KEY.test(choice?.getExpression().getText() ?? '') ? textsIn(node.getExpression()) : [];
}

/** `const MASKED = /KEY|DATABASE_URL/` fits another address, and not the new one. */
function fitsOthers(source: Morph.SourceFile, names: readonly string[]): boolean {
	const { Node, ts, SyntaxKind } = morph();
	const others = variablesAsked(source).filter((name) => !names.includes(name));
	return nodesBelow(source, ts.isRegularExpressionLiteral)
		.filter(Node.isRegularExpressionLiteral)
		.some((one) => {
			const holder = one.getFirstAncestorByKind(SyntaxKind.VariableDeclaration);
			const statement = one.getFirstAncestorByKind(SyntaxKind.ReturnStatement);
			if (!HIDES.test(`${holder?.getName()} ${statement?.getText()}`)) return false;
			const fits = (name: string): boolean => one.getLiteralValue().test(name);
			return (
				others.some((name) => relatedness(name, 'REDIS_URL') > 2 && fits(name)) && !names.some(fits)
			);
		});
}

/** `{ ...config, databaseUrl: '[redacted]' }` */
function overridden(node: Morph.ObjectLiteralExpression): string[] {
	const { Node } = morph();
	const all = node.getProperties();
	const first = all.findIndex((one) => Node.isSpreadAssignment(one));
	const behind = first < 0 ? [] : all.slice(first);
	return behind.flatMap((one) => {
		const value = Node.isPropertyAssignment(one) ? one.getInitializer()?.getText() : undefined;
		return value !== undefined && INSTEAD.test(value) ? (nameOf(one) ?? []) : [];
	});
}

function leftOutBy(node: Morph.Node): string[] {
	const { Node } = morph();
	if (Node.isCallExpression(node))
		return LEAVES_OUT.test(node.getExpression().getText())
			? node.getArguments().flatMap(textsIn)
			: [];
	if (Node.isBinaryExpression(node)) return compared(node);
	if (Node.isCaseClause(node)) return comparedBy(node);
	if (Node.isObjectLiteralExpression(node)) return overridden(node);
	const deleted = Node.isDeleteExpression(node) ? node.getExpression() : undefined;
	const isKey =
		Node.isPropertyAccessExpression(deleted) && !/\benv$/.test(deleted.getExpression().getText());
	return isKey ? [deleted.getName()] : [];
}

/** True where addresses or secrets are left out by name, and none of these names is among them. */
export function leavesOut(source: Morph.SourceFile, names: readonly string[]): boolean {
	if (!MENTION.test(source.getFullText())) return false;
	const { ts } = morph();
	const kinds = [
		ts.isCallExpression,
		ts.isBinaryExpression,
		ts.isObjectLiteralExpression,
		ts.isDeleteExpression,
		ts.isCaseClause,
	];
	if (fitsOthers(source, names)) return true;
	const nodes = nodesOf(source, (plain) => kinds.some((isKind) => isKind(plain)));
	const left = nodes.flatMap(leftOutBy).filter(isAddressOrSecret);
	return left.length > 0 && !names.some((name) => left.includes(name));
}
