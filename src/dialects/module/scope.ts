// From a name to what declares it in the same module, by the enclosing blocks.
import { type Morph, morph } from '../../source.ts';

/** What binds a name: a variable, an element of a destructuring pattern, or a parameter. */
export type Binding = Morph.VariableDeclaration | Morph.BindingElement | Morph.ParameterDeclaration;

/** The nearest binding of a name, seen from a node; undefined for imports, functions and unknown names. */
export function bindingOf(from: Morph.Node, name: string): Binding | undefined {
	const { Node } = morph();
	for (const scope of from.getAncestors()) {
		if (Node.isFunctionLikeDeclaration(scope) || Node.isFunctionExpression(scope)) {
			const parameter = scope.getParameters().find((one) => one.getName() === name);
			if (parameter) return parameter;
		}
		if (!Node.isBlock(scope) && !Node.isSourceFile(scope)) continue;
		const found = scope.getVariableStatements().flatMap((one) => one.getDeclarations());
		const binding = found.map((one) => boundBy(one, name)).find((one) => one !== undefined);
		if (binding) return binding;
	}
	return undefined;
}

function boundBy(declaration: Morph.VariableDeclaration, name: string): Binding | undefined {
	const { Node } = morph();
	const pattern = declaration.getNameNode();
	if (Node.isIdentifier(pattern)) return pattern.getText() === name ? declaration : undefined;
	if (!Node.isObjectBindingPattern(pattern)) return undefined;
	return pattern.getElements().find((one) => one.getName() === name);
}

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
