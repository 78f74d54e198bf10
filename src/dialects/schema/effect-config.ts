// The Config of Effect, versions 3 and 4: what `Config.string('PORT')` reads, and the object that a program gives.
import { type Morph, morph } from '../../text/source.ts';
import { returned } from '../module/helper-functions.ts';
import { argumentsOf, libraryPath, written } from '../module/library-calls.ts';
import { type GroupIn, objectIn } from '../module/object-literal.ts';
import { follow, literalOf } from '../module/origins.ts';

type Module = 'Config' | 'Effect';

/** What of one of Effect's own modules a node is: `string` for `Config.string`; null for anything else. */
export function effectPath(node: Morph.Node, module: Module): string | null {
	const path = libraryPath(node, /^effect$/);
	if (path?.startsWith(`${module}.`)) return path.slice(module.length + 1);
	return libraryPath(node, new RegExp(`^effect/${module}$`));
}

/** How this module writes a function of Effect's Config. */
export function writtenConfig(source: Morph.SourceFile, name: string): string {
	const own = written(source, /^effect\/Config$/, name);
	return own ?? `${written(source, /^effect$/, 'Config') ?? 'Config'}.${name}`;
}

interface Called {
	/** E.g. `string` of `Config.string(…)`. */
	name: string;
	arguments: Morph.Expression[];
}

/** A call of a function of `Config` or `Effect`; null for anything else. */
export function calledOf(node: Morph.Node | null | undefined, module: Module): Called | null {
	if (!node || !morph().Node.isCallExpression(node)) return null;
	const name = effectPath(node.getExpression(), module);
	return name === null ? null : { name, arguments: argumentsOf(node) };
}

export interface ConfigRead {
	variable: string;
	/** The function that reads it: `string`, `Redacted`. */
	by: string;
	/** Nothing is said about this one variable, such as a default. */
	bare: boolean;
}

/** True when the value is the variable's text. Version 3 writes `string`, version 4 `String`. */
export function givesText({ by }: ConfigRead): boolean {
	return /^(?:non[eE]mpty|NonEmpty)?[sS]tring$/.test(by);
}

/** What `Config.string('X')` reads, also yielded or with a default. */
export function configRead(value: Morph.Expression | null | undefined): ConfigRead | null {
	const { Node } = morph();
	if (!value) return null;
	if (Node.isYieldExpression(value)) return configRead(value.getExpression());
	if (Node.isIdentifier(value)) {
		const behind = follow(value).value;
		return Node.isIdentifier(behind) ? null : adorned(configRead(behind));
	}
	const called = calledOf(value, 'Config');
	const [first, ...others] = called?.arguments ?? [];
	if (called?.name === 'withDefault') return adorned(configRead(first));
	if (called && Node.isStringLiteral(first)) {
		return { variable: first.getLiteralText(), by: called.name, bare: others.length === 0 };
	}
	return pipedRead(value);
}

function adorned(read: ConfigRead | null): ConfigRead | null {
	return read && { ...read, bare: false };
}

/** `Config.string('X').pipe(Config.withDefault('y'))` */
function pipedRead(value: Morph.Expression): ConfigRead | null {
	const piped = pipeOf(value);
	const read = adorned(configRead(piped?.from));
	// Any other step (nested, map …) may change which variable is read, or its value.
	const isKnown = piped?.steps.every((step) => calledOf(step, 'Config')?.name === 'withDefault');
	return read && { ...read, by: isKnown ? read.by : 'pipe' };
}

/** The parts of `from.pipe(…)`; null for anything else. */
export function pipeOf(value: Morph.Expression) {
	const { Node } = morph();
	const callee = Node.isCallExpression(value) ? value.getExpression() : undefined;
	if (!Node.isCallExpression(value) || !Node.isPropertyAccessExpression(callee)) return null;
	if (callee.getName() !== 'pipe') return null;
	return { from: callee.getExpression(), steps: value.getArguments() };
}

/** The object that a program gives when it is run. */
export interface Result {
	object: Morph.ObjectLiteralExpression;
	/** How it is written: `all`, `unwrap`, `gen`. */
	by: string;
}

/** What a program gives when it is run; null when that is not plain to see. */
export function resultOf(program: Morph.Expression | null): Result | null {
	const value = program && follow(program).value;
	const called = calledOf(value, 'Config') ?? calledOf(value, 'Effect');
	const [first] = called?.arguments ?? [];
	if (!called || !first) return null;
	if (called.name === 'all' || called.name === 'unwrap') {
		const object = literalOf(first);
		return object && { object, by: called.name };
	}
	if (called.name !== 'gen' || !morph().Node.isFunctionExpression(first)) return null;
	const [only, ...others] = returned(first);
	const object = others.length === 0 ? objectIn(only) : null;
	return object && { object, by: 'gen' };
}

/** Groups are programs in a program: `redis: Config.all({ url: … })`. */
export const groupIn: GroupIn = ({ group, value }) => group ?? resultOf(value)?.object ?? null;
