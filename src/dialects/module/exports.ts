// How a module exports its values: which expression stands behind each export.
import type { Import } from '../../model/key-plan.ts';
import { type Morph, morph, wrapped } from '../../text/source.ts';
import { importsOf } from './imports.ts';
import { dataIn, statementsOf } from './inert.ts';
import { remembered } from './remembered.ts';
import { declaredIn } from './scope.ts';
import { classesIn, functionsOf } from './statements.ts';

/** An exported value, with `export default name` followed to the declaration of `name`. */
export interface Exported {
	import: Import;
	/** What it is declared with; its own name where it is assigned later. */
	value: Morph.Expression;
	/** The variable that holds the value; null for `export default <expression>`. */
	declaration: Morph.VariableDeclaration | null;
}

/** The variable of that name at the top level of the module. */
export function topVariable(
	source: Morph.SourceFile,
	name: string,
): Morph.VariableDeclaration | undefined {
	const declared = declaredIn(source, name);
	return morph().Node.isVariableDeclaration(declared) ? declared : undefined;
}

function fromDeclaration(
	how: Import,
	declaration: Morph.VariableDeclaration | undefined,
): Exported[] {
	const name = declaration?.getNameNode();
	// A pattern (`export const { a } = …`) gives its parts, not its value.
	if (!declaration || !morph().Node.isIdentifier(name)) return [];
	return [{ import: how, value: declaration.getInitializer() ?? name, declaration }];
}

/** The variables of statements that begin with `export`, but for plain data. */
const exportedVariables = remembered((source: Morph.SourceFile): Morph.VariableDeclaration[] =>
	statementsOf(source, isExporting)
		.filter(morph().Node.isVariableStatement)
		.flatMap((statement) => statement.getDeclarations()),
);

function isExporting(plain: Morph.ts.Statement): plain is Morph.ts.VariableStatement {
	const { ts, SyntaxKind } = morph();
	const isExport = ({ kind }: Morph.ts.ModifierLike) => kind === SyntaxKind.ExportKeyword;
	return ts.isVariableStatement(plain) && plain.modifiers?.some(isExport) === true;
}

function named(source: Morph.SourceFile): Exported[] {
	return exportedVariables(source).flatMap(byOwnName);
}

function byOwnName(declaration: Morph.VariableDeclaration): Exported[] {
	return fromDeclaration({ kind: 'named', name: declaration.getName() }, declaration);
}

/** Where `exportedValues` leaves plain data out, this is it. */
export function exportedData(source: Morph.SourceFile): Exported[] {
	return dataIn(source)
		.filter(isExporting)
		.map((plain) => wrapped(source, plain))
		.filter(morph().Node.isVariableStatement)
		.flatMap((statement) => statement.getDeclarations())
		.flatMap(byOwnName);
}

/** How many constants `exportedData` would give. */
export function countOfData(source: Morph.SourceFile): number {
	const data = dataIn(source).filter(isExporting);
	return data.flatMap(({ declarationList }) => declarationList.declarations).length;
}

/** An exported pattern, and what it takes apart: `export const { PORT } = env`. */
export interface ExportedPattern {
	pattern: Morph.ObjectBindingPattern;
	value: Morph.Expression;
	/** The names in `export { … }`, where the statement itself exports none. */
	list: Morph.ExportSpecifier[];
}

const patternDeclarations = remembered((source: Morph.SourceFile): Morph.VariableDeclaration[] => {
	const { Node, ts } = morph();
	const takesApart = (plain: Morph.ts.Statement) =>
		ts.isVariableStatement(plain) &&
		plain.declarationList.declarations.some(({ name }) => ts.isObjectBindingPattern(name));
	return statementsOf(source, takesApart)
		.filter(Node.isVariableStatement)
		.flatMap((statement) => statement.getDeclarations());
});

