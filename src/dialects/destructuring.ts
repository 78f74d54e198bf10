// Dialect `destructuring`: `export const { PORT, DATABASE_URL: databaseUrl } = process.env`.
import type { KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, unclear, withInsertions } from './dialect.ts';
import { planRead } from './edit/object-key.ts';
import { planInPattern } from './edit/pattern-key.ts';
import { isEnvironment } from './module/environment.ts';
import { type ExportedPattern, exportedPatterns } from './module/exports.ts';
import { mostTelling } from './module/names.ts';
import { leavesOf, objectIn } from './module/object-literal.ts';
import { isPublicVariable } from './module/reach.ts';
import { constantValue, propertyOf } from './module/scope.ts';

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

/** `const SETTINGS = Object.freeze({ … }); export const { DB_PATH } = SETTINGS;` */
function madeIn(source: Morph.SourceFile) {
	return exportedPatterns(source).flatMap(({ value, pattern, list }) => {
		const held = morph().Node.isIdentifier(value) ? constantValue(value, value.getText()) : value;
		const object = objectIn(held);
		const isRead = object && leavesOf(object).some(({ entry }) => readsIn(entry.value));
		return isRead ? [{ pattern, list, object }] : [];
	});
}

function readsIn(value: Morph.Node | null | undefined): boolean {
	return /\bprocess\.env\b/.test(value?.getText() ?? '');
}

/** The key in the object, and its name where that is taken apart. */
function planMade(source: Morph.SourceFile, variable: string): KeyPlan | null {
	const [made, ...others] = madeIn(source);
	if (!made || others.length > 0) return null;
	const types: Morph.TypeNode[] = [];
	const target = { import: { kind: 'named', name: '_' } as const, base: '_', ...made, types };
	const plan = planRead(target, variable);
	if (plan.kind === 'unclear') return plan;
	const path = plan.access.expression.split('.').slice(1);
	return withInsertions(planInPattern(made, path, variable), plan.insertions);
}

export const destructuringDialect: Dialect = {
	name: 'destructuring',
	mention: ENVIRONMENT,
	recognise: (source) => patternsIn(source).length > 0 || madeIn(source).length === 1,
	addKey(source, variable) {
		const pattern = patternFor(source, variable);
		if (pattern) return planInPattern(pattern, [variable], variable);
		const line = `export const { ${variable} } = process.env;`;
		return planMade(source, variable) ?? unclear('it takes nothing from process.env', line);
	},
};
