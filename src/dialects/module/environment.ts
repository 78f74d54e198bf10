// Direct reads of process.env in a syntax tree, in every form: dotted, bracketed, destructured, under another name.
import { type Morph, morph } from '../../text/source.ts';
import { isCopyOfEnvironment, isFilledCopy } from './environment-copy.ts';
import { importsOf } from './imports.ts';
import { nodesOf } from './inert.ts';
import { bindingOf, constantValue, isFunction, propertyOf } from './scope.ts';

/** True for an expression that is the whole environment: `process.env`, or a name for it. */
export function isEnvironment(node: Morph.Node | undefined): boolean {
	const { Node } = morph();
	if (
		Node.isAsExpression(node) ||
		Node.isParenthesizedExpression(node) ||
		Node.isNonNullExpression(node)
	) {
		return isEnvironment(node.getExpression());
	}
	if (Node.isPropertyAccessExpression(node)) {
		return /^(?:globalThis\.)?process\??\.env$/.test(node.getText()) || isOwnEnvironment(node);
	}
	if (Node.isElementAccessExpression(node)) return /^process\[(['"])env\1\]$/.test(node.getText());
	if (Node.isCallExpression(node)) return isCopyOfEnvironment(node, isEnvironment);
	if (!Node.isIdentifier(node)) return false;
	const name = node.getText();
	const source = node.getSourceFile();
	if (isImportedEnvironment(source, name)) return true;
	const binding = bindingOf(node, name);
	if (Node.isParameterDeclaration(binding)) return isEnvironmentParameter(binding);
	if (Node.isBindingElement(binding)) return isTakenFromProcess(binding);
	if (isFilledCopy(binding, isEnvironment)) return true;
	const alias = constantValue(node, name);
	return alias !== undefined && !Node.isIdentifier(alias) && isEnvironment(alias);
}

/** `this.#env` in a class with `#env = process.env`, also as a parameter of its constructor. */
function isOwnEnvironment(node: Morph.PropertyAccessExpression): boolean {
	const { Node, SyntaxKind } = morph();
	if (!Node.isThisExpression(node.getExpression())) return false;
	const owner = node.getFirstAncestorByKind(SyntaxKind.ClassDeclaration);
	const held = owner?.getProperty(node.getName()) ?? ownParameter(owner, node.getName());
	if (held !== undefined && isEnvironment(held.getInitializer())) return true;
	return setIn(owner, node.getText()).some((value) => isEnvironment(value) || isSpreadCopy(value));
}

/** What the constructor gives a field: `this.env = env;` */
function setIn(owner: Morph.ClassDeclaration | undefined, field: string): Morph.Expression[] {
	const { Node } = morph();
	const statements = owner?.getConstructors()[0]?.getStatements() ?? [];
	return statements.flatMap((one) => {
		const set = Node.isExpressionStatement(one) ? one.getExpression() : undefined;
		return Node.isBinaryExpression(set) && set.getLeft().getText() === field
			? [set.getRight()]
			: [];
	});
}

/** `{ ...process.env }` */
function isSpreadCopy(value: Morph.Node): boolean {
	const { Node } = morph();
	if (Node.isAsExpression(value)) return isSpreadCopy(value.getExpression());
	const [only, ...others] = Node.isObjectLiteralExpression(value) ? value.getProperties() : [];
	return (
		others.length === 0 && Node.isSpreadAssignment(only) && isEnvironment(only.getExpression())
	);
}

/** `constructor(private readonly env = process.env)` */
function ownParameter(owner: Morph.ClassDeclaration | undefined, name: string) {
	const parameters = owner?.getConstructors()[0]?.getParameters() ?? [];
	return parameters.find((one) => one.isParameterProperty() && one.getName() === name);
}

const ENVIRONMENT_TYPE = /^(?:Readonly<)?(?:NodeJS\.ProcessEnv|typeof process\.env)>?$/;
/** A type of variables, of whatever they are: the parameter's name has to say the rest. */
const VARIABLES_TYPE =
	/^(?:Readonly<)?(?:NodeJS\.Dict<string>|Record<string, string \| undefined>|\{ (?:readonly )?\[\w+: string\]: string \| undefined;? \})>?$/;
const ENVIRONMENT_NAME = /^(?:process)?env(?:ironment|s|vars|variables)?$/i;

/** `function loadConfig(env: NodeJS.ProcessEnv = process.env)` */
export function isEnvironmentParameter(parameter: Morph.ParameterDeclaration): boolean {
	const type = parameter.getTypeNode()?.getText().replace(/\s+/g, ' ') ?? '';
	const isNamed = ENVIRONMENT_NAME.test(parameter.getName()) && VARIABLES_TYPE.test(type);
	return isNamed || ENVIRONMENT_TYPE.test(type) || isEnvironment(parameter.getInitializer());
}

/** The parameter that is the environment where a node stands: what a caller gives has to be read from it. */
export function environmentParameter(from: Morph.Node): Morph.ParameterDeclaration | undefined {
	const { Node } = morph();
	return from
		.getAncestors()
		.filter(isFunction)
		.flatMap((callable) => callable.getParameters())
		.find((one) => Node.isIdentifier(one.getNameNode()) && isEnvironmentParameter(one));
}

function isImportedEnvironment(source: Morph.SourceFile, name: string): boolean {
	return importsOf(source).some(
		({ local, name: exported, from }) =>
			local === name && exported === 'env' && /^(?:(?:node:)?process|std-env)$/.test(from),
	);
}

/** `const { env } = process` */
function isTakenFromProcess(element: Morph.BindingElement): boolean {
	const declaration = element.getParent().getParent();
	if (!morph().Node.isVariableDeclaration(declaration) || propertyOf(element) !== 'env')
		return false;
	return /^(?:globalThis\.)?process$/.test(declaration.getInitializer()?.getText() ?? '');
}

/** `process.env.X`, `process.env['X']` and the same on a name for process.env -> `X`. */
export function directRead(node: Morph.Node | undefined): string | null {
	const { Node } = morph();
	if (Node.isPropertyAccessExpression(node)) {
		return isEnvironment(node.getExpression()) ? node.getName() : null;
	}
	if (!Node.isElementAccessExpression(node) || !isEnvironment(node.getExpression())) return null;
	const key = node.getArgumentExpression();
	const named = tableRead(node);
	if (named) return named.variable;
	return Node.isStringLiteral(key) || Node.isNoSubstitutionTemplateLiteral(key)
		? key.getLiteralText()
		: null;
}

interface TableRead {
	node: Morph.Expression;
	table: Morph.ObjectLiteralExpression;
	property: string;
	variable: string;
}

/** `process.env[names.url]`, where `names` is an object of the module that lists the variables. */
export function tableRead(node: Morph.Expression): TableRead | null {
	const { Node } = morph();
	if (Node.isBinaryExpression(node)) return tableRead(node.getLeft());
	if (!Node.isElementAccessExpression(node) || !isEnvironment(node.getExpression())) return null;
	const key = node.getArgumentExpression();
	const holder = Node.isPropertyAccessExpression(key) ? key.getExpression() : undefined;
	if (!Node.isPropertyAccessExpression(key) || !Node.isIdentifier(holder)) return null;
	const value = constantValue(holder, holder.getText());
	const table = Node.isAsExpression(value) ? value.getExpression() : value;
	if (!Node.isObjectLiteralExpression(table)) return null;
	const property = table.getProperty(key.getName());
	const name = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
	if (!Node.isStringLiteral(name)) return null;
	return { node, table, property: key.getName(), variable: name.getLiteralText() };
}

/** The variable behind an element of `const { X, Y: other } = process.env`; null for any other pattern. */
export function variableOfElement(element: Morph.BindingElement): string | null {
	const { Node } = morph();
	const declaration = element.getParent().getParent();
	if (!Node.isVariableDeclaration(declaration)) return null;
	if (!isEnvironment(declaration.getInitializer())) return null;
	return propertyOf(element);
}

/** True when the module reads the variable directly from process.env, in any form, comments not counted. */
export function readsVariable(source: Morph.SourceFile, variable: string): boolean {
	if (!source.getFullText().includes(variable)) return false;
	const { Node, ts } = morph();
	const isRead = (plain: Morph.ts.Node) =>
		ts.isBindingElement(plain) ||
		ts.isPropertyAccessExpression(plain) ||
		ts.isElementAccessExpression(plain);
	return nodesOf(source, isRead).some((node) => {
		const read = Node.isBindingElement(node) ? variableOfElement(node) : directRead(node);
		return read === variable;
	});
}

/** True where a module reads what only a bundler gives it. */
export function readsBundlerEnvironment(source: Morph.SourceFile): boolean {
	if (!source.getFullText().includes('import.meta.env')) return false;
	return source
		.getDescendantsOfKind(morph().SyntaxKind.PropertyAccessExpression)
		.some((node) => node.getText() === 'import.meta.env');
}
