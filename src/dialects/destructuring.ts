// Dialect `destructuring`: `export const { PORT, DATABASE_URL: databaseUrl } = process.env`.
import type { Morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, unclear } from './dialect.ts';
import { planInPattern } from './edit/pattern-key.ts';
import { isEnvironment } from './module/environment.ts';
import { type ExportedPattern, exportedPatterns } from './module/exports.ts';
import { isPublicVariable } from './module/reach.ts';
import { propertyOf } from './module/scope.ts';

/** The exported pattern over process.env. */
function patternOf(source: Morph.SourceFile): ExportedPattern | undefined {
	return exportedPatterns(source).find(({ value, pattern }) => {
		const variables = pattern.getElements().map(propertyOf);
		return isEnvironment(value) && !variables.every(isPublicVariable);
	});
}

export const destructuringDialect: Dialect = {
	name: 'destructuring',
	mention: ENVIRONMENT,
	recognise: (source) => patternOf(source) !== undefined,
	addKey(source, variable) {
		const pattern = patternOf(source);
		if (!pattern)
			return unclear(
				'it takes nothing from process.env',
				`export const { ${variable} } = process.env;`,
			);
		return planInPattern(pattern, [variable], variable);
	},
};
