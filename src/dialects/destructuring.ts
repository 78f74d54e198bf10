// Dialect `destructuring`: `export const { PORT, DATABASE_URL: databaseUrl } = process.env`.
import type { Morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, unclear } from './dialect.ts';
import { planInPattern } from './edit/pattern-key.ts';
import { isEnvironment } from './module/environment.ts';
import { type ExportedPattern, exportedPatterns } from './module/exports.ts';
import { mostTelling } from './module/names.ts';
import { isPublicVariable } from './module/reach.ts';
import { propertyOf } from './module/scope.ts';

/** The exported patterns over process.env. */
function patternsIn(source: Morph.SourceFile): ExportedPattern[] {
	return exportedPatterns(source).filter(({ value, pattern }) => {
		const variables = pattern.getElements().map(propertyOf);
		return isEnvironment(value) && !variables.every(isPublicVariable);
	});
}

/** The pattern that has the variable, else the one that has what tells most of how an address is treated. */
function patternFor(source: Morph.SourceFile, variable: string): ExportedPattern | undefined {
	const all = patternsIn(source).flatMap((one) =>
		one.pattern.getElements().map((node) => ({ name: propertyOf(node), one })),
	);
	return (all.find(({ name }) => name === variable) ?? mostTelling(all, variable)[0])?.one;
}

export const destructuringDialect: Dialect = {
	name: 'destructuring',
	mention: ENVIRONMENT,
	recognise: (source) => patternsIn(source).length > 0,
	addKey(source, variable) {
		const pattern = patternFor(source, variable);
		if (!pattern)
			return unclear(
				'it takes nothing from process.env',
				`export const { ${variable} } = process.env;`,
			);
		return planInPattern(pattern, [variable], variable);
	},
};
