// Dialect `effect`: `export const env = Effect.runSync(Config.all({ databaseUrl: Config.string('DATABASE_URL') }))`.
import type { KeyPlan } from '../model.ts';
import { type Morph, morph } from '../source.ts';
import type { Dialect } from './dialect.ts';
import { member, ready, unclear } from './dialect.ts';
import { nameLike, wordsOf } from './edit/names.ts';
import { addEntry } from './edit/new-entry.ts';
import { addToTypes } from './edit/type-members.ts';
import { follow, type Given, givenValues } from './module/given.ts';
import { entriesOf } from './module/object-literal.ts';
import {
	calledOf,
	configRead,
	effectModule,
	type Group,
	givesText,
	groupOf,
	leavesOfGroup,
} from './schema/effect-config.ts';

/** What `Effect.runSync(…)` runs, also written as a pipe; null when nothing is run. */
function programOf(value: Morph.Expression): Morph.Expression | null {
	const { Node } = morph();
	const called = calledOf(value, 'Effect');
	if (called?.name === 'runSync') return called.arguments[0] ?? null;
	const callee = Node.isCallExpression(value) ? value.getExpression() : undefined;
	if (!Node.isCallExpression(value) || !Node.isPropertyAccessExpression(callee)) return null;
	const name = effectModule(value.getSourceFile(), 'Effect');
	const [step, ...others] = value.getArguments();
	const runs = callee.getName() === 'pipe' && step?.getText() === `${name}.runSync`;
	return runs && others.length === 0 ? callee.getExpression() : null;
}

interface Run {
	given: Given;
	program: Morph.Expression;
}

function runsIn(source: Morph.SourceFile): Run[] {
	return givenValues(source, 'env').flatMap((given) => {
		const program = programOf(given.value);
		return program && mentionsConfig(follow(program).value) ? [{ given, program }] : [];
	});
}

function mentionsConfig(value: Morph.Expression): boolean {
	return [value, ...value.getDescendants()].some((node) => calledOf(node, 'Config') !== null);
}

/** Exported values that Effect has yet to run. */
function notRun(source: Morph.SourceFile): Given[] {
	return givenValues(source, 'AppConfig').filter(
		({ value }) => calledOf(value, 'Config') || configRead(value) || readingGroup(value),
	);
}

function readingGroup(value: Morph.Expression): boolean {
	const group = groupOf(value);
	return leavesOfGroup(group?.object).some(({ entry }) => configRead(entry.value));
}

/** A read of one more text, as the module writes them. */
function plainRead(source: Morph.SourceFile, variable: string): string {
	const { SyntaxKind } = morph();
	const calls = source.getDescendantsOfKind(SyntaxKind.CallExpression);
	const reads = calls.filter((call) => configRead(call)?.bare);
	const isNewer = reads.some((call) => /^[A-Z]/.test(configRead(call)?.by ?? ''));
	const quote = reads[0]?.getArguments()[0]?.getText().charAt(0) ?? "'";
	const text = isNewer ? 'String' : 'string';
	return `${effectModule(source, 'Config') ?? 'Config'}.${text}(${quote}${variable}${quote})`;
}

function entryText(source: Morph.SourceFile, variable: string): string {
	return `${nameLike(wordsOf(variable), [])}: ${plainRead(source, variable)},`;
}

interface Place {
	object: Morph.ObjectLiteralExpression;
	/** The group that `object` is, if not the whole. */
	path: string[];
	/** Where the key does not follow the siblings: the key, and the rest of the path in its value. */
	fixed: { key: string; rest: string[]; text: string } | null;
}

