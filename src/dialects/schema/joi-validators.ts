// joi's validators for texts: `Joi.string().uri().required()`; what is not said to be required is optional.
import type { Morph } from '../../text/source.ts';
import { type Chain, calleeText, chainOf, type Step } from '../module/library-calls.ts';
import { byPlace, dependsOnOther } from './by-place.ts';
import { callValidators, type Reading, type Validators } from './validators.ts';

/** The modules of the library. */
export const JOI = /^(?:joi|@hapi\/joi)$/;

/** Steps after which a text is still the very text. `trim` is what a project means by its address. */
const UNCHANGING =
	/^(?:uri|min|max|length|required|optional|allow|invalid|regex|pattern|email|hostname|guid|uuid|label|description|messages|message|error|example|note|tag|meta|trim|default|strict|when)$/;

function stepText(step: Step): string {
	if (step.name === 'uri') return '.uri()';
	const least = step.arguments[0]?.getText() ?? '';
	if (step.name === 'min' && /^[1-9]\d*$/.test(least)) return '.min(1)';
	return byPlace(step) ?? '';
}

function readChain({ root, steps }: Chain): Reading | null {
	const has = (name: string) => steps.some((step) => step.name === name);
	// A choice among words is not a text for us.
	if (root.name !== 'string' || has('valid')) return null;
	const byChoice = steps.some((step) => byPlace(step) !== null);
	return {
		text: `${calleeText(root.call)}()${steps.map(stepText).join('')}`,
		optional: !byChoice && !has('required'),
		// What is required is demanded before a default is looked at.
		defaulted: (has('default') && !has('required')) || (!byChoice && dependsOnOther({ steps })),
		byChoice,
		unchanged: steps.every(({ name }) => UNCHANGING.test(name)),
	};
}

function read(value: Morph.Expression): Reading | null {
	const chain = chainOf(value, JOI);
	return chain && readChain(chain);
}

/** How this module validates texts; null when it does not import joi. */
export function joiValidators(source: Morph.SourceFile): Validators | null {
	// What is demanded by place says itself when it is demanded.
	const write = (text: string, isOptional: boolean) =>
		isOptional || text.includes('.when(') ? text : `${text}.required()`;
	const calls = callValidators(source, JOI, { read, text: 'string', write });
	return calls && { ...calls, emptyIsText: false };
}
