// Which function of the module a call calls: by its name, on the spot, or as a method of a class.
import { type Morph, morph } from '../../text/source.ts';
import { type Callable, localFunction } from './helper-functions.ts';
import { unwrap } from './object-literal.ts';
import { schemaParameters } from './schema-helpers.ts';
import { isInline } from './scope.ts';
import { classesIn } from './statements.ts';

/** Null for what is not a plain function of the module. */
export function calledBy(call: Morph.CallExpression): Callable | null {
	const { Node } = morph();
	const callee = unwrap(call.getExpression());
	const isOwn = isInline(callee);
	const named = Node.isIdentifier(callee) ? callee.getText() : null;
	const callable = isOwn
		? callee
		: named
			? localFunction(call.getSourceFile(), named)
			: methodCalled(callee);
	// What a function checks by a schema that it is given says nothing without what it is given.
	if (!callable || callable.isAsync() || schemaParameters(callable).length > 0) return null;
	return callable;
}

/** `Environment.read` of a class of the module, and `this.read` within one. */
function methodCalled(callee: Morph.Expression): Callable | null {
	const { Node, SyntaxKind } = morph();
	const owner = Node.isPropertyAccessExpression(callee) ? callee.getExpression() : undefined;
	if (!Node.isPropertyAccessExpression(callee)) return null;
	if (Node.isThisExpression(owner)) {
		const own = callee.getFirstAncestorByKind(SyntaxKind.ClassDeclaration);
		return own?.getMethods().find((one) => one.getName() === callee.getName()) ?? null;
	}
	if (!Node.isIdentifier(owner)) return null;
	const found = classesIn(callee.getSourceFile()).find((one) => one.getName() === owner.getText());
	return found?.getStaticMethod(callee.getName()) ?? null;
}
