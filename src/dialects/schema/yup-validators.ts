// yup's validators for texts: `yup.string().required()`; what is not said to be required is optional.
import type { Morph } from '../../text/source.ts';
import { type Chain, chainOf, type Step } from '../module/library-calls.ts';
import { byPlace, dependsOnOther } from './by-place.ts';
import {
	callValidators,
	messageLike,
	type Names,
	type Reading,
	type Validators,
} from './validators.ts';

/** The module of the library. */
export const YUP = /^yup$/;

/** Steps after which a text is still the very text. `trim` is what a project means by its address. */
const UNCHANGING =
	/^(?:required|optional|notRequired|defined|nullable|nonNullable|min|max|length|matches|email|url|uuid|test|label|meta|typeError|trim|default|ensure|strict|when)$/;

/** yup's `url` takes no redis:// address, and is left out. */
function stepText(step: Step, names: Names): string {
	const [first, second] = step.arguments;
	if (step.name === 'required') return `.required(${messageLike(first, names) ?? ''})`;
	const isPresence = step.name === 'min' && /^[1-9]\d*$/.test(first?.getText() ?? '');
	const message = messageLike(second, names);
	if (isPresence) return `.min(1${message === null ? '' : `, ${message}`})`;
	return byPlace(step) ?? '';
}

function readChain({ root, steps }: Chain, names: Names): Reading | null {
	const has = (pattern: RegExp) => steps.some(({ name }) => pattern.test(name));
	// A choice among words is not a text for us.
	if (root.name !== 'string' || has(/^oneOf$/)) return null;
	const callee = root.call.getExpression().getText().replace(/\s+/g, '');
	const byChoice = steps.some((step) => byPlace(step) !== null);
	return {
		text: `${callee}()${steps.map((step) => stepText(step, names)).join('')}`,
		optional: !byChoice && !has(/^(?:required|defined)$/),
		defaulted: has(/^(?:default|ensure)$/) || (!byChoice && dependsOnOther({ steps })),
		unchanged: steps.every(({ name }) => UNCHANGING.test(name)),
		byChoice,
	};
}

/** What is demanded by place says itself when it is demanded. */
function write(text: string, isOptional: boolean): string {
	if (/\.when\(/.test(text)) return text;
	if (isOptional) return text.replace(/\.required\(.*?\)(?=\.|$)/, '');
	return /\.required\(/.test(text) ? text : `${text}.required()`;
}

/** How this module validates texts; null when it does not import yup. */
export function yupValidators(source: Morph.SourceFile): Validators | null {
	const read = (value: Morph.Expression, names: Names) => {
		const chain = chainOf(value, YUP);
		return chain && readChain(chain, names);
	};
	return callValidators(source, YUP, { read, text: 'string', write });
}
