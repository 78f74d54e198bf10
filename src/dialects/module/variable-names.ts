// Every variable that a module reads, and the names that it gives them: constants, and the keys of its objects.
import { type Morph, morph } from '../../text/source.ts';
import { variableOfElement } from './environment.ts';
import { isData, nodesOf } from './inert.ts';
import { entriesOf } from './object-literal.ts';
import { readOf } from './reads.ts';

/** Variable -> the names for it beside its own. */
export function bindingNames(source: Morph.SourceFile): Map<string, string[]> {
	const { Node } = morph();
	const found = new Map<string, string[]>();
	const add = (variable: string | null | undefined, name?: string) => {
		if (!variable) return;
		const names = found.get(variable) ?? [];
		found.set(variable, name && name !== variable ? [...names, name] : names);
	};
	for (const node of nodesOf(source, mayName)) {
		if (Node.isVariableDeclaration(node))
			add(readOf(node.getInitializer())?.variable, node.getName());
		else if (Node.isBindingElement(node)) add(variableOfElement(node), node.getName());
		else if (Node.isObjectLiteralExpression(node)) {
			for (const { key, value } of entriesOf(node)) add(readOf(value)?.variable, key);
		} else if (Node.isPropertyAccessExpression(node) || Node.isCallExpression(node)) {
			add(readOf(node)?.variable);
		}
	}
	return found;
}

/** What gives a variable a name, or reads one by its own: another access or call does neither. */
function mayName(plain: Morph.ts.Node): boolean {
	const { ts } = morph();
	if (ts.isPropertyAccessExpression(plain)) return /^[A-Z]/.test(plain.name.text);
	const [first] = ts.isCallExpression(plain) ? plain.arguments : [];
	if (first) return ts.isStringLiteral(first);
	if (ts.isObjectLiteralExpression(plain)) return !isData(plain);
	if (ts.isVariableDeclaration(plain)) {
		return plain.initializer !== undefined && !isData(plain.initializer);
	}
	return ts.isBindingElement(plain);
}
