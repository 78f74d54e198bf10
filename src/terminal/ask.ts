// Talks to the person at the terminal, in a frame on stderr that is always closed. The only owner of clack.
import * as clack from '@clack/prompts';
import { cancelled } from '../errors.ts';
import type { Answers, Question } from '../model/choices.ts';
import { pageOf, type Surroundings } from './output.ts';
import { ink, laidOut } from './page.ts';

interface Row {
	value: string;
	label: string;
	hint?: string;
}

export interface Conversation {
	/** False before it begins and after it has ended. */
	isOpen(): boolean;
	begin(title: string): void;
	/** A titled block of lines. Not clack's box: a tab in a line would break its frame. */
	section(title: string, lines: readonly string[]): void;
	warn(lines: readonly string[]): void;
	/** Tells of an error, and ends. */
	refuse(lines: readonly string[]): void;
	/** Ends with a last line. */
	end(message: string): void;
	/** Asks one after the other. @throws CANCELLED on Ctrl-C, Ctrl-D, a signal, or when nobody is there any more */
	askAll(questions: readonly Question[]): Promise<Answers>;
	choose(message: string, rows: readonly Row[]): Promise<string>;
	confirm(message: string): Promise<boolean>;
}

/** What the frame takes of each line: `│  `. */
const FRAME_WIDTH = 3;

const CTRL_C = ['\u0003', { name: 'c', ctrl: true, sequence: '\u0003' }] as const;

// Beside Ctrl-C and Escape, which clack knows: readline would close its input on Ctrl-D, and the question would never settle.
clack.updateSettings({ aliases: { '\u0004': 'cancel' } });

/**
 * Puts one question. Whatever ends the run meanwhile is told to clack as the key of a person, so that it draws its last state and
 * gives the cursor back.
 */
async function asked<T>(
	{ stdin, signal }: Surroundings,
	question: () => Promise<T | symbol>,
	onCancel: () => void,
): Promise<T> {
	if (signal.aborted) throw cancelled();
	const cancel = (): void => {
		onCancel();
		stdin.emit('keypress', ...CTRL_C);
	};
	const ends = ['end', 'close', 'error'];
	signal.addEventListener('abort', cancel);
	for (const event of ends) stdin.once(event, cancel);
	try {
		const answer = await question();
		// The symbol that stands for a cancel is truthy.
		if (!clack.isCancel(answer)) return answer as T;
		onCancel();
		throw cancelled();
	} finally {
		signal.removeEventListener('abort', cancel);
		for (const event of ends) stdin.off(event, cancel);
	}
}

type Frame = (lines: readonly string[]) => string;

/** How each kind of question is put. */
function questionsOf(
	surroundings: Surroundings,
	framed: Frame,
	onCancel: () => void,
): Pick<Conversation, 'askAll' | 'choose' | 'confirm'> {
	const streams = { input: surroundings.stdin, output: surroundings.stderr.asStream() };
	const choose: Conversation['choose'] = (message, rows) => {
		const options = rows.map(({ value, label, hint }) => ({
			value,
			label: framed([label]),
			...(hint === undefined ? {} : { hint: framed([hint]) }),
		}));
		const question = { message: framed([message]), options, ...streams };
		return asked<string>(surroundings, () => clack.select(question), onCancel);
	};
	const confirm = (message: string, initialValue = true) => {
		const question = { message: framed([message]), initialValue, ...streams };
		return asked<boolean>(surroundings, () => clack.confirm(question), onCancel);
	};
	return {
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

/** Prepares a conversation; it begins with its title. */
export function converse(surroundings: Surroundings): Conversation {
	const { stderr, environment } = surroundings;
	const output = stderr.asStream();
	let isOpen = false;
	/** A question that was cancelled has drawn the bar before the end already. */
	let hasBar = false;
	/** The width is asked for each time: a window can change. */
	const framed: Frame = (lines) => {
		const page = pageOf(stderr, environment);
		return laidOut(lines, { ...page, columns: (page.columns ?? 80) - FRAME_WIDTH }).join('\n');
	};
	const end = (message: string): void => {
		if (!isOpen) return;
		isOpen = false;
		if (!hasBar) clack.log.message('', { output, spacing: 0 });
		const symbol = framed([ink.dim(clack.S_BAR_END)]);
		clack.log.message(framed([message]), { output, spacing: 0, symbol, secondarySymbol: ' ' });
	};
	return {
		...questionsOf(surroundings, framed, () => {
			hasBar = true;
		}),
		isOpen: () => isOpen,
		begin(title) {
			isOpen = true;
			clack.intro(framed([title]), { output });
		},
		section(title, lines) {
			clack.log.step(framed([ink.bold(title)]), { output });
			if (lines.length > 0) clack.log.message(framed(lines), { output, spacing: 0 });
		},
		warn: (lines) => clack.log.warn(framed(lines), { output }),
		refuse(lines) {
			clack.log.error(framed(lines), { output });
			end('');
		},
		end,
	};
}
