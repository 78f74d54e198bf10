// zod's validators for texts: `z.string().url()`, `z.url().optional()`, `z.optional(z.string())`.
import { type Morph, morph } from '../../text/source.ts';
import { textAtMargin } from '../edit/margin.ts';
import { givesArgument, localFunction, returned } from '../module/helper-functions.ts';
import {
	type Chain,
	calleeText,
	chainOf,
	chainText,
	importsLibrary,
	type Step,
} from '../module/library-calls.ts';
import { replaceWord } from '../module/names.ts';
import { unwrap } from '../module/object-literal.ts';
import { follow } from '../module/origins.ts';
import { isInline } from '../module/scope.ts';
import {
	callValidators,
	isOfAll,
	messageLike,
	type Names,
	type Reading,
	underName,
	type Validators,
	wrapper,
} from './validators.ts';

/** zod, its versions and its small form; and a package that gives zod on. */
export const ZOD = /^(?:zod(?:\/.*)?|@hono\/zod-openapi|znv)$/;

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
	if (step.name === 'trim') return '.trim()';
	if (step.name === 'url') return `.url(${messageLike(firstOf(step), names) ?? ''})`;
	const message = messageLike(step.arguments[1] ?? firstOf(step), names);
	if (step.name === 'nonempty') return `.nonempty(${message ?? ''})`;
	const isPresence = step.name === 'min' && /^[1-9]\d*$/.test(firstOf(step)?.getText() ?? '');
	return isPresence ? `.min(1${message === null ? '' : `, ${message}`})` : '';
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

/** `z.preprocess(blankToUndefined, z.string().optional())` */
function readPreprocessed({ root, steps }: Chain, names: Names): Reading | null {
	const { Node } = morph();
	const [before, inner] = root.arguments;
	if (root.name !== 'preprocess' || !before || !inner) return null;
	const reading = read(inner, names);
	const step = follow(before).value;
	const isName = Node.isIdentifier(step);
	const named = isName ? localFunction(step.getSourceFile(), step.getText()) : null;
	const callable = isInline(step) ? step : named;
	if (!reading || !callable || !givesArgument(callable)) return null;
	const has = (pattern: RegExp) => steps.some(({ name }) => pattern.test(name));
	return {
		...reading,
		...(isOfAll(before, callable) && {
			around: (text) => `${calleeText(root.call)}(${textAtMargin(before)}, ${text})`,
		}),
		optional: reading.optional || has(/^(?:optional|nullish|nullable)$/),
		defaulted: reading.defaulted || has(/^(?:default|prefault|catch)$/),
		unchanged: reading.unchanged && steps.every(({ name }) => UNCHANGING.has(name)),
		takesEmpty: /\bundefined\b/.test(callable.getText()),
	};
}

/** `optionalText()`, a function of the module that makes a validator; `text('DATABASE_URL')` where it is told whose. */
function madeBy(value: Morph.Expression, key: string): Morph.Expression | null {
	const { Node } = morph();
	const inner = unwrap(value);
	if (!Node.isCallExpression(inner)) return null;
	const isTold = (one: Morph.Node) => Node.isStringLiteral(one) && one.getLiteralText() === key;
	if (!inner.getArguments().every(isTold)) return null;
	const callee = inner.getExpression();
	const made = Node.isIdentifier(callee) && localFunction(callee.getSourceFile(), callee.getText());
	const [only, ...others] = made ? returned(made) : [];
	return only && others.length === 0 ? only : null;
}

function read(value: Morph.Expression, names: Names): Reading | null {
	const made = madeBy(value, names.key);
	const chain = chainOf(made ?? value, ZOD);
	if (!chain) return null;
	const reading =
		readPreprocessed(chain, names) ?? readWrapped(chain, names) ?? readChain(chain, names);
	const isOwn = made !== null || morph().Node.isIdentifier(unwrap(value));
	if (reading?.optional && isOwn && !reading.defaulted) {
		return { ...reading, named: unwrap(value).getText() };
	}
	const isGeneral = chain.steps.every(
		(step) => SAYS_LITTLE.test(step.name) || stepText(step, names),
	);
	if (made && reading && isGeneral)
		return { ...reading, text: replaceWord(unwrap(value).getText(), names.key, names.variable) };
	return underName(value, reading, (isGeneral && reading?.text) || chainText(chain));
}

const SAYS_LITTLE = /^(?:trim|describe|meta)$/;

const WHERE_IT_RUNS = /prod|staging|dev|test|local|NODE_ENV/i;

/**
 * `isProduction ? z.string().min(1) : z.string().default('…')`: demanded where that one is. Where it is not, an empty text
 * stands for the other's default: a text for whoever takes it, and no address to a client.
 */
function readChoice(value: Morph.Expression, names: Names): Reading | null {
	const { Node } = morph();
	const choice = unwrap(value);
	if (!Node.isConditionalExpression(choice)) return null;
	const [condition, whenTrue] = [choice.getCondition(), choice.getWhenTrue()];
	const [yes, no] = [read(whenTrue, names), read(choice.getWhenFalse(), names)];
	if (!yes || !no || isFree(yes) === isFree(no)) return null;
	const chain = chainOf(isFree(yes) ? whenTrue : choice.getWhenFalse(), ZOD);
	if (!chain || !WHERE_IT_RUNS.test(condition.getText())) return null;
	const quotes = choice.getText().includes('"') ? '""' : "''";
	const end = yes.optional || no.optional ? '.optional()' : `.default(${quotes})`;
	const free = `${rootText(chain, names)}${end}`;
	const [first, second] = isFree(yes) ? [free, no.text] : [yes.text, free];
	const whole = choice.getSourceFile().getFullText();
	const gap = whole.slice(condition.getEnd(), choice.getQuestionToken().getStart());
	const unit = /^(\t| {2,})\S/m.exec(whole)?.[1] ?? '\t';
	const part = gap.includes('\n') ? `\n${unit}` : ' ';
	return {
		text: `${condition.getText()}${part}? ${first}${part}: ${second}`,
		optional: false,
		defaulted: false,
		byChoice: true,
		unchanged: yes.unchanged && no.unchanged,
	};
}

function isFree({ optional, defaulted }: Reading): boolean {
	return optional || defaulted;
}

/** How this module validates texts; null when it does not import zod. */
export function zodValidators(source: Morph.SourceFile): Validators | null {
	const isMini = importsLibrary(source, /^zod\/.*mini$/);
	const optional = isMini
		? wrapper(source, ZOD, 'optional')
		: (text: string) => `${text}.optional()`;
	const write = (text: string, isOptional: boolean) => (isOptional ? optional(text) : text);
	const readAny = (value: Morph.Expression, names: Names) =>
		(isMini ? null : readChoice(value, names)) ?? read(value, names);
	return callValidators(source, ZOD, { read: readAny, text: 'string', write });
}
