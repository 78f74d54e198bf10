// Names in a syntax tree: what a name is bound to, which package it comes from, what a file exports. Pure.
import { type Morph, morph } from '../../text/source.ts';
import { unwrap } from './nodes.ts';

/** A name of a package, e.g. `flue` of `@flue/vite`. `*` is the whole module. */
export interface PackageName {
	module: string;
	name: string;
}

function importBinding(file: Morph.SourceFile, name: string): Morph.Node | undefined {
	for (const declaration of file.getImportDeclarations()) {
		const named = declaration
			.getNamedImports()
			.find((one) => (one.getAliasNode()?.getText() ?? one.getName()) === name);
		if (named) return named;
		const whole = [declaration.getDefaultImport(), declaration.getNamespaceImport()];
		const binding = whole.find((one) => one?.getText() === name);
		if (binding) return binding.getParentOrThrow();
	}
	return undefined;
}

function variableBinding(scope: Morph.StatementedNode, name: string): Morph.Node | undefined {
	const { Node } = morph();
	for (const declaration of scope.getVariableDeclarations()) {
		const target = declaration.getNameNode();
		if (Node.isIdentifier(target) && target.getText() === name) return declaration;
		if (!Node.isObjectBindingPattern(target)) continue;
		const element = target.getElements().find((one) => one.getName() === name);
		if (element) return element;
	}
	return undefined;
}

function bindingIn(scope: Morph.Node, name: string): Morph.Node | undefined {
	const { Node } = morph();
	if (Node.isParametered(scope)) {
		const names = (one: Morph.ParameterDeclaration): string[] =>
			Node.isIdentifier(one.getNameNode())
				? [one.getName()]
				: (one.getName().match(/[\w$]+/g) ?? []);
		const parameter = scope.getParameters().find((one) => names(one).includes(name));
		if (parameter) return parameter;
	}
	if (!Node.isStatemented(scope)) return undefined;
	const local = variableBinding(scope, name) ?? scope.getFunction(name);
	return local ?? (Node.isSourceFile(scope) ? importBinding(scope, name) : undefined);
}

/** What a name is bound to: a variable, a binding element, a function, a parameter or an import; null for a global. */
export function declarationOf(identifier: Morph.Node): Morph.Node | null {
	for (const scope of identifier.getAncestors()) {
		const binding = bindingIn(scope, identifier.getText());
		if (binding) return binding;
	}
	return null;
}

/** The expressions that a `let` receives after its declaration. */
export function assignmentsTo(declaration: Morph.VariableDeclaration): Morph.Node[] {
	const { SyntaxKind } = morph();
	const statement = declaration.getVariableStatement();
	if (!statement || statement.getDeclarationKind() === 'const') return [];
	return statement
		.getParentOrThrow()
		.getDescendantsOfKind(SyntaxKind.BinaryExpression)
		.filter((one) => one.getOperatorToken().getKind() === SyntaxKind.EqualsToken)
		.filter((one) => one.getLeft().getText() === declaration.getName())
		.map((one) => one.getRight());
}

/** The module of `require('x')` or `import('x')`. */
function requiredModule(node: Morph.Node): string | null {
	const { Node, SyntaxKind } = morph();
	const call = unwrap(node);
	if (!Node.isCallExpression(call)) return null;
	const callee = call.getExpression();
	const isImport = callee.getKind() === SyntaxKind.ImportKeyword || callee.getText() === 'require';
	const [argument] = call.getArguments();
	return isImport && Node.isStringLiteral(argument) ? argument.getLiteralValue() : null;
}

/** The module and name of a binding that an import, a re-export or a `require` makes; null for any other node. */
export function importOf(node: Morph.Node): PackageName | null {
	const { Node } = morph();
	if (Node.isImportSpecifier(node))
		return { module: node.getImportDeclaration().getModuleSpecifierValue(), name: node.getName() };
	if (Node.isImportClause(node)) return { module: moduleOfClause(node), name: 'default' };
	if (Node.isNamespaceImport(node))
		return { module: moduleOfClause(node.getParentOrThrow()), name: '*' };
	if (Node.isExportSpecifier(node)) {
		const module = node.getExportDeclaration().getModuleSpecifierValue();
		return module === undefined ? null : { module, name: node.getName() };
	}
	if (Node.isBindingElement(node)) return requiredName(node);
	if (Node.isVariableDeclaration(node)) {
		const module = requiredModule(node.getInitializer() ?? node);
		return module === null ? null : { module, name: '*' };
	}
	const module = requiredModule(node);
	return module === null ? null : { module, name: '*' };
}

function moduleOfClause(clause: Morph.Node): string {
	const declaration = clause.getParentOrThrow();
	return morph().Node.isImportDeclaration(declaration) ? declaration.getModuleSpecifierValue() : '';
}

function requiredName(element: Morph.BindingElement): PackageName | null {
	const { Node } = morph();
	const declaration = element.getParentOrThrow().getParentOrThrow();
	if (!Node.isVariableDeclaration(declaration)) return null;
	const module = requiredModule(declaration.getInitializer() ?? declaration);
	return module === null
		? null
		: { module, name: element.getPropertyNameNode()?.getText() ?? element.getName() };
}

function assignedExports(file: Morph.SourceFile, name: string): Morph.Node[] {
	const { Node } = morph();
	const targets =
		name === 'default'
			? ['module.exports', 'exports.default']
			: [`exports.${name}`, `module.exports.${name}`];
	return file.getStatements().flatMap((statement) => {
		if (!Node.isExpressionStatement(statement)) return [];
		const expression = statement.getExpression();
		if (!Node.isBinaryExpression(expression)) return [];
		return targets.includes(expression.getLeft().getText()) ? [expression.getRight()] : [];
	});
}

function exportedBy(statement: Morph.Node, name: string): Morph.Node[] {
	const { Node } = morph();
	if (Node.isExportAssignment(statement))
		return name === 'default' ? [statement.getExpression()] : [];
	if (Node.isFunctionDeclaration(statement)) {
		// Asked for the keyword: whether it is exported at all would take a type checker, and a list at the end is read by itself.
		const own = statement.hasDefaultKeyword() ? 'default' : statement.getName();
		return statement.hasExportKeyword() && own === name ? [statement] : [];
	}
	if (Node.isVariableStatement(statement) && statement.hasExportKeyword())
		return statement.getDeclarations().filter((one) => one.getName() === name);
	return Node.isExportDeclaration(statement) ? exportedNames(statement, name) : [];
}

function exportedNames(statement: Morph.ExportDeclaration, name: string): Morph.Node[] {
	const named = statement
		.getNamedExports()
		.filter((one) => (one.getAliasNode()?.getText() ?? one.getName()) === name);
	return statement.hasModuleSpecifier() ? named : named.map((one) => one.getNameNode());
}

/** What a file exports as `name` (`default` included): expressions, functions, variables or re-exports. */
export function exportsOf(file: Morph.SourceFile, name: string): Morph.Node[] {
	const found = file.getStatements().flatMap((statement) => exportedBy(statement, name));
	return [...found, ...assignedExports(file, name)];
}
