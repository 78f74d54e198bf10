// What is validated: process.env as it is, or an object literal that lists what is read from it.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { addEntry } from '../edit/new-entry.ts';
import { plainRead } from '../edit/plain-read.ts';
import { isEnvironment } from '../module/environment.ts';
import { callsIn } from '../module/library-calls.ts';
import { entriesOf, leavesOf, objectIn } from '../module/object-literal.ts';
import { copyableRead, readOf } from '../module/reads.ts';
import { bindingOf, constantValue } from '../module/scope.ts';

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
	const owner = binding.getParent();
	const holder = Node.isFunctionDeclaration(owner) ? owner : owner.getParent();
	const name =
		Node.isFunctionDeclaration(holder) || Node.isVariableDeclaration(holder)
			? holder.getName()
			: undefined;
	if (name === undefined || !('getParameters' in owner)) return false;
	const index = binding.getChildIndex() / 2;
	const calls = callsIn(node.getSourceFile()).filter(
		(call) => call.getExpression().getText() === name,
	);
	return calls.length > 0 && calls.every((call) => isEnvironment(call.getArguments()[index]));
}

/** Whether the literal holds the whole environment beside its own keys; a spread after that may put others over it. */
export function isOpen(literal: Morph.ObjectLiteralExpression): boolean {
	return isEnvironment(lastSpread(literal)?.getExpression());
}

function lastSpread(literal: Morph.ObjectLiteralExpression): Morph.SpreadAssignment | undefined {
	const { Node } = morph();
	return literal
		.getProperties()
		.filter((one) => Node.isSpreadAssignment(one))
		.at(-1);
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
		const taken = entriesOf(literal).some(({ key }) => key === variable);
		return taken ? null : { path: [variable], insertions: [] };
	}
	return addEntry(literal, {
		variable,
		otherwise: plainRead(literal.getSourceFile(), variable),
		copyable: copyableRead,
	});
}
