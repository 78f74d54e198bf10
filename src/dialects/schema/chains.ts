// Chains of calls that begin at a library: `z.string().min(1)` -> `string`, then `min`. By the module's imports.
import { type Morph, morph } from '../../source.ts';
import { objectIn, unwrap } from '../module/object-literal.ts';
import { constantValue } from '../module/scope.ts';

/** Named exports that are the library itself: `import { z } from 'zod'`, `import { Type as t } from …`. */
const WHOLE = new Set(['z', 'Joi', 'joi', 'Type', 'Value']);

interface Imported {
	local: string;
	/** '' for the library itself. */
	name: string;
}

function importedFrom(source: Morph.SourceFile, library: RegExp): Imported[] {
	return source
		.getImportDeclarations()
		.filter((one) => library.test(one.getModuleSpecifierValue()) && !one.isTypeOnly())
		.flatMap((one) => {
			const whole = [one.getDefaultImport(), one.getNamespaceImport()];
			const named = one.getNamedImports().filter((each) => !each.isTypeOnly());
			return [
				...whole.flatMap((name) => (name ? [{ local: name.getText(), name: '' }] : [])),
				...named.map((each) => ({
					local: each.getAliasNode()?.getText() ?? each.getName(),
					name: WHOLE.has(each.getName()) ? '' : each.getName(),
				})),
			];
		});
}

/** True when the module imports more than types from the library. */
export function importsLibrary(source: Morph.SourceFile, library: RegExp): boolean {
	return importedFrom(source, library).length > 0;
}

/** How the module writes a function of the library: `z.string`, `string`; null when it cannot without a new import. */
export function written(source: Morph.SourceFile, library: RegExp, name: string): string | null {
	const imported = importedFrom(source, library);
	const whole = imported.find((one) => one.name === '');
	if (whole) return `${whole.local}.${name}`;
	return imported.find((one) => one.name === name)?.local ?? null;
}

/** `z.coerce.string` -> `coerce.string`, `string` -> `string`; null for what is not of the library. */
export function libraryPath(node: Morph.Node, library: RegExp): string | null {
	const { Node } = morph();
	if (Node.isIdentifier(node)) {
		const found = importedFrom(node.getSourceFile(), library);
		return found.find(({ local }) => local === node.getText())?.name ?? null;
	}
	if (!Node.isPropertyAccessExpression(node)) return null;
	const base = libraryPath(node.getExpression(), library);
	if (base === null) return null;
	// `import * as zod`, then `zod.z.string`.
	return base === '' || WHOLE.has(base) ? node.getName() : `${base}.${node.getName()}`;
}

export interface Step {
	name: string;
	arguments: Morph.Expression[];
}

export interface Chain {
	/** The function of the library that begins it. */
	root: Step;
	/** The call of that function. */
	call: Morph.CallExpression;
	steps: Step[];
}

export function argumentsOf(call: Morph.CallExpression): Morph.Expression[] {
	const { Node } = morph();
	return call.getArguments().filter((one) => Node.isExpression(one));
}

/** The chain that an expression is, also under the name of a constant. */
export function chainOf(expression: Morph.Expression, library: RegExp): Chain | null {
	const { Node } = morph();
	const inner = unwrap(expression);
	if (Node.isIdentifier(inner)) {
		const value = constantValue(inner, inner.getText());
		return value ? chainOf(value, library) : null;
	}
	if (!Node.isCallExpression(inner)) return null;
	const callee = inner.getExpression();
	const name = libraryPath(callee, library);
	const own = argumentsOf(inner);
	if (name !== null) return { root: { name, arguments: own }, call: inner, steps: [] };
	const before = Node.isPropertyAccessExpression(callee)
		? chainOf(callee.getExpression(), library)
		: null;
	if (!before || !Node.isPropertyAccessExpression(callee)) return null;
	return { ...before, steps: [...before.steps, { name: callee.getName(), arguments: own }] };
}

/** An object literal, also under the name of a constant. */
export function literalOf(
	node: Morph.Expression | null | undefined,
): Morph.ObjectLiteralExpression | null {
	const literal = objectIn(node ?? undefined);
	if (literal || !node || !morph().Node.isIdentifier(node)) return literal;
	return objectIn(constantValue(node, node.getText()));
}

/** True for a name that the module imports from anywhere. */
export function isImported(name: Morph.Expression): boolean {
	if (!morph().Node.isIdentifier(name)) return false;
	return name
		.getSourceFile()
		.getImportDeclarations()
		.some((one) => {
			const named = one.getNamedImports().map((each) => each.getAliasNode() ?? each.getNameNode());
			return [one.getDefaultImport(), ...named].some((each) => each?.getText() === name.getText());
		});
}
