// What is validated: process.env as it is, or an object literal that lists what is read from it.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { addEntry } from '../edit/new-entry.ts';
import { plainRead } from '../edit/plain-read.ts';
import { isEnvironment } from '../module/environment.ts';
import { callsIn } from '../module/library-calls.ts';
import { entriesOf, leavesOf, objectIn, unwrap } from '../module/object-literal.ts';
import { literalOf } from '../module/origins.ts';
import { copyableRead, readOf } from '../module/reads.ts';
import { bindingOf, constantValue } from '../module/scope.ts';
import { areGiven } from './chosen.ts';

/** What is validated: the environment itself, or an object literal that reads it. */
export type Input = { literal: Morph.ObjectLiteralExpression | null };

/** The input of a validation; null when it is not made of the environment. */
export function inputOf(node: Morph.Node | undefined): Input | null {
	const { Node } = morph();
	if (isEnvironment(node) || isGivenEnvironment(node)) return { literal: null };
	if (Node.isIdentifier(node)) {
		const value = constantValue(node, node.getText());
		return value && !Node.isIdentifier(value) ? inputOf(value) : null;
	}
	const literal = objectIn(node);
	if (!literal) return null;
	const spreads = literal.getProperties().filter((one) => Node.isSpreadAssignment(one));
	const open = spreads.some((one) => isEnvironment(one.getExpression()));
	const reads = leavesOf(literal).some(({ entry }) => readOf(entry.value) !== null);
	return open || reads ? { literal } : null;
}

/** The parameter of a function that the module calls with the environment, and with nothing else. */
function isGivenEnvironment(node: Morph.Node | undefined): boolean {
	const { Node } = morph();
	if (!Node.isIdentifier(node)) return false;
	const binding = bindingOf(node, node.getText());
	if (!Node.isParameterDeclaration(binding)) return false;
	const name = nameOfOwner(binding);
	if (name === undefined) return false;
	const index = binding.getChildIndex() / 2;
	const calls = callsIn(node.getSourceFile()).filter(
		(call) => call.getExpression().getText() === name,
	);
	return calls.length > 0 && calls.every((call) => isEnvironment(call.getArguments()[index]));
}

/** The environment, and nothing that is put over it here. */
export function isWhole({ literal }: Input): boolean {
	return literal === null || (isOpen(literal) && keysOf(literal).length === 0);
}

/** The name of the function that has a parameter. */
export function nameOfOwner(parameter: Morph.ParameterDeclaration): string | undefined {
	const { Node } = morph();
	const owner = parameter.getParent();
	const holder = Node.isFunctionDeclaration(owner) ? owner : owner.getParent();
	const isNamed = Node.isFunctionDeclaration(holder) || Node.isVariableDeclaration(holder);
	return isNamed ? holder.getName() : undefined;
}

/** Whether the literal holds the whole environment beside its own keys; a spread after that may put others over it. */
export function isOpen(literal: Morph.ObjectLiteralExpression): boolean {
	return isEnvironment(lastSpread(literal)?.getExpression());
}

/** The last spread of keys that nobody knows. */
function lastSpread(literal: Morph.ObjectLiteralExpression): Morph.SpreadAssignment | undefined {
	return spreadsIn(literal)
		.filter((one) => !isOfCaller(one.getExpression()) && !literalOf(one.getExpression()))
		.at(-1);
}

function spreadsIn(literal: Morph.ObjectLiteralExpression): Morph.SpreadAssignment[] {
	const { Node } = morph();
	return literal.getProperties().filter((one) => Node.isSpreadAssignment(one));
}

/** `...overrides` of a function that is also called without any, as db.ts does. */
function isOfCaller(node: Morph.Expression): boolean {
	const { Node } = morph();
	const inner = unwrap(node);
	if (Node.isBinaryExpression(inner)) return isOfCaller(inner.getLeft());
	const binding = Node.isIdentifier(inner) ? bindingOf(inner, inner.getText()) : undefined;
	if (!Node.isParameterDeclaration(binding) || !binding.isOptional()) return false;
	const otherwise = binding.getInitializer();
	const isEmpty = otherwise === undefined || objectIn(otherwise)?.getProperties().length === 0;
	return isEmpty && !isTold(binding);
}

/** True where the module itself calls the function with more than nothing. */
function isTold(parameter: Morph.ParameterDeclaration): boolean {
	const name = nameOfOwner(parameter);
	return callsIn(parameter.getSourceFile()).some(
		(call) => call.getExpression().getText() === name && call.getArguments().length > 0,
	);
}

/** The keys that a literal has, those of the literals that are spread into it among them. */
function keysOf(literal: Morph.ObjectLiteralExpression): string[] {
	const spread = spreadsIn(literal).flatMap((one) => literalOf(one.getExpression()) ?? []);
	return [literal, ...spread].flatMap(entriesOf).map(({ key }) => key);
}

/** True when a spread of unknown keys comes after other keys. */
export function mayBeOverridden(literal: Morph.ObjectLiteralExpression): boolean {
	const spread = lastSpread(literal);
	return spread !== undefined && !isOpen(literal) && literal.getProperties()[0] !== spread;
}

interface Entered {
	path: string[];
	insertions: Insertion[];
}

/** Where the variable is in the input: under its own name, or where the input's literal puts it. */
export function enter({ literal }: Input, variable: string): Entered | null {
	if (literal === null) return { path: [variable], insertions: [] };
	if (mayBeOverridden(literal)) return null;
	const there = leavesOf(literal).find(({ entry }) => readOf(entry.value)?.variable === variable);
	if (there) return { path: there.path, insertions: [] };
	if (isOpen(literal)) {
		return keysOf(literal).includes(variable) ? null : { path: [variable], insertions: [] };
	}
	return addEntry(literal, {
		variable,
		otherwise: plainRead(literal.getSourceFile(), variable),
		copyable: copyableRead,
	});
}

/** A value in place of a missing one; an empty text is none. */
const FALLBACK = /(?:\?\?|\|\|)(?!\s*(?:['"`]{2}|undefined\b|null\b))/;

/** Where what is listed reads the database, or all that it reads, with something else in place of a missing value. */
export function isGivenAnyway({ literal }: Input, variable: string): boolean {
	const all = (literal ? leavesOf(literal) : []).flatMap(({ entry }) => {
		const name = readOf(entry.value)?.variable;
		return name ? [{ name, defaulted: FALLBACK.test(entry.value?.getText() ?? '') }] : [];
	});
	const isWholeList = literal !== null && !isOpen(literal) && all.length > 1;
	return areGiven(all, variable) || (isWholeList && all.every(({ defaulted }) => defaulted));
}
