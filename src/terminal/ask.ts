// Talks to the person at the terminal. The only owner of clack; everything goes to stderr.
import type { Writable } from 'node:stream';
import * as clack from '@clack/prompts';
import { FlueError } from '../errors.ts';
import type { Answers, Question } from '../model/choices.ts';

export interface Conversation {
	intro(title: string): void;
	/** A titled block of lines. Not clack's box: a tab in a line would break its frame. */
	section(title: string, lines: string[]): void;
	warn(message: string): void;
	outro(message: string): void;
	/** Asks one after the other. @throws CANCELLED on Ctrl-C */
	askAll(questions: Question[]): Promise<Answers>;
	choose(
		message: string,
		options: { value: string; label: string; hint?: string }[],
	): Promise<string>;
	confirm(message: string): Promise<boolean>;
}

/** clack answers Ctrl-C with a symbol, which is truthy: this is the one place that turns it into an error. */
function unlessCancelled<T>(answer: T | symbol): T {
	if (clack.isCancel(answer)) throw new FlueError('CANCELLED', 'Stopped. Nothing was changed.');
	return answer as T;
}

/** Opens a conversation on a stream. */
export function converse(output: Writable): Conversation {
	const choose: Conversation['choose'] = async (message, options) =>
		unlessCancelled<string>(await clack.select({ message, options, output }));
	const confirm = async (message: string, initialValue = true) =>
		unlessCancelled<boolean>(await clack.confirm({ message, initialValue, output }));
	return {
		intro: (title) => clack.intro(title, { output }),
		section(title, lines) {
			clack.log.step(title, { output });
			clack.log.message(lines.join('\n'), { output, spacing: 0 });
		},
		warn: (message) => clack.log.warn(message, { output }),
		outro: (message) => clack.outro(message, { output }),
		choose,
		confirm: (message) => confirm(message),
		async askAll(questions) {
			const answers: Answers = {};
			for (const { id, message, options, initial, noEnds } of questions) {
				answers[id] =
					options.length > 0
						? await choose(message, options)
						: await confirm(message, initial === true);
				if (noEnds && answers[id] === false) break;
			}
			return answers;
		},
	};
}
