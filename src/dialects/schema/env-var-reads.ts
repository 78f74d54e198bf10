// The reads of the library env-var: what `env.get('PORT').default(3000).asPortNumber()` reads, and a plain one.
import { type Morph, morph } from '../../text/source.ts';
import { isEnvironment } from '../module/environment.ts';
import { callsIn, chainOf, type Step } from '../module/library-calls.ts';
import { areGiven } from './chosen.ts';

/** The module of the library. */
export const ENV_VAR = /^env-var$/;

export interface EnvVarRead {
	variable: string;
	/** What is called with the variable, and the quote around it: `env.get`, `'`. */
	getter: string;
	quote: string;
	/** The names of the methods after it, in order; the last one gives the value. */
	methods: string[];
	/** False where env-var was told to read something other than process.env. */
	ofProcess: boolean;
}

/** True when the value is the variable's text, whenever the variable is set. */
export function isPlain({ methods, ofProcess }: EnvVarRead): boolean {
	// asUrlString writes the address as the URL standard does: another spelling of the same address.
	const givesText = /^as(?:String|UrlString)$/.test(methods.at(-1) ?? '');
	const others = methods.slice(0, -1);
	return (
		ofProcess && givesText && others.every((one) => /^(?:required|default|example)$/.test(one))
	);
}

/** What a value reads; null for anything else. */
export function envVarRead(value: Morph.Expression | null | undefined): EnvVarRead | null {
	const chain = value ? chainOf(value, ENV_VAR) : null;
	if (!chain) return null;
	const [first, ...rest] = chain.steps;
	if (chain.root.name === 'get') return readBy(chain.root, chain.steps, true);
	// `from(process.env).get('PORT')`
	if (chain.root.name !== 'from' || first?.name !== 'get') return null;
	return readBy(first, rest, isEnvironment(chain.root.arguments[0]));
}

function readBy(
	{ call, arguments: [name] }: Step,
	steps: Step[],
	ofProcess: boolean,
): EnvVarRead | null {
	if (!morph().Node.isStringLiteral(name) || steps.length === 0) return null;
	return {
		variable: name.getLiteralText(),
		getter: call.getExpression().getText(),
		quote: name.getText().charAt(0),
		methods: steps.map((step) => step.name),
		ofProcess,
	};
}

/** Every read of the module, those inside other expressions too. */
export function readsIn(source: Morph.SourceFile): EnvVarRead[] {
	return callsIn(source).flatMap((call) => envVarRead(call) ?? []);
}

/** A read of one more text, required if most of the others are. */
export function textRead(source: Morph.SourceFile, variable: string): string {
	const reads = readsIn(source).filter(({ methods }) => /^as/.test(methods.at(-1) ?? ''));
	const isRequired = reads.some(({ methods }) => methods.includes('required'));
	const isOptional = reads.some(({ methods }) => !/required|default/.test(methods.join()));
	const { getter, quote } = reads[0] ?? { getter: 'env.get', quote: "'" };
	const start = `${getter}(${quote}${variable}${quote})`;
	const all = reads.map(({ variable: name, methods }) => ({
		name,
		defaulted: methods.includes('default'),
	}));
	return (isOptional && !isRequired) || areGiven(all, variable)
		? `${start}.asString()`
		: `${start}.required().asString()`;
}
