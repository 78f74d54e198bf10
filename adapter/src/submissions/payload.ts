// An admitted input as it is kept: without what its row says already, where it has a known form. Pure.
import { decodePart, encodePart } from '../keys.ts';
import { isoOf } from '../streams/values.ts';
import type { Input } from './shape.ts';
import type { RowState } from './state.ts';

/** Stands between two values; an input that holds it is kept as JSON. */
const NEXT = '\x1f';

/** The first character of what is kept, by the names of an input's fields in their order. */
const SIGNS: ReadonlyMap<string, string> = new Map([
	['kind,submissionId,agent,id,message,acceptedAt', '1'],
	['kind,submissionId,agent,id,message,initialData,acceptedAt', '2'],
	['kind,submissionId,agent,id,message,acceptedAt,traceCarrier', '3'],
	['kind,submissionId,agent,id,message,initialData,acceptedAt,traceCarrier', '4'],
]);
const FIRST_SIGN = 48;

/** What a row says of its input. */
type Known = Pick<RowState, 'key' | 'kind' | 'agent' | 'accepted'>;

/** True for a text that can stand as it is: whole, and without the sign between values. */
const isPlain = (text: unknown): text is string =>
	typeof text === 'string' && !text.includes(NEXT) && text.isWellFormed();

/** A message of a user that is text alone is that text behind `u`; any other is JSON. */
function messageText(message: unknown): string {
	const { kind, body } = message as { kind?: unknown; body?: unknown };
	const isText =
		kind === 'user' && isPlain(body) && Object.keys(message as object).join() === 'kind,body';
	return isText ? `u${body}` : JSON.stringify(message);
}

function messageOf(text: string): unknown {
	return text[0] === 'u' ? { kind: 'user', body: text.slice(1) } : JSON.parse(text);
}

/** True for what is kept of an input whose message is the text of a user and nothing else. */
export function isUserText(kept: string): boolean {
	const sign = kept.charCodeAt(0) - FIRST_SIGN;
	return sign >= 1 && sign <= 4 && kept.startsWith('u', kept.indexOf(NEXT) + 1);
}

/** What is kept of an input. */
export function keptOf(input: Input, row: Known): string {
	const fields = input as unknown as Record<string, unknown>;
	const sign = SIGNS.get(Object.keys(fields).join());
	const isKnown =
		sign !== undefined &&
		Object.values(fields).every((value) => value !== undefined) &&
		isPlain(input.id) &&
		input.kind === row.kind &&
		input.agent === row.agent &&
		encodePart(input.submissionId) === row.key &&
		input.acceptedAt === isoOf(Number(row.accepted));
	if (!isKnown) return JSON.stringify(input);
	let text = sign + input.id + NEXT + messageText(fields.message);
	if (fields.initialData !== undefined) text += NEXT + JSON.stringify(fields.initialData);
	if (fields.traceCarrier !== undefined) text += NEXT + JSON.stringify(fields.traceCarrier);
	return text;
}

/**
 * The input that was kept.
 *
 * @throws Error when it is neither JSON nor of a known form.
 */
export function inputOf(kept: string, row: Known): Input {
	const sign = kept.charCodeAt(0) - FIRST_SIGN;
	if (!(sign >= 1 && sign <= 4)) return JSON.parse(kept) as Input;
	const [id = '', message = '', ...more] = kept.slice(1).split(NEXT);
	const { kind, agent } = row;
	const fields: Record<string, unknown> = {
		kind,
		submissionId: decodePart(row.key),
		agent,
		id,
		message: messageOf(message),
	};
	if (sign === 2 || sign === 4) fields.initialData = JSON.parse(more.shift() ?? '');
	fields.acceptedAt = isoOf(Number(row.accepted));
	if (sign >= 3) fields.traceCarrier = JSON.parse(more.shift() ?? '');
	return fields as unknown as Input;
}
