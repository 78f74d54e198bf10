// zod's validators for texts: `z.string().url()`, `z.url().optional()`, `z.optional(z.string())`.
import type { Morph } from '../../text/source.ts';
import { type Chain, chainOf, importsLibrary, type Step } from '../module/library-calls.ts';
import {
	callValidators,
	messageLike,
	type Names,
	type Reading,
	underName,
	type Validators,
	wrapper,
} from './validators.ts';

/** zod, its versions and its small form; and a package that gives zod on. */
export const ZOD = /^(?:zod(?:\/.*)?|@hono\/zod-openapi)$/;

const TEXTS =
	/^(?:string|url|httpUrl|coerce\.string|email|uuid|guid|nanoid|cuid2?|ulid|jwt|base64)$/;

/** Steps after which the text is still the very text. `trim` is what a project means by its address. */
const UNCHANGING = new Set(
	`min max length nonempty url uri email uuid regex includes startsWith endsWith refine superRefine check describe
	brand readonly meta optional nullable nullish default prefault catch register trim`.split(/\s+/),
);

function firstOf(step: Step): Morph.Expression | undefined {
	return step.arguments[0];
}

/** `.min(1, 'DATABASE_URL is required')` in general terms, or nothing for a demand of its own. */
function stepText(step: Step, names: Names): string {
	if (step.name === 'url') return `.url(${messageLike(firstOf(step), names) ?? ''})`;
	const message = messageLike(step.arguments[1] ?? firstOf(step), names);
	if (step.name === 'nonempty') return `.nonempty(${message ?? ''})`;
	const isPresence = step.name === 'min' && /^[1-9]\d*$/.test(firstOf(step)?.getText() ?? '');
	return isPresence ? `.min(1${message === null ? '' : `, ${message}`})` : '';
}

/** Chains may be written on several lines. */
function calleeText(call: Morph.CallExpression): string {
	return call.getExpression().getText().replace(/\s+/g, '');
}

function rootText({ root }: Chain, names: Names): string {
	const callee = calleeText(root.call);
	const message = messageLike(firstOf(root), names) ?? '';
	if (root.name === 'url' || root.name === 'string') return `${callee}(${message})`;
	const prefix = callee.slice(0, callee.length - root.name.length);
	return `${prefix}${root.name === 'httpUrl' ? 'url' : 'string'}()`;
}

/** `z.url({ normalize: true })` gives another text. */
function normalises({ root, steps }: Chain): boolean {
	return [root, ...steps].some(
		(step) => /url$/i.test(step.name) && /\bnormalize\b/.test(firstOf(step)?.getText() ?? ''),
	);
}

function readChain(chain: Chain, names: Names): Reading | null {
	if (!TEXTS.test(chain.root.name)) return null;
	const has = (...wanted: string[]) => chain.steps.some(({ name }) => wanted.includes(name));
	const unchanging = chain.steps.every(({ name }) => UNCHANGING.has(name));
	return {
		text: rootText(chain, names) + chain.steps.map((step) => stepText(step, names)).join(''),
		optional: has('optional', 'nullish', 'nullable'),
		defaulted: has('default', 'prefault', 'catch'),
		unchanged: unchanging && !normalises(chain),
	};
}

/** `z.optional(z.string())`, `z._default(z.string(), '')` */
function readWrapped({ root, steps }: Chain, names: Names): Reading | null {
	const inner = firstOf(root);
	const defaults = /^_default|prefault|catch$/.test(root.name);
	if (
		!inner ||
		steps.length > 0 ||
		!(defaults || /^(?:optional|nullish|nullable)$/.test(root.name))
	) {
		return null;
	}
	const reading = read(inner, names);
	if (!reading) return null;
	return defaults ? { ...reading, defaulted: true } : { ...reading, optional: true };
}

function read(value: Morph.Expression, names: Names): Reading | null {
	const chain = chainOf(value, ZOD);
	if (!chain) return null;
	const reading = readWrapped(chain, names) ?? readChain(chain, names);
	return underName(value, reading, chainText(chain));
}

/** The text of a whole chain without the white space between its calls. */
function chainText({ root, steps }: Chain): string {
	const args = (step: Step) => `(${step.arguments.map((one) => one.getText()).join(', ')})`;
	const rest = steps.map((step) => `.${step.name}${args(step)}`).join('');
	return `${calleeText(root.call)}${args(root)}${rest}`;
}

/** How this module validates texts; null when it does not import zod. */
export function zodValidators(source: Morph.SourceFile): Validators | null {
	const isMini = importsLibrary(source, /^zod\/.*mini$/);
	const optional = isMini
		? wrapper(source, ZOD, 'optional')
		: (text: string) => `${text}.optional()`;
	const write = (text: string, isOptional: boolean) => (isOptional ? optional(text) : text);
	return callValidators(source, ZOD, { read, text: 'string', write });
}
