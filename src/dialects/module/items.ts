// From where a variable is spoken of to the part of a list that is about it alone: a property, an element, a member, a statement.
import { type Morph, morph } from '../../text/source.ts';
import { othersIn } from './mentions.ts';
import { type Spoken, speaksOf } from './spellings.ts';

/** Things of one kind, one beside the other. */
export interface List {
	nodes: Morph.Node[];
	/** What stands between two of them. */
	separator: ',' | '' | '|' | '||';
}

/** The list that a node is a part of; null for a node that is none of several. */
export function listAround(node: Morph.Node): List | null {
	const { Node } = morph();
	const parent = node.getParent();
	if (Node.isObjectLiteralExpression(parent))
		return { nodes: parent.getProperties(), separator: ',' };
	if (Node.isArrayLiteralExpression(parent)) return { nodes: parent.getElements(), separator: ',' };
	if (Node.isObjectBindingPattern(parent)) return { nodes: parent.getElements(), separator: ',' };
	if (Node.isNamedExports(parent)) return { nodes: parent.getElements(), separator: ',' };
	if (Node.isEnumDeclaration(parent)) return { nodes: parent.getMembers(), separator: ',' };
	if (Node.isUnionTypeNode(parent)) return { nodes: parent.getTypeNodes(), separator: '|' };
	const isMembers = Node.isInterfaceDeclaration(parent) || Node.isTypeLiteral(parent);
	if (isMembers || Node.isClassDeclaration(parent))
		return { nodes: parent.getMembers(), separator: '' };
	return statementsAround(node) ?? wordsAround(node);
}

function statementsAround(node: Morph.Node): List | null {
	const { Node } = morph();
	const parent = node.getParent();
	if (Node.isCaseBlock(parent)) return { nodes: parent.getClauses(), separator: '' };
	const isRoom = Node.isBlock(parent) || Node.isSourceFile(parent) || Node.isModuleBlock(parent);
	return isRoom && Node.isStatement(node) ? { nodes: parent.getStatements(), separator: '' } : null;
}

/** `requireAll('A', 'B')`, and `!a || !b` of a check. */
function wordsAround(node: Morph.Node): List | null {
	const { Node } = morph();
	const parent = node.getParent();
	if (Node.isBinaryExpression(parent))
		return isTerm(node) ? { nodes: [node], separator: '||' } : null;
	if (!Node.isCallExpression(parent) || parent.getArguments().length < 2) return null;
	const all = parent.getArguments();
	return all.every((one) => Node.isStringLiteral(one)) && all.some((one) => one === node)
		? { nodes: all, separator: ',' }
		: null;
}

/** One of several terms of what an `if` asks. */
function isTerm(node: Morph.Node): boolean {
	const { Node } = morph();
	const parent = node.getParent();
	if (Node.isBinaryExpression(parent))
		return parent.getOperatorToken().getText() === '||' && isTerm(parent);
	return Node.isIfStatement(parent) && parent.getExpression() === node;
}

/** The name that a part of a list has among the others; null for one without. */
export function nameOf(node: Morph.Node): string | null {
	const { Node } = morph();
	if (Node.isVariableStatement(node)) {
		const [first, ...others] = node.getDeclarations();
		return first && others.length === 0 ? first.getName() : '';
	}
	if (Node.isPropertyNamed(node) || Node.isBindingElement(node) || Node.isExportSpecifier(node))
		return node.getName().replace(/^['"]|['"]$/g, '');
	if (Node.isFunctionDeclaration(node) || Node.isClassDeclaration(node))
		return node.getName() ?? '';
	const isNamed =
		Node.isInterfaceDeclaration(node) ||
		Node.isTypeAliasDeclaration(node) ||
		Node.isEnumDeclaration(node) ||
		Node.isModuleDeclaration(node);
	if (isNamed || Node.isShorthandPropertyAssignment(node)) return node.getName();
	return Node.isGetAccessorDeclaration(node) || Node.isMethodDeclaration(node)
		? node.getName()
		: null;
}

/** `return` and `throw` are never written twice, and an import is another module's. */
function isNoItem(node: Morph.Node): boolean {
	const { Node } = morph();
	return (
		Node.isReturnStatement(node) ||
		Node.isThrowStatement(node) ||
		Node.isImportDeclaration(node) ||
		Node.isConstructorDeclaration(node)
	);
}

/**
 * The smallest part of a list around a mention that can stand beside itself under another name. Null where there is none;
 * 'shared' where it speaks of another variable too.
 */
export function itemAround(mention: Morph.Node, spoken: Spoken): Morph.Node | null | 'shared' {
	for (const node of [mention, ...mention.getAncestors()]) {
		if (listAround(node) === null || isNoItem(node)) continue;
		const name = nameOf(node);
		if (name !== null && !speaksOf(name, spoken)) continue;
		return othersIn(node, spoken).length > 0 ? 'shared' : node;
	}
	return null;
}
