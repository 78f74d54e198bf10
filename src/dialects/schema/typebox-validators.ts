// TypeBox's validators for texts: `Type.String({ format: 'uri' })`, `Type.Optional(Type.String())`.
import type { Morph } from '../../source.ts';
import { type Entry, entriesOf } from '../module/object-literal.ts';
import { type Chain, chainOf, importsLibrary, literalOf, written } from './chains.ts';
import type { Reading, Validators } from './validators.ts';

export const TYPEBOX = /^(?:@sinclair\/typebox|typebox|@fastify\/type-provider-typebox)$/;

/** What is said about any address, in general terms; the rest is about that one variable. */
function optionText({ key, value }: Entry): string[] {
	const text = value?.getText() ?? '';
	if (key === 'format' && /^['"](?:uri|url)['"]$/.test(text)) return [`format: ${text}`];
	return key === 'minLength' && /^[1-9]\d*$/.test(text) ? ['minLength: 1'] : [];
}

function readChain({ root, call, steps }: Chain): Reading | null {
	const [first] = root.arguments;
	if (root.name === 'Optional') {
		const reading = first ? read(first) : null;
		return reading && { ...reading, optional: true };
	}
	if (root.name !== 'String') return null;
	const callee = call.getExpression().getText();
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
	if (!importsLibrary(source, TYPEBOX)) return null;
	const plain = written(source, TYPEBOX, 'String');
	const wrapper = written(source, TYPEBOX, 'Optional');
	return {
		read,
		plain: plain && `${plain}()`,
		keyOf: (key) => key,
		write: (key, text, optional) => ({
			key,
			text: optional && wrapper !== null ? `${wrapper}(${text})` : text,
		}),
	};
}
