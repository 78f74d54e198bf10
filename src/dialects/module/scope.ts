// From a name to what declares it in the same module, by the enclosing blocks.
import { type Morph, morph, nodesAround, wrapped } from '../../text/source.ts';
import { remembered, rememberedBy } from './remembered.ts';

/** What binds a name: a variable, an element of a destructuring pattern, or a parameter. */
export type Binding = Morph.VariableDeclaration | Morph.BindingElement | Morph.ParameterDeclaration;

/** True for every kind of function. */
export function isFunction(node: Morph.Node): node is Morph.Node & Morph.ParameteredNode {
	const { Node } = morph();
	return Node.isFunctionLikeDeclaration(node) || Node.isFunctionExpression(node);
}

/** True for a function that is written as a value. */
export function isInline(
	node: Morph.Node | undefined,
): node is Morph.ArrowFunction | Morph.FunctionExpression {
	const { Node } = morph();
	return Node.isArrowFunction(node) || Node.isFunctionExpression(node);
}

/** The functions and blocks around a node, and the module; nearest first. */
function scopesAround(from: Morph.Node): Morph.Node[] {
	const { ts } = morph();
	return nodesAround(
		from,
		(plain) => ts.isBlock(plain) || ts.isSourceFile(plain) || ts.isFunctionLike(plain),
	);
}

/** The nearest binding of a name, seen from a node; undefined for imports, functions and unknown names. */
export function bindingOf(from: Morph.Node, name: string): Binding | undefined {
	const { Node } = morph();
	for (const scope of scopesAround(from)) {
		if (isFunction(scope)) {
			const parameter = scope.getParameters().find((one) => one.getName() === name);
			if (parameter) return parameter;
		}
		const declared =
			Node.isBlock(scope) || Node.isSourceFile(scope) ? declaredIn(scope, name) : undefined;
		if (declared) return declared;
	}
	return undefined;
}

/** The variable of that name, or the element of a pattern, among the statements of a block. */
export const declaredIn = rememberedBy(
	(
		scope: Morph.Block | Morph.SourceFile,
		name,
	): Morph.VariableDeclaration | Morph.BindingElement | undefined => {
		const { Node } = morph();
		const found = namesIn(scope.compilerNode.statements).get(name);
		const node = found && wrapped(scope, found.parent);
		return Node.isVariableDeclaration(node) || Node.isBindingElement(node) ? node : undefined;
	},
);

/** On the plain tree: every name of a module is looked up, and to wrap every statement each time takes long. */
const namesIn = remembered((statements: readonly Morph.ts.Statement[]) => {
	const { ts } = morph();
	const found = new Map<string, Morph.ts.Identifier>();
	// Of equal names the first one counts.
	const add = (name: Morph.ts.BindingName) => {
		if (ts.isIdentifier(name) && !found.has(name.text)) found.set(name.text, name);
	};
	for (const one of statements) {
		if (!ts.isVariableStatement(one)) continue;
		for (const { name } of one.declarationList.declarations) {
			if (ts.isObjectBindingPattern(name)) for (const each of name.elements) add(each.name);
			else add(name);
		}
	}
	return found;
});

/**
 * The expression that a constant stands for; undefined for `let`, patterns and parameters.
 * Only a constant that is declared before: so following names always ends.
 */
export function constantValue(from: Morph.Node, name: string): Morph.Expression | undefined {
	const { Node } = morph();
	const binding = bindingOf(from, name);
	if (!Node.isVariableDeclaration(binding) || binding.getEnd() > from.getStart()) return undefined;
	const kind = binding.getVariableStatement()?.getDeclarationKind();
	return kind === 'const' ? binding.getInitializer() : undefined;
}

/** The property that an element of a pattern takes: `PORT` of `{ PORT: port }`. */
export function propertyOf(element: Morph.BindingElement): string {
	return element.getPropertyNameNode()?.getText() ?? element.getName();
}
