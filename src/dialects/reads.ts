// What an expression reads from the environment, and whether it gives the variable's very value.
import { type Morph, morph } from '../source.ts';
import { destructured, directRead } from './environment.ts';
import { topVariable } from './exports.ts';
import { givesVariable, localFunction, passesThrough } from './helper-functions.ts';

export interface Read {
	variable: string;
	/** A sibling for another variable may be written the same way: no default, no narrower type. */
	copyable: boolean;
	/** The innermost part, e.g. `process.env.PORT` or `required('PORT')`. */
	by: 'process' | 'helper' | 'name';
}

const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

/** Imported functions cannot be looked into: these names promise a text, unchanged. */
const TRUSTED =
	/^(?:get|read|load|must|require|required|mandatory|ensure|assert|str|string|optional)*(?:env|environment|required?|mandatory)(?:var|variable|string|or(?:throw|fail|die))*$/i;

/** What an expression reads when its value is the variable's, unchanged whenever the variable is set; else null. */
export function readOf(expression: Morph.Node | null | undefined): Read | null {
	if (!expression) return null;
	const { Node } = morph();
	if (Node.isParenthesizedExpression(expression) || Node.isNonNullExpression(expression)) {
		return readOf(expression.getExpression());
	}
	if (Node.isAsExpression(expression) || Node.isSatisfiesExpression(expression)) {
		const inner = readOf(expression.getExpression());
		const wide = /^string( \| undefined)?$/.test(expression.getTypeNode()?.getText() ?? '');
		return inner && { ...inner, copyable: inner.copyable && wide };
	}
	if (Node.isBinaryExpression(expression)) return withFallback(expression);
	if (Node.isCallExpression(expression)) return helperRead(expression);
	if (Node.isIdentifier(expression)) return readByName(expression);
	const variable = directRead(expression);
	return variable === null ? null : { variable, copyable: true, by: 'process' };
}

function withFallback(expression: Morph.BinaryExpression): Read | null {
	const operator = expression.getOperatorToken().getText();
	if (operator !== '||' && operator !== '??') return null;
	const read = readOf(expression.getLeft());
	return read && { ...read, copyable: read.copyable && isNoDefault(expression.getRight()) };
}

/** An empty text, or a call that only complains: a copy of it gives no other value. */
function isNoDefault(fallback: Morph.Expression): boolean {
	const { Node } = morph();
	if (Node.isStringLiteral(fallback)) return fallback.getLiteralText() === '';
	if (Node.isIdentifier(fallback)) return fallback.getText() === 'undefined';
	return (
		Node.isCallExpression(fallback) &&
		/fail|throw|missing|raise|panic|never/i.test(fallback.getExpression().getText())
	);
}

function readByName(name: Morph.Identifier): Read | null {
	const source = name.getSourceFile();
	const variable = destructured(source).get(name.getText());
	if (variable !== undefined) return { variable, copyable: false, by: 'name' };
	const declaration = topVariable(source, name.getText());
	const value = declaration?.getInitializer();
	if (!value || value === name.getParent()) return null;
	const read = morph().Node.isIdentifier(value) ? null : readOf(value);
	return read && { ...read, copyable: false, by: 'name' };
}

/** What a helper call reads when its value is the variable's; else null. */
function helperRead(call: Morph.CallExpression): Read | null {
	const { Node } = morph();
	const callee = call.getExpression();
	const [first, ...others] = call.getArguments();
	if (!Node.isIdentifier(callee)) return null;
	const source = call.getSourceFile();
	const local = localFunction(source, callee.getText());
	if (Node.isStringLiteral(first) && VARIABLE.test(first.getLiteralText())) {
		const known = local ? givesVariable(local) : isImported(source, callee) && isTrusted(callee);
		if (!known) return null;
		return { variable: first.getLiteralText(), copyable: others.length === 0, by: 'helper' };
	}
	// `assertSet(process.env.X, 'X')`
	const inner = readOf(first);
	if (inner === null || local === null || !passesThrough(local)) return null;
	const labels = others.every((other) => Node.isStringLiteral(other));
	return { ...inner, copyable: inner.copyable && labels, by: 'helper' };
}

function isTrusted(callee: Morph.Identifier): boolean {
	return TRUSTED.test(callee.getText());
}

function isImported(source: Morph.SourceFile, callee: Morph.Identifier): boolean {
	return source
		.getImportDeclarations()
		.some(
			(one) =>
				one.getDefaultImport()?.getText() === callee.getText() ||
				one
					.getNamedImports()
					.some(
						(name) => (name.getAliasNode() ?? name.getNameNode()).getText() === callee.getText(),
					),
		);
}
