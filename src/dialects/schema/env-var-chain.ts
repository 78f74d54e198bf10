// The chains of the library env-var: what `env.get('PORT').default(3000).asPortNumber()` reads, and a plain one.
import { type Morph, morph } from '../../source.ts';
import { isEnvironment } from '../module/environment.ts';
import { follow } from '../module/given.ts';
import { importsOf, libraryNames } from '../module/library.ts';
import { bindingOf } from '../module/scope.ts';

export const LIBRARY = 'env-var';

export interface Chain {
	variable: string;
	/** What is called with the variable, and the quote around it: `env.get`, `'`. */
	getter: string;
	quote: string;
	/** The names of the methods after it, in order; the last one gives the value. */
	steps: string[];
	/** False where env-var was told to read something other than process.env. */
	ofProcess: boolean;
}

/** True when the value is the variable's text, whenever the variable is set. */
export function isPlain({ steps, ofProcess }: Chain): boolean {
	const [last, ...others] = [...steps].reverse();
	// asUrlString writes the address as the URL standard does: another spelling of the same address.
	const givesText = last === 'asString' || last === 'asUrlString';
	return (
		ofProcess && givesText && others.every((one) => /^(?:required|default|example)$/.test(one))
	);
}

/** The chain that a node is; null for anything else. */
export function chainOf(node: Morph.Node | undefined): Chain | null {
	const { Node } = morph();
	if (Node.isNonNullExpression(node) || Node.isAsExpression(node)) {
		return chainOf(node.getExpression());
	}
	const steps: string[] = [];
	let call: Morph.Node | undefined = node;
	while (Node.isCallExpression(call)) {
		const start = startOf(call);
		if (start) return steps.length > 0 ? { ...start, steps } : null;
		const callee = call.getExpression();
		if (!Node.isPropertyAccessExpression(callee)) return null;
		steps.unshift(callee.getName());
		call = callee.getExpression();
	}
	return null;
}

/** `env.get('PORT')`, `get('PORT')`. */
function startOf(call: Morph.CallExpression): Omit<Chain, 'steps'> | null {
	const { Node } = morph();
	const callee = call.getExpression();
	const [name] = call.getArguments();
	if (!Node.isStringLiteral(name)) return null;
	const isGet = Node.isPropertyAccessExpression(callee)
		? callee.getName() === 'get' && instance(callee.getExpression())
		: isImported(callee, 'get') && 'process';
	if (!isGet) return null;
	return {
		variable: name.getLiteralText(),
		getter: callee.getText(),
		quote: name.getText().charAt(0),
		ofProcess: isGet === 'process',
	};
}

/** What an instance of env-var reads: `env` as imported, or `from(process.env)`. */
function instance(node: Morph.Expression): 'process' | 'other' | false {
	const { Node } = morph();
	const value = follow(node).value;
	if (Node.isIdentifier(value)) return isWhole(value) && 'process';
	if (!Node.isCallExpression(value)) return false;
	const callee = value.getExpression();
	const isFrom = Node.isPropertyAccessExpression(callee)
		? callee.getName() === 'from' && isWhole(callee.getExpression())
		: isImported(callee, 'from');
	if (!isFrom) return false;
	return isEnvironment(value.getArguments()[0]) ? 'process' : 'other';
}

function isWhole(node: Morph.Expression): boolean {
	const name = node.getText();
	return libraryNames(node.getSourceFile(), LIBRARY).includes(name) && !bindingOf(node, name);
}

function isImported(node: Morph.Expression, name: string): boolean {
	const text = node.getText();
	const specifiers = importsOf(node.getSourceFile(), LIBRARY).flatMap((one) =>
		one.getNamedImports(),
	);
	return specifiers.some(
		(one) => one.getName() === name && (one.getAliasNode()?.getText() ?? name) === text,
	);
}

/** Every chain of the module, those inside other expressions too. */
export function chainsIn(source: Morph.SourceFile): Chain[] {
	const { SyntaxKind } = morph();
	const calls = source.getDescendantsOfKind(SyntaxKind.CallExpression);
	return calls.flatMap((call) => chainOf(call) ?? []);
}

/** A chain for one more text, required if most of the others are. */
export function plainChain(source: Morph.SourceFile | undefined, variable: string): string {
	const chains = (source ? chainsIn(source) : []).filter(({ steps }) =>
		/^as/.test(steps.at(-1) ?? ''),
	);
	const required = chains.filter(({ steps }) => steps.includes('required')).length;
	const optional = chains.some(({ steps }) => !/required|default/.test(steps.join()));
	const { getter, quote } = chains[0] ?? { getter: 'env.get', quote: "'" };
	const start = `${getter}(${quote}${variable}${quote})`;
	return optional && required === 0 ? `${start}.asString()` : `${start}.required().asString()`;
}