/** The group of the same name, a new group where groups are the habit, or the object itself. */
function placeIn({ object, by }: Group, variable: string, text: string): Place {
	const words = wordsOf(variable);
	const prefix = words.slice(0, -1);
	const entries = entriesOf(object);
	const groups = entries.flatMap(({ key, value }) => {
		const callee = calledOf(value, 'Config') && value?.getText().split('(')[0];
		const group = callee ? groupOf(value) : null;
		return group && callee && by !== 'gen' ? [{ key, callee, object: group.object }] : [];
	});
	const leaves = groups.flatMap((group) => entriesOf(group.object).map(({ key }) => key));
	const leaf = nameLike(words.slice(-1), leaves);
	const own = groups.find(({ key }) => wordsOf(key).join() === prefix.join());
	if (own) {
		return { object: own.object, path: [own.key], fixed: { key: leaf, rest: [], text } };
	}
	const [first] = groups;
	if (!first || groups.length * 2 <= entries.length || prefix.length === 0) {
		return { object, path: [], fixed: null };
	}
	const names = groups.map(({ key }) => key);
	const value = `${first.callee}({ ${leaf}: ${text} })`;
	return { object, path: [], fixed: { key: nameLike(prefix, names), rest: [leaf], text: value } };
}

function addRead(run: Run, group: Group, variable: string): KeyPlan {
	const plain = plainRead(group.object.getSourceFile(), variable);
	const text = group.by === 'gen' ? `yield* ${plain}` : plain;
	const { object, path, fixed } = placeIn(group, variable, text);
	const rest = fixed?.rest ?? [];
	const added = addEntry(object, {
		variable,
		otherwise: fixed?.text ?? text,
		...(fixed ? { key: fixed.key } : {}),
		copyable({ value }) {
			const read = rest.length > 0 ? null : configRead(value);
			return read?.bare && givesText(read) ? read.variable : null;
		},
	});
	if (!added) return unclear('its keys leave no place for the new one', text);
	const whole = [...path, ...added.path, ...rest];
	const typed = addToTypes(run.given.types, { ...added, path: whole, variable }, 'string');
	if (!typed) return unclear('its type is declared in another module', text);
	return ready(run.given.import, member(run.given.base, whole), [...typed, ...added.insertions]);
}

/** The value that is there already; null when the module does not read the variable. */
function present({ given, program }: Run, variable: string): KeyPlan | null {
	const alone = configRead(program);
	const leaves = leavesOfGroup(groupOf(program)?.object);
	const leaf = leaves.find(({ entry }) => configRead(entry.value)?.variable === variable);
	const read = alone?.variable === variable ? alone : configRead(leaf?.entry.value ?? null);
	if (!read) return null;
	const expression = member(given.base, leaf?.path ?? []);
	if (givesText(read)) return ready(given.import, expression);
	if (/^redacted$/i.test(read.by)) {
		return unclear(`its ${variable} is redacted`, `Redacted.value(${expression})`);
	}
	const snippet = entryText(program.getSourceFile(), variable);
	return unclear(`its ${variable} is not read as a plain text`, snippet);
}

/** What a user may write where the module leaves the running to others. */
function unrun(source: Morph.SourceFile, variable: string): KeyPlan {
	const [given] = notRun(source);
	const snippet = entryText(source, variable);
	if (!given) return unclear('it gives its values in a way not known here', snippet);
	const key = nameLike(wordsOf(variable), []);
	const reason = 'it exports what Effect has yet to run, and no values';
	return unclear(reason, `${snippet}\nEffect.runSync(${given.base}).${key}`);
}

function planRead(source: Morph.SourceFile, variable: string): KeyPlan {
	const runs = runsIn(source);
	for (const run of runs) {
		const there = present(run, variable);
		if (there) return there;
	}
	const snippet = entryText(source, variable);
	const groups = runs.flatMap((run) => {
		const group = groupOf(run.program);
		return group ? [{ run, group }] : [];
	});
	const [first] = groups;
	if (!first) return unrun(source, variable);
	if (groups.some(({ group }) => group.object !== first.group.object)) {
		return unclear('it exports more than one object', snippet);
	}
	return addRead(first.run, first.group, variable);
}

export const effectDialect: Dialect = {
	name: 'effect',
	recognise: (source) =>
		effectModule(source, 'Config') !== null &&
		(runsIn(source).length > 0 || notRun(source).length > 0),
	addKey: planRead,
};
