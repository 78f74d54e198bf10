// valibot's validators for texts: `v.pipe(v.string(), v.url())`, `v.optional(…)`, and `v.string([v.url()])` before 0.31.
import { type Morph, morph } from '../../text/source.ts';
import { type Chain, chainOf } from '../module/library-calls.ts';
import {
	callValidators,
	messageLike,
	type Names,
	type Reading,
	underName,
	type Validators,
	wrapper,
} from './validators.ts';

/** The modules of the library. */
export const VALIBOT = /^(?:valibot|@valibot\/valibot)$/;

/** Actions after which the text is still the very text. `trim` is what a project means by its address. */
const UNCHANGING =
	/^(?:url|nonEmpty|minLength|maxLength|length|regex|startsWith|endsWith|includes|email|uuid|check|rawCheck|custom|trim|title|description|metadata|brand|readonly)$/;

const OPTIONAL = /^(?:optional|exactOptional|undefinedable|nullish|nullable)$/;

function actionText(action: Chain, names: Names): string[] {
	const { root } = action;
	const callee = root.call.getExpression().getText();
	const [first, second] = root.arguments;
	const message = messageLike(second ?? first, names);
	if (root.name === 'url' || root.name === 'nonEmpty') return [`${callee}(${message ?? ''})`];
	const isPresence = root.name === 'minLength' && /^[1-9]\d*$/.test(first?.getText() ?? '');
	return isPresence ? [`${callee}(1${message === null ? '' : `, ${message}`})`] : [];
}

interface Parts {
	text: string;
	actions: Chain[];
	wrap(inner: string, actions: string): string;
}

function chainsIn(expressions: Morph.Node[]): Chain[] {
	const { Node } = morph();
	return expressions.flatMap((one) =>
		Node.isExpression(one) ? (chainOf(one, VALIBOT) ?? []) : [],
	);
}

/** `v.string(…)` and `v.pipe(v.string(…), …)` */
function partsOf({ root }: Chain, names: Names): Parts | null {
	const { Node } = morph();
	const callee = root.call.getExpression().getText();
	if (root.name === 'string') {
		const list = root.arguments.find(Node.isArrayLiteralExpression);
		const actions = chainsIn(list?.getElements() ?? []);
		const text = `${callee}(${messageLike(root.arguments[0], names) ?? ''})`;
		return { text, actions, wrap: (_, items) => `${callee}([${items}])` };
	}
	if (root.name !== 'pipe') return null;
	const [start, ...actions] = chainsIn(root.arguments);
	if (start?.root.name !== 'string') return null;
	const message = messageLike(start.root.arguments[0], names) ?? '';
	const text = `${start.root.call.getExpression().getText()}(${message})`;
	const complete = actions.length === root.arguments.length - 1;
	return complete
		? { text, actions, wrap: (inner, items) => `${callee}(${inner}, ${items})` }
		: null;
}

function readText(chain: Chain, names: Names): Reading | null {
	const parts = partsOf(chain, names);
	if (!parts) return null;
	const items = parts.actions.flatMap((action) => actionText(action, names));
	const text = items.length > 0 ? parts.wrap(parts.text, items.join(', ')) : parts.text;
	const unchanged = parts.actions.every(({ root }) => UNCHANGING.test(root.name));
	return { text, optional: false, defaulted: false, unchanged };
}

function readWrapped({ root }: Chain, names: Names): Reading | null {
	const [inner, fallback] = root.arguments;
	const reading = inner ? read(inner, names) : null;
	if (!reading) return null;
	if (root.name === 'fallback') return { ...reading, defaulted: true };
	if (!OPTIONAL.test(root.name)) return null;
	return { ...reading, optional: true, defaulted: fallback !== undefined };
}

function read(value: Morph.Expression, names: Names): Reading | null {
	const chain = chainOf(value, VALIBOT);
	if (!chain || chain.steps.length > 0) return null;
	const reading = readWrapped(chain, names) ?? readText(chain, names);
	return underName(value, reading, chain.root.call.getText());
}

/** How this module validates texts; null when it does not import valibot. */
export function valibotValidators(source: Morph.SourceFile): Validators | null {
	const optional = wrapper(source, VALIBOT, 'optional');
	const write = (text: string, isOptional: boolean) => (isOptional ? optional(text) : text);
	return callValidators(source, VALIBOT, { read, text: 'string', write });
}
