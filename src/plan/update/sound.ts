// Whether a merged module can be loaded, as far as its text alone tells: a merge without a conflict can still be none. Pure.
import { FlueError } from '../../errors.ts';
import { firstSyntaxError, type Morph, morph, parse, syntaxErrors } from '../../text/source.ts';
import { spliceText } from '../splice.ts';

/** The names that an import binds. */
function importedNames(one: Morph.ImportDeclaration): string[] {
	const named = one
		.getNamedImports()
		.map((name) => name.getAliasNode()?.getText() ?? name.getName());
	const others = [one.getDefaultImport(), one.getNamespaceImport()].map((name) => name?.getText());
	return [...named, ...others.filter((name) => name !== undefined)];
}

/** The names that a statement declares: each of a pattern too. */
function declaredNames(statement: Morph.Node): string[] {
	const { Node } = morph();
	if (Node.isImportDeclaration(statement)) return importedNames(statement);
	if (Node.isFunctionDeclaration(statement) || Node.isClassDeclaration(statement))
		return [statement.getName() ?? 'a default export'];
	if (Node.isExportAssignment(statement)) return ['a default export'];
	if (!Node.isVariableStatement(statement)) return [];
	return statement.getDeclarations().flatMap((declaration) => {
		const name = declaration.getNameNode();
		return Node.isIdentifier(name)
			? [name.getText()]
			: name.getDescendants().flatMap((one) => (Node.isBindingElement(one) ? namesIn(one) : []));
	});
}

/** The name of a node that gives one, in any scope. */
function namesIn(node: Morph.Node): string[] {
	const { Node } = morph();
	const isNamed =
		Node.isVariableDeclaration(node) ||
		Node.isBindingElement(node) ||
		Node.isParameterDeclaration(node) ||
		Node.isFunctionDeclaration(node) ||
		Node.isFunctionExpression(node) ||
		Node.isClassDeclaration(node) ||
		Node.isTypeAliasDeclaration(node) ||
		Node.isInterfaceDeclaration(node) ||
		Node.isEnumDeclaration(node) ||
		Node.isTypeParameterDeclaration(node);
	const name = isNamed ? node.getNameNode() : undefined;
	return Node.isIdentifier(name) ? [name.getText()] : [];
}

/** Names that a module uses and does not bind. */
function freeNames(file: Morph.SourceFile): Set<string> {
	const { Node, SyntaxKind } = morph();
	const bound = new Set([
		...file.getImportDeclarations().flatMap(importedNames),
		...file.getDescendants().flatMap(namesIn),
	]);
	const used = file.getDescendantsOfKind(SyntaxKind.Identifier).filter((node) => {
		const parent = node.getParent();
		const isName =
			(Node.isPropertyAccessExpression(parent) ||
				Node.isPropertyAssignment(parent) ||
				Node.isMethodDeclaration(parent) ||
				Node.isPropertySignature(parent)) &&
			parent.getNameNode() === node;
		return !isName && !Node.isImportSpecifier(parent) && !Node.isBindingElement(parent);
	});
	return new Set(used.map((node) => node.getText()).filter((name) => !bound.has(name)));
}

/** The same import twice is what two hands write that need the same: one of them goes. */
export function withoutTwinImports(text: string): string {
	const seen = new Set<string>();
	const twins = parse('db.ts', text)
		.getImportDeclarations()
		.filter((one) => {
			const words = one.getText().replace(/['";\s]/g, '');
			return seen.has(words) || !seen.add(words);
		});
	const splices = twins.map((one) => {
		const end = /^\r?\n/.exec(text.slice(one.getEnd()))?.[0].length ?? 0;
		return { start: one.getStart(), end: one.getEnd() + end, text: '' };
	});
	return spliceText(text, splices);
}

/**
 * What does not parse is neither of a version nor can be merged.
 * @throws UNREADABLE_PROJECT
 */
export function checkParses(path: string, text: string): void {
	const fault = firstSyntaxError(parse(path, text));
	if (fault === null) return;
	const message = `${path}:${fault.line} does not parse: ${fault.message}`;
	const hint = 'Mend it first: what does not parse cannot be merged.';
	throw new FlueError('UNREADABLE_PROJECT', message, { path, hint });
}

/** What the parser has against a text; null when it has nothing. */
function syntaxFault(text: string): string | null {
	return syntaxErrors(parse('db.ts', text))[0] ?? null;
}

/** Names that are declared more than once at the top, as overloads are. */
function twiceDeclared(file: Morph.SourceFile): string[] {
	const names = file.getStatements().flatMap(declaredNames);
	return names.filter((name, index) => names.indexOf(name) !== index);
}

/** Why a merged text could not be loaded, in a clause; null when nothing in it says so. `sources`: what it was merged of. */
export function faultOf(merged: string, sources: readonly string[]): string | null {
	const syntax = syntaxFault(merged);
	if (syntax !== null) return `it does not parse: ${syntax.replace(/\.$/, '')}`;
	const file = parse('db.ts', merged);
	const before = new Set(sources.flatMap((source) => twiceDeclared(parse('db.ts', source))));
	const twice = twiceDeclared(file).find((name) => !before.has(name));
	if (twice !== undefined) return `it declares ${twice} twice`;
	const known = sources.flatMap((source) => [...freeNames(parse('db.ts', source))]);
	const lost = [...freeNames(file)].find((name) => !known.includes(name));
	return lost === undefined ? null : `it uses ${lost}, which it does not declare`;
}
