// Every place in which a module speaks of one of its variables, as parts of lists that can stand there once more.
import { type Morph, morph } from '../../text/source.ts';
import { isEnvironment } from './environment.ts';
import { importsOf } from './imports.ts';
import { nodesOf } from './inert.ts';
import { itemAround } from './items.ts';
import { mentionsOf, spokenOf } from './mentions.ts';
import { liesInReach } from './reach.ts';
import { COMPLAINS } from './reads.ts';
import { remembered } from './remembered.ts';
import { type Spoken, saidOf } from './spellings.ts';

export interface Neighbour {
	spoken: Spoken;
	/** In order; none lies within another. */
	items: Morph.Node[];
}

const ASKS_MORE =
	/[!=]==?(?!=|\s*(?:['"`]{2}|undefined\b|null\b))|\.(?:startsWith|endsWith|includes|test|match)\(|\bURL\(|\.length\s*[<>]/;

/** A value that is used: of a constant, or of what was read. */
function isUse(mention: Morph.Node): boolean {
	const { Node } = morph();
	const parent = mention.getParent();
	if (!Node.isIdentifier(mention) || !parent) return false;
	if (Node.isPropertyAccessExpression(parent))
		return parent.getNameNode() !== mention || !/\benv\b/i.test(parent.getExpression().getText());
	const isDeclared =
		(Node.isPropertyNamed(parent) || Node.isBindingNamed(parent)) &&
		parent.getNameNode() === mention;
	return !isDeclared && Node.isExpression(mention);
}

/** What only tells somebody, or is made of the value, is no part of how it is declared; a check is. */
function isAside(mention: Morph.Node, spoken: Spoken): boolean {
	const { Node } = morph();
	const statement = mention.getFirstAncestor(Node.isStatement);
	if (/^(?:console|log|logger)\b/.test(statement?.getText() ?? '')) return true;
	const check = mention.getFirstAncestor(Node.isIfStatement);
	const asked = check?.getExpression().getText() ?? '';
	const isAsked = saidOf(asked, spoken, 'X_X') !== asked && COMPLAINS.test(check?.getText() ?? '');
	// What another address has to look like is not asked of this one.
	return isAsked ? ASKS_MORE.test(asked) : isUse(mention);
}

/** Null where a place cannot be had once more. */
export function itemsOf(source: Morph.SourceFile, variable: string): Neighbour | null {
	if (isCheckedElsewhere(source)) return null;
	const spoken = spokenOf(source, variable);
	const items = new Set<Morph.Node>();
	for (const mention of mentionsOf(source, spoken)) {
		const isCheck = mention.getFirstAncestor(morph().Node.isIfStatement) !== undefined;
		if (isCheck && !isUse(mention) && isAside(mention, spoken)) continue;
		const item = itemAround(mention, spoken);
		if (item && item !== 'shared') items.add(item);
		else if (!isAside(mention, spoken)) return null;
	}
	const all = [...items].filter((one) => !isAsideCheck(one, spoken));
	const isInner = (one: Morph.Node) =>
		all.some(
			(other) => other !== one && other.getPos() <= one.getPos() && other.getEnd() >= one.getEnd(),
		);
	const outer = all.filter((one) => !isInner(one));
	return outer.length === 0 || outer.some(isElsewhere) ? null : { spoken, items: outer };
}

/** `EnvSchema.parse(process.env)` of another file, which would have to know the variable too; not `need(process.env, 'URL')`. */
const isCheckedElsewhere = remembered((source: Morph.SourceFile): boolean => {
	const { Node, ts } = morph();
	return nodesOf(source, ts.isCallExpression).some((call) => {
		if (!Node.isCallExpression(call)) return false;
		const [root = ''] = call.getExpression().getText().split(/[.?(]/);
		const all = call.getArguments();
		const isNamed = all.some((one) => Node.isStringLiteral(one));
		const isGiven = importsOf(source).some(({ local }) => local === root);
		return isGiven && !isNamed && all.some((one) => isEnvironment(one));
	});
});

/** `if (!databaseUrl.startsWith('postgres')) throw …` */
function isAsideCheck(item: Morph.Node, spoken: Spoken): boolean {
	const { Node } = morph();
	if (!Node.isIfStatement(item)) return false;
	const mention = item.getExpression().getDescendants().at(-1) ?? item.getExpression();
	return isAside(mention, spoken);
}

/** Read by browsers, or in an object whose type is another file's, which would have to know it too. */
function isElsewhere(item: Morph.Node): boolean {
	const { Node } = morph();
	const source = item.getSourceFile();
	if (liesInReach(source, item.getStart(), item.getEnd())) return true;
	if (!Node.isObjectLiteralExpression(item.getParent())) return false;
	const imported = importsOf(source).map(({ local }) => local);
	return item.getAncestors().some((one) => {
		const isTyped = Node.isAsExpression(one) || Node.isSatisfiesExpression(one);
		const type =
			isTyped || Node.isVariableDeclaration(one) || Node.isPropertyDeclaration(one)
				? one.getTypeNode()
				: returnTypeOf(one);
		const words = type?.getText().match(/[\w$]+/g) ?? [];
		return words.some((word) => imported.includes(word));
	});
}

function returnTypeOf(callable: Morph.Node): Morph.TypeNode | undefined {
	return morph().Node.isReturnTyped(callable) ? callable.getReturnTypeNode() : undefined;
}
