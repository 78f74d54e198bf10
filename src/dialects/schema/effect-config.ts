// The Config of Effect, versions 3 and 4: what `Config.string('PORT')` reads, and the object that a program gives.
import { type Morph, morph } from '../../source.ts';
import { follow } from '../module/given.ts';
import { returned } from '../module/helper-functions.ts';
import { libraryNames, writtenName } from '../module/library.ts';
import { type Entry, entriesOf, objectIn } from '../module/object-literal.ts';

/** How the module writes one of Effect's own modules, e.g. `Config`; null when it does not import it. */
export function effectModule(source: Morph.SourceFile, name: 'Config' | 'Effect'): string | null {
	const [own] = libraryNames(source, `effect/${name}`);
	return own ?? writtenName(source, 'effect', name);
}

interface Called {
	/** E.g. `string` of `Config.string(…)`. */
	name: string;
	arguments: Morph.Expression[];
}

/** A call of a function of `Config` or `Effect`; null for anything else. */
export function calledOf(
	node: Morph.Node | null | undefined,
	name: 'Config' | 'Effect',
): Called | null {
	const { Node } = morph();
	if (!node || !Node.isCallExpression(node)) return null;
	const callee = node.getExpression();
	if (!Node.isPropertyAccessExpression(callee)) return null;
	if (callee.getExpression().getText() !== effectModule(node.getSourceFile(), name)) return null;
	return {
		name: callee.getName(),
		arguments: node.getArguments().filter((one) => Node.isExpression(one)),
	};
}

export interface ConfigRead {
	variable: string;
	/** The function that reads it: `string`, `Redacted`. */
	by: string;
	/** Nothing is said about this one variable, such as a default. */
	bare: boolean;
}

/** Version 3 writes `string`, version 4 `String`. */
const TEXTS = /^(?:non[eE]mpty|NonEmpty)?[sS]tring$/;

/** True when the value is the variable's text. */
export function givesText({ by }: ConfigRead): boolean {
	return TEXTS.test(by);
}

/** What `Config.string('X')` reads, also yielded or with a default. */
export function configRead(value: Morph.Expression | null): ConfigRead | null {
	const { Node } = morph();
	if (value === null) return null;
	if (Node.isYieldExpression(value)) return configRead(value.getExpression() ?? null);
	if (Node.isIdentifier(value)) {
		const behind = follow(value).value;
		const read = Node.isIdentifier(behind) ? null : configRead(behind);
		return read && { ...read, bare: false };
	}
	const called = calledOf(value, 'Config');
	if (called?.name === 'withDefault') return withDefault(called.arguments[0]);
	const [name, ...others] = called?.arguments ?? [];
	if (called && Node.isStringLiteral(name)) {
		return { variable: name.getLiteralText(), by: called.name, bare: others.length === 0 };
	}
	return pipedRead(value);
}

function withDefault(value: Morph.Expression | undefined): ConfigRead | null {
	const read = value ? configRead(value) : null;
	return read && { ...read, bare: false };
}

/** `Config.string('X').pipe(Config.withDefault('y'))` */
function pipedRead(value: Morph.Expression): ConfigRead | null {
	const { Node } = morph();
	if (!Node.isCallExpression(value)) return null;
	const callee = value.getExpression();
	if (!Node.isPropertyAccessExpression(callee) || callee.getName() !== 'pipe') return null;
	const steps = value.getArguments().map((one) => calledOf(one, 'Config')?.name);
	const read = configRead(callee.getExpression());
	if (!read) return null;
	// Any other step (nested, map …) may change which variable is read, or its value.
	const known = steps.every((step) => step === 'withDefault');
	return { ...read, bare: false, by: known ? read.by : 'pipe' };
}

/** `Config.all({ … })` and what else gives an object of the same keys. */
export interface Group {
	object: Morph.ObjectLiteralExpression;
	/** How it is written: `all`, `unwrap`, `gen`. */
	by: string;
}

/** The object that a program gives when it is run; null when that is not plain to see. */
export function groupOf(program: Morph.Expression | null): Group | null {
	const { Node } = morph();
	const value = program && follow(program).value;
	const called = calledOf(value, 'Config') ?? calledOf(value, 'Effect');
	const [first] = called?.arguments ?? [];
	if (!called || !first) return null;
	if (called.name === 'all' || called.name === 'unwrap') {
		const object = objectIn(follow(first).value);
		return object && { object, by: called.name };
	}
	if (called.name !== 'gen' || !Node.isFunctionExpression(first)) return null;
	const [only, ...others] = returned(first);
	const object = only && others.length === 0 ? objectIn(only) : null;
	return object && { object, by: 'gen' };
}

/** The leaves of a group and of the groups in it, with their path. */
export function leavesOfGroup(
	object: Morph.ObjectLiteralExpression | undefined,
	path: string[] = [],
): { entry: Entry; path: string[] }[] {
	return (object ? entriesOf(object) : []).flatMap((entry) => {
		const own = [...path, entry.key];
		const inner = entry.group ?? groupOf(entry.value)?.object;
		return inner ? leavesOfGroup(inner, own) : [{ entry, path: own }];
	});
}