/** The patterns whose names are exported, by their statement or by a list. */
export function exportedPatterns(source: Morph.SourceFile): ExportedPattern[] {
	const lists = exportLists(source);
	return patternDeclarations(source).flatMap((declaration) => {
		const pattern = declaration.getNameNode();
		const value = declaration.getInitializer();
		if (!value || !morph().Node.isObjectBindingPattern(pattern)) return [];
		if (declaration.getVariableStatement()?.hasExportKeyword()) {
			return [{ pattern, value, list: [] }];
		}
		const names = pattern.getElements().map((one) => one.getName());
		const list = lists.filter(({ local, exported }) => local === exported && names.includes(local));
		return list.length > 0 ? [{ pattern, value, list: list.map(({ node }) => node) }] : [];
	});
}

interface Listed {
	local: string;
	exported: string;
	node: Morph.ExportSpecifier;
}

/** `export { env }` and `export { env as config }` -> the local name and the exported one. */
export const exportLists = remembered((source: Morph.SourceFile): Listed[] => {
	const { Node, ts } = morph();
	return statementsOf(source, ts.isExportDeclaration)
		.filter(Node.isExportDeclaration)
		.filter((declaration) => !declaration.hasModuleSpecifier() && !declaration.isTypeOnly())
		.flatMap((declaration) => declaration.getNamedExports())
		.filter((node) => !node.isTypeOnly())
		.map((node) => ({
			local: node.getName(),
			exported: node.getAliasNode()?.getText() ?? node.getName(),
			node,
		}));
});

function listed(source: Morph.SourceFile): Exported[] {
	return exportLists(source).flatMap(({ local, exported }) => {
		const how: Import =
			exported === 'default' ? { kind: 'default', name: local } : { kind: 'named', name: exported };
		return fromDeclaration(how, topVariable(source, local));
	});
}

/** The expression of `export default …`. */
const defaultExport = remembered((source: Morph.SourceFile): Morph.Expression | null => {
	const { Node, ts } = morph();
	const assignment = statementsOf(source, ts.isExportAssignment)
		.filter(Node.isExportAssignment)
		.find((one) => !one.isExportEquals());
	const expression = assignment?.getExpression();
	return Node.isExpression(expression) ? expression : null;
});

function byDefault(source: Morph.SourceFile, fallback: string): Exported[] {
	const { Node } = morph();
	const value = defaultExport(source);
	if (value === null) return [];
	if (!Node.isIdentifier(value)) {
		const how: Import = { kind: 'default', name: fallback };
		return [{ import: how, value, declaration: null }];
	}
	const name = value.getText();
	return fromDeclaration({ kind: 'default', name }, topVariable(source, name));
}

/**
 * Every exported value, named exports first, but for plain data, which never holds a variable. `fallback` is the local name for a default export that has none.
 * Functions and classes are not values here; see `statements.ts` and `exportOf`.
 */
export function exportedValues(source: Morph.SourceFile, fallback = 'config'): Exported[] {
	return [...named(source), ...listed(source), ...byDefault(source, fallback)];
}

/** How a top-level name (variable, function or class) is exported; null when it is not. */
export function exportOf(source: Morph.SourceFile, name: string): Import | null {
	const { Node } = morph();
	const own = [
		functionsOf(source).get(name),
		classesIn(source).find((one) => one.getName() === name),
		topVariable(source, name)?.getVariableStatement(),
	];
	const statement = own.find((one) => one !== undefined);
	if (statement?.hasExportKeyword()) {
		const isDefault = !Node.isVariableStatement(statement) && statement.hasDefaultKeyword();
		return { kind: isDefault ? 'default' : 'named', name };
	}
	const entry = exportLists(source).find(({ local }) => local === name);
	if (entry && entry.exported !== 'default') return { kind: 'named', name: entry.exported };
	const isDefault = entry !== undefined || defaultExport(source)?.getText() === name;
	return isDefault ? { kind: 'default', name } : null;
}

/** True when a name is declared or imported at the top level of the module. */
export function isDeclared(source: Morph.SourceFile, name: string): boolean {
	const { ts } = morph();
	const declares = (plain: Morph.ts.Statement) =>
		(ts.isFunctionDeclaration(plain) ||
			ts.isClassDeclaration(plain) ||
			ts.isEnumDeclaration(plain)) &&
		plain.name?.text === name;
	return (
		declaredIn(source, name) !== undefined ||
		importsOf(source).some(({ local }) => local === name) ||
		source.compilerNode.statements.some(declares)
	);
}
