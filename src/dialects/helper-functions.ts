// Dialect `helper-functions`: `export function requiredEnv(name) { … }`, which the project's other code asks for variables.
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, ready, unclear } from './dialect.ts';
import { keyLine } from './edit/plain-read.ts';
import { usersOf } from './module/elsewhere.ts';
import { exportedValues, exportOf } from './module/exports.ts';
import { type Callable, givesVariable } from './module/helper-functions.ts';
import { membersOf } from './module/members.ts';
import { mostTelling, replaceWord, usualFor } from './module/names.ts';
import { outletsOf } from './module/outlets.ts';
import { isPublicName } from './module/reach.ts';
import { isInline } from './module/scope.ts';
import { functionsIn } from './module/statements.ts';

/** A function that needs nothing but the name. */
function isAskedByName(callable: Callable): boolean {
	const [, ...others] = callable.getParameters();
	return others.every((one) => one.isOptional()) && givesVariable(callable, { mayTrim: true });
}

/** The exported functions that give the very value of the variable that they are asked for. */
function helpersIn(source: Morph.SourceFile): string[] {
	const functions = functionsIn(source).flatMap((one): [string, Callable][] => [
		[one.getName() ?? '', one],
	]);
	const arrows = exportedValues(source).flatMap(({ value, declaration }): [string, Callable][] =>
		isInline(value) ? [[declaration?.getName() ?? '', value]] : [],
	);
	const named = [...functions, ...arrows]
		.filter(([name, callable]) => isAskedByName(callable) && !isPublicName(name))
		.flatMap(([name]) => {
			const how = exportOf(source, name);
			return how?.kind === 'named' ? [how.name] : [];
		});
	return [...named, ...methodsIn(source)];
}

/** `config.get` of an exported instance or object. */
function methodsIn(source: Morph.SourceFile): string[] {
	const { Node } = morph();
	return outletsOf(source)
		.filter(({ import: how, key }) => how.kind === 'named' && !isPublicName(key))
		.flatMap(({ base, things }) => things.flatMap(membersOf).map((one) => ({ base, ...one })))
		.filter(({ node }) => Node.isMethodDeclaration(node) && isAskedByName(node))
		.map(({ base, key }) => `${base}.${key}`);
}

interface Call {
	/** The variable that is asked for. */
	name: string;
	helper: string;
	text: string;
}

/** What the module's users ask of a helper: `requiredEnv('DATABASE_URL')`. */
function callsOf(helper: string, texts: string[]): Call[] {
	const word = helper.replace(/[$.()]/g, '\\$&');
	const base = /^[\w$]+/.exec(helper)?.[0].replaceAll('$', '\\$');
	const imported = new RegExp(
		`\\bimport\\s*\\{[^}]*(?<![\\w$])${base}(?!\\s+as\\b)(?![\\w$])[^}]*\\}`,
	);
	const call = new RegExp(
		`(?<![\\w$.])${word}\\(\\s*((['"\`])([A-Z][A-Z0-9_]*)\\2)\\s*,?\\s*\\)`,
		'g',
	);
	return texts
		.filter((text) => imported.test(text))
		.flatMap((text) =>
			[...text.matchAll(call)].map(([, quoted = '', , name = '']) => ({
				name,
				helper,
				text: `${helper}(${quoted})`,
			})),
		);
}

/** The call that a new address is asked for with: as the project's other addresses are. */
function usualCall(source: Morph.SourceFile, variable: string): Call | null {
	const calls = helpersIn(source).flatMap((helper) => callsOf(helper, usersOf(source)));
	const there = calls.find(({ name }) => name === variable);
	const alike = mostTelling(calls, variable).map((call) => ({
		...call,
		text: replaceWord(call.text, call.name, variable),
	}));
	return there ?? usualFor(alike, variable) ?? null;
}

export const helperFunctionsDialect: Dialect = {
	name: 'helper-functions',
	mention: /\bprocess\b|std-env/,
	recognise: (source) => usersOf(source).length > 0 && usualCall(source, 'X') !== null,
	addKey(source, variable) {
		const call = usualCall(source, variable);
		if (!call)
			return unclear('nothing asks its functions for a variable', keyLine(source, variable));
		return ready({ kind: 'named', name: /^[\w$]+/.exec(call.helper)?.[0] ?? '' }, call.text);
	},
};
