// Dialect `functions`: one exported function for each variable: `export function getDatabaseUrl() { … }`.
import type { KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, ready, unclear } from './dialect.ts';
import { OF_ANOTHER } from './edit/beside.ts';
import { placeMember } from './edit/place.ts';
import { plainRead } from './edit/plain-read.ts';
import { ASKS_MORE } from './edit/said.ts';
import { readsVariable } from './module/environment.ts';
import { exportedValues, exportOf, isDeclared } from './module/exports.ts';
import { type Callable, returned } from './module/helper-functions.ts';
import { nameLike, replaceWord, usualFor, wordsOf } from './module/names.ts';
import { isPublicVariable, reachesBrowser } from './module/reach.ts';
import { type Read, readOf } from './module/reads.ts';
import { isFallback, trimmed } from './module/same-value.ts';
import { constantValue, isInline } from './module/scope.ts';
import { functionsIn } from './module/statements.ts';

/** An exported function that gives the very value of one variable, and needs nothing. */
interface Getter extends Read {
	name: string;
	statement: Morph.Statement;
}

/** Every function that is exported by its own name. */
function exportedFunctions(source: Morph.SourceFile) {
	const declared = functionsIn(source).map((callable) => ({
		name: callable.getName() ?? '',
		callable: callable as Callable,
		statement: callable as Morph.Statement,
	}));
	const held = exportedValues(source).flatMap(({ value, declaration }) => {
		const statement = declaration?.getVariableStatement();
		return declaration && statement && isInline(value)
			? [{ name: declaration.getName(), callable: value as Callable, statement }]
			: [];
	});
	return [...declared, ...held].filter(({ name }) => exportOf(source, name)?.kind === 'named');
}

/** What a returned expression reads, also by a name of the function, and without the blanks around it. */
function readIn(value: Morph.Expression): Read | null {
	const held = morph().Node.isIdentifier(value) ? constantValue(value, value.getText()) : undefined;
	const whole = held ?? value;
	return readOf(trimmed(whole) ?? whole);
}

/** What a function reads, where it gives nothing but one variable's own value; null for any other function. */
function readBy(callable: Callable): Read | null {
	if (callable.isAsync() || callable.getParameters().some((one) => !one.isOptional())) return null;
	const values = returned(callable).filter((one) => !isFallback(one, new Set()));
	const reads = values.map(readIn);
	const [first] = reads;
	const isOne = first && reads.every((one) => one?.variable === first.variable);
	if (!isOne || isPublicVariable(first.variable)) return null;
	return { ...first, copyable: reads.every((one) => one?.copyable) };
}

function gettersIn(source: Morph.SourceFile): Getter[] {
	return exportedFunctions(source).flatMap(({ name, callable, statement }) => {
		const read = readBy(callable);
		return read && !reachesBrowser(source, name) ? [{ ...read, name, statement }] : [];
	});
}

/** `getDatabaseUrl` -> `getRedisUrl`; null where a function is called otherwise than its variable. */
function nameFor({ name, variable }: Getter, fresh: string): string | null {
	const [own, words] = [wordsOf(variable), wordsOf(name)];
	const start = words.findIndex((_, at) => own.every((word, index) => words[at + index] === word));
	if (start < 0) return null;
	const parts = [...words.slice(0, start), ...wordsOf(fresh), ...words.slice(start + own.length)];
	if (/^[A-Z_0-9]+$/.test(name)) return parts.join('_').toUpperCase();
	if (name.includes('_')) return parts.join('_');
	const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);
	const isAcronym = (word: string) =>
		/^(?:url|uri|dsn)$/.test(word) && name.includes(word.toUpperCase());
	return parts
		.map((word, at) => (at === 0 ? word : isAcronym(word) ? word.toUpperCase() : capital(word)))
		.join('');
}

/** The same function for another variable; null where more of it would have to be other than its names. */
function copyOf(getter: Getter, fresh: string) {
	const { statement, variable, name, copyable } = getter;
	const local = copyable ? nameFor(getter, fresh) : null;
	if (local === null || ASKS_MORE.test(statement.getText())) return null;
	const held = (one: string) => nameLike(wordsOf(one), []);
	const names = [
		[name, local],
		[variable, fresh],
		[held(variable), held(fresh)],
	] as const;
	const text = names.reduce((all, [own, by]) => replaceWord(all, own, by), statement.getText());
	const rest = names.reduce((all, [, by]) => all.replaceAll(by, ''), text);
	return OF_ANOTHER.test(wordsOf(rest).join(' '))
		? null
		: { name: variable, local, text, statement };
}

/** The function that gives the variable already, where a dialect finds no place for it. */
export function orFunction(plan: KeyPlan, source: Morph.SourceFile, variable: string): KeyPlan {
	if (plan.kind === 'ready') return plan;
	const there = gettersIn(source).find((one) => one.variable === variable);
	return there ? ready({ kind: 'named', name: there.name }, `${there.name}()`) : plan;
}

function planFunction(source: Morph.SourceFile, variable: string): KeyPlan {
	const getters = gettersIn(source);
	const there = getters.find((one) => one.variable === variable);
	if (there) return ready({ kind: 'named', name: there.name }, `${there.name}()`);
	const copy = usualFor(
		getters.flatMap((one) => copyOf(one, variable) ?? []),
		variable,
	);
	const name = copy?.local ?? 'getRedisUrl';
	const read = plainRead(getters[0]?.statement ?? source, variable);
	const snippet = copy?.text ?? `export const redisUrl = ${read};`;
	if (!copy) return unclear('its functions give no example for a new one', snippet);
	if (readsVariable(source, variable) || isDeclared(source, name)) {
		return unclear(`it already has ${variable}, but not as a plain value`, snippet);
	}
	const nodes = getters.map(({ statement }) => statement);
	const names = getters.map((one) => one.variable);
	const added = { name: variable, text: copy.text, variable };
	const insertions = placeMember({ nodes, names, separator: '' }, added);
	return ready({ kind: 'named', name }, `${name}()`, insertions);
}

export const functionsDialect: Dialect = {
	name: 'functions',
	mention: ENVIRONMENT,
	// One that gives a variable may stand beside anything; several are how a module gives its settings.
	recognise: (source) => new Set(gettersIn(source).map(({ variable }) => variable)).size > 1,
	addKey: planFunction,
};
