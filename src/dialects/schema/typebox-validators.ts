// TypeBox's validators for texts: `Type.String({ format: 'uri' })`, `Type.Optional(Type.String())`.
import type { Morph } from '../../text/source.ts';
import { type Chain, chainOf } from '../module/library-calls.ts';
import { type Entry, entriesOf } from '../module/object-literal.ts';
import { literalOf } from '../module/origins.ts';
import { callValidators, type Reading, type Validators, wrapper } from './validators.ts';

/** The modules of the library. */
export const TYPEBOX = /^(?:@sinclair\/typebox|typebox|@fastify\/type-provider-typebox)$/;

/** What is said about any address, in general terms; the rest is about that one variable. */
function optionText({ key, value }: Entry): string[] {
	const text = value?.getText() ?? '';
	if (key === 'format' && /^['"](?:uri|url)['"]$/.test(text)) return [`format: ${text}`];
	return key === 'minLength' && /^[1-9]\d*$/.test(text) ? ['minLength: 1'] : [];
}

function readChain({ root, steps }: Chain): Reading | null {
	const [first] = root.arguments;
	if (root.name === 'Optional') {
		const reading = first ? read(first) : null;
		return reading && { ...reading, optional: true };
	}
	if (root.name !== 'String') return null;
	const callee = root.call.getExpression().getText();
	const literal = literalOf(first);
	const entries = literal ? entriesOf(literal) : [];
	const options = entries.flatMap(optionText).join(', ');
	return {
		text: options === '' ? `${callee}()` : `${callee}({ ${options} })`,
		optional: false,
		defaulted: entries.some(({ key }) => key === 'default'),
		unchanged: steps.length === 0,
	};
}

function read(value: Morph.Expression): Reading | null {
	const chain = chainOf(value, TYPEBOX);
	return chain && readChain(chain);
}

/** How this module validates texts; null when it does not import TypeBox. */
export function typeboxValidators(source: Morph.SourceFile): Validators | null {
	const optional = wrapper(source, TYPEBOX, 'Optional');
	const write = (text: string, isOptional: boolean) => (isOptional ? optional(text) : text);
	return callValidators(source, TYPEBOX, { read, text: 'String', write });
}
