// Talks to the person at the terminal, in a frame on stderr. The only owner of clack.
import * as clack from '@clack/prompts';
import { FlueError } from '../errors.ts';
import type { Answers, Question } from '../model/choices.ts';
import { pageOf, type Surroundings } from './output.ts';
import { laidOut } from './page.ts';

export interface Conversation {
	intro(title: string): void;
	/** A titled block of lines. Not clack's box: a tab in a line would break its frame. */
	section(title: string, lines: readonly string[]): void;
	warn(lines: readonly string[]): void;
	outro(message: string): void;
	/** Asks one after the other. @throws CANCELLED on Ctrl-C */
	askAll(questions: Question[]): Promise<Answers>;
	choose(
		message: string,
		options: { value: string; label: string; hint?: string }[],
	): Promise<string>;
	confirm(message: string): Promise<boolean>;
}

/** What the frame takes of each line: `│  `. */
const FRAME = 3;

/** clack answers Ctrl-C with a symbol, which is truthy: this is the one place that turns it into an error. */
function unlessCancelled<T>(answer: T | symbol): T {
	if (clack.isCancel(answer)) throw new FlueError('CANCELLED', 'Stopped. Nothing was changed.');
	return answer as T;
}

/** Opens a conversation. */
export function converse({ stderr: output, environment }: Surroundings): Conversation {
	/** The width is asked for each time: a window can change. */
	const within = (lines: readonly string[]): string => {
		const page = pageOf(output, environment);
		return laidOut(lines, { ...page, columns: (page.columns ?? 80) - FRAME }).join('\n');
	};
	const choose: Conversation['choose'] = async (message, rows) => {
		const options = rows.map(({ value, label, hint }) => ({
			value,
			label: within([label]),
			...(hint === undefined ? {} : { hint: within([hint]) }),
		}));
		return unlessCancelled<string>(
			await clack.select({ message: within([message]), options, output }),
		);
	};
	const confirm = async (message: string, initialValue = true) =>
		unlessCancelled<boolean>(
			await clack.confirm({ message: within([message]), initialValue, output }),
		);
	return {
		intro: (title) => clack.intro(title, { output }),
		section(title, lines) {
			clack.log.step(title, { output });
			clack.log.message(within(lines), { output, spacing: 0 });
		},
		warn: (lines) => clack.log.warn(within(lines), { output }),
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
