// Dialect `effect`: `export const env = Effect.runSync(Config.all({ databaseUrl: Config.string('DATABASE_URL') }))`.
import type { KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, member, ready, unclear } from './dialect.ts';
import { addKey } from './edit/object-key.ts';
import { type Given, givenBy } from './module/given.ts';
import { callsIn, importsLibrary } from './module/library-calls.ts';
import { nameLike, wordsOf } from './module/names.ts';
import { leavesOf } from './module/object-literal.ts';
import { follow } from './module/origins.ts';
import {
	type ConfigRead,
	calledOf,
	configRead,
	effectPath,
	givesText,
	groupIn,
	pipeOf,
	type Result,
	resultOf,
	writtenConfig,
} from './schema/effect-config.ts';

/** Something exported that is one value, and the types that it is checked against. */
interface Export {
	given: Given;
	value: Morph.Expression;
	types: Morph.TypeNode[];
}

function exportsOf(source: Morph.SourceFile, fallback: string): Export[] {
	return givenBy(source, fallback).flatMap((given) => {
		const [origin, ...others] = given.origins;
		const isPlain = origin?.path.length === 0 && others.length === 0 && given.obstacle === null;
		return origin && isPlain ? [{ given, value: origin.value, types: origin.types }] : [];
	});
}

/** What `Effect.runSync(…)` runs, also written as a pipe; null when nothing is run. */
function programOf(value: Morph.Expression): Morph.Expression | null {
	const called = calledOf(value, 'Effect');
	if (called?.name === 'runSync') return called.arguments[0] ?? null;
	const { from, steps } = pipeOf(value) ?? { from: null, steps: [] };
	const [step, ...others] = steps;
	const runs = step && others.length === 0 && effectPath(step, 'Effect') === 'runSync';
	return runs ? from : null;
}

interface Run extends Export {
	program: Morph.Expression;
}

function runsIn(source: Morph.SourceFile): Run[] {
	return exportsOf(source, 'env').flatMap((one) => {
		const program = programOf(one.value);
		return program && mentionsConfig(follow(program).value) ? [{ ...one, program }] : [];
	});
}

function mentionsConfig(value: Morph.Expression): boolean {
	const calls = value.getDescendantsOfKind(morph().SyntaxKind.CallExpression);
	return [value, ...calls].some((node) => calledOf(node, 'Config') !== null);
}

function readsOf(result: Result | null): ConfigRead[] {
	const leaves = result ? leavesOf(result.object, groupIn) : [];
	return leaves.flatMap(({ entry }) => configRead(entry.value) ?? []);
}

/** Exported values that Effect has yet to run. */
function notRun(source: Morph.SourceFile): Export[] {
	return exportsOf(source, 'AppConfig').filter(
		({ value }) =>
			calledOf(value, 'Config') || configRead(value) || readsOf(resultOf(value)).length > 0,
	);
}

/** A read of one more text, as the module writes them. */
function textRead(source: Morph.SourceFile, variable: string): string {
	const reads = callsIn(source).filter((call) => configRead(call)?.bare);
	const isNewer = reads.some((call) => /^[A-Z]/.test(configRead(call)?.by ?? ''));
	const quote = reads[0]?.getArguments()[0]?.getText().charAt(0) ?? "'";
	return `${writtenConfig(source, isNewer ? 'String' : 'string')}(${quote}${variable}${quote})`;
}

function addRead({ given, types }: Run, { object, by }: Result, variable: string): KeyPlan {
	const text = textRead(object.getSourceFile(), variable);
	return addKey(
		{ ...given, object, types },
		{
			variable,
			otherwise: by === 'gen' ? `yield* ${text}` : text,
			type: 'string',
			copyable(value) {
				const read = configRead(value);
				return read?.bare && givesText(read) ? read.variable : null;
			},
			groupIn,
		},
	);
}

/** The value that is there already; null when the module does not read the variable. */
function present({ given, program }: Run, variable: string): KeyPlan | null {
	const result = resultOf(program);
	const leaves = result ? leavesOf(result.object, groupIn) : [];
	const candidates = [
		{ path: [], read: configRead(program) },
		...leaves.map(({ entry, path }) => ({ path, read: configRead(entry.value) })),
	];
	const there = candidates.find(({ read }) => read?.variable === variable);
	if (!there?.read) return null;
	const expression = member(given.base, there.path);
	if (givesText(there.read)) return ready(given.import, expression);
	if (/^redacted$/i.test(there.read.by)) {
		return unclear(`its ${variable} is redacted`, `const url = Redacted.value(${expression});`);
	}
	const snippet = `${nameLike(wordsOf(variable), [])}: ${textRead(program.getSourceFile(), variable)},`;
	return unclear(`its ${variable} is not read as a plain text`, snippet);
}

function planRead(source: Morph.SourceFile, variable: string): KeyPlan {
	const runs = runsIn(source);
	const [there] = runs.flatMap((run) => present(run, variable) ?? []);
	if (there) return there;
	const key = nameLike(wordsOf(variable), []);
	const snippet = `${key}: ${textRead(source, variable)},`;
	const results = runs.flatMap((run) => {
		const result = resultOf(run.program);
		return result ? [{ run, result }] : [];
	});
	const [first] = results;
	if (first) {
		const isOne = results.every(({ result }) => result.object === first.result.object);
		if (isOne) return addRead(first.run, first.result, variable);
		return unclear('it exports more than one object', snippet);
	}
	const [unrun] = notRun(source);
	if (!unrun)
		return unclear('it gives its values in a way that this command does not know', snippet);
	const reason = 'it exports what Effect has yet to run, and no values';
	if (new RegExp(`['"]${variable}['"]`).test(source.getFullText())) return unclear(reason, '');
	return unclear(reason, `${snippet}\nEffect.runSync(${unrun.given.base}).${key}`);
}

export const effectDialect: Dialect = {
	name: 'effect',
	mention: /['"]effect(?:\/\w+)?['"]/,
	recognise: (source) =>
		importsLibrary(source, /^effect(?:\/Config)?$/) &&
		(runsIn(source).length > 0 || notRun(source).length > 0),
	addKey: planRead,
};
