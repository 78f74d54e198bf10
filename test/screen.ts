// The built program in a real (pseudo-)terminal of some width: what a person sees, types and interrupts.
import { closeSync, constants, openSync } from 'node:fs';
import { stripVTControlCharacters } from 'node:util';
import { spawn } from '@lydell/node-pty';
import headless from '@xterm/headless';
import { until } from '../adapter/test/patience.ts';
import { BIN } from './program.ts';

export const ENTER = '\r';
export const CTRL_C = '\u0003';
export const CTRL_D = '\u0004';
export const ESCAPE = '\u001b';
export const DOWN = '\u001b[B';

interface Ended {
	status: number;
	/** All that was printed, in its order, without escapes; what was drawn again is there again. */
	printed: string;
	/** What stands on the screen and above it, a row a line; blanks at the end are left out. */
	rows: string[];
	/** Whether the cursor is to be seen. */
	hasCursor: boolean;
}

export interface Session {
	/** Waits for text that was not there at the last call, then types. A blank stands for any gap, as lines are wrapped. */
	when(text: string, keys: string): Promise<void>;
	kill(signal: string): void;
	/** Closes the terminal, as a window is closed. */
	hangUp(): void;
	rows(): Promise<string[]>;
	end: Promise<Ended>;
}

export interface Window {
	columns?: number;
	rows?: number;
	env?: Record<string, string>;
}

const SHOW = '\u001b[?25h';
const HIDE = '\u001b[?25l';

/** So long nothing more comes when all is read. Milliseconds. */
const SILENCE_MS = 200;

/**
 * Keeps what a program has written until it is read. A terminal that nobody holds loses it on a busy machine when the program ends,
 * from the 4,096th character on, and node-pty 1.1.0 closes its own side 200 ms later, read or not.
 */
function keepWords(terminal: object, length: () => number): void {
	const { _socket: socket, _pty: name } = terminal as { _socket: Closing; _pty: string };
	const held = openSync(name, constants.O_RDWR | constants.O_NOCTTY);
	const destroy = socket.destroy.bind(socket);
	let before = -1;
	socket.destroy = () => {
		const isSilent = before === length();
		before = length();
		if (!isSilent) return void setTimeout(socket.destroy, SILENCE_MS);
		closeSync(held);
		destroy();
	};
}

interface Closing {
	destroy(): unknown;
}

/** The words of a text, without the frame around them. */
function words(text: string): string {
	return text.replace(/[│\s]+/g, ' ');
}

/** Starts the program. The screen is emulated, so that what is drawn over is gone from `rows`. */
export function open(
	args: string[],
	cwd: string,
	{ columns = 120, rows = 60, env = {} }: Window = {},
): Session {
	const screen = new headless.Terminal({
		cols: columns,
		rows,
		scrollback: 5000,
		allowProposedApi: true,
	});
	const terminal = spawn(process.execPath, [BIN, ...args], {
		cwd,
		cols: columns,
		rows,
		env: {
			PATH: process.env.PATH ?? '',
			HOME: process.env.HOME ?? '',
			TERM: 'xterm-256color',
			...env,
		},
	});
	let raw = '';
	keepWords(terminal, () => raw.length);
	let seen = 0;
	terminal.onData((chunk) => {
		raw += chunk;
		screen.write(chunk);
	});
	const readRows = async (): Promise<string[]> => {
		await new Promise<void>((resolve) => screen.write('', resolve));
		const { length } = screen.buffer.active;
		const all = Array.from({ length }, (_, row) =>
			(screen.buffer.active.getLine(row)?.translateToString(true) ?? '').trimEnd(),
		);
		return all.slice(0, all.findLastIndex((row) => row !== '') + 1);
	};
	// The end of a program may be told before its last words, on a busy machine.
	const settled = async (): Promise<void> => {
		for (let before = -1; before !== raw.length; ) {
			before = raw.length;
			await new Promise((resume) => setTimeout(resume, 200));
		}
	};
	const end = new Promise<Ended>((resolve) => {
		terminal.onExit(async ({ exitCode }) => {
			await settled();
			resolve({
				status: exitCode,
				printed: stripVTControlCharacters(raw),
				rows: await readRows(),
				hasCursor: raw.lastIndexOf(HIDE) <= raw.lastIndexOf(SHOW),
			});
		});
	});
	return {
		end,
		rows: readRows,
		kill: (signal) => terminal.kill(signal),
		hangUp: () => terminal.kill('SIGHUP'),
		async when(text, keys) {
			const fresh = (): string => words(stripVTControlCharacters(raw.slice(seen)));
			await until(
				() => `"${text}" on the screen:\n${raw}`,
				() => fresh().includes(words(text)),
			);
			seen = raw.length;
			await new Promise((resume) => setTimeout(resume, 60));
			terminal.write(keys);
		},
	};
}
