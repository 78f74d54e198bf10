// Dialect `destructuring`: `export const { PORT, DATABASE_URL: databaseUrl } = process.env`.
import { type Morph, morph } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { ready, unclear } from './dialect.ts';
import { nameLike, wordsOf } from './edit/names.ts';
import { placeMember } from './edit/place.ts';
import { isEnvironment } from './module/environment.ts';
import { isDeclared } from './module/exports.ts';

/** The exported pattern over process.env. */
function patternOf(source: Morph.SourceFile): Morph.ObjectBindingPattern | undefined {
	const { Node } = morph();
	return source
		.getVariableStatements()
		.filter((statement) => statement.hasExportKeyword())
		.flatMap((statement) => statement.getDeclarations())
		.filter((declaration) => isEnvironment(declaration.getInitializer()))
		.map((declaration) => declaration.getNameNode())
		.find(Node.isObjectBindingPattern);
}

function variableOf(element: Morph.BindingElement): string {
	return element.getPropertyNameNode()?.getText() ?? element.getName();
}

/** The name under which a variable is exported: its own, or in the case of the other names. */
function newName(elements: Morph.BindingElement[], variable: string): string {
	const renamed = elements.filter((element) => element.getPropertyNameNode() !== undefined);
	if (renamed.length * 2 <= elements.length) return variable;
	return nameLike(
		wordsOf(variable),
		renamed.map((element) => element.getName()),
	);
}

export const destructuringDialect: Dialect = {
	name: 'destructuring',
	recognise: (source) => patternOf(source) !== undefined,
	addKey(source, variable) {
		const nodes = patternOf(source)?.getElements() ?? [];
		const there = nodes.find((element) => variableOf(element) === variable);
		if (there) return ready({ kind: 'named', name: there.getName() }, there.getName());
		const name = newName(nodes, variable);
		const text = name === variable ? variable : `${variable}: ${name}`;
		if (nodes.length === 0 || isDeclared(source, name)) return unclear(`${name} is taken`, text);
		// A rest element has to stay the last one, and sorting would not know it.
		const names = nodes.map((element) =>
			element.getDotDotDotToken() ? null : variableOf(element),
		);
		const insertions = placeMember(
			{ nodes, names, separator: ',' },
			{ name: variable, text, variable },
		);
		return ready({ kind: 'named', name }, name, insertions);
	},
};
