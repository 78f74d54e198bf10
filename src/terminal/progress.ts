// Shows on a terminal that a command is at work, with the time that has passed. Without a terminal it is silent.
import { stripVTControlCharacters } from 'node:util';
import type { Sink } from './output.ts';
import { shown, truncated } from './page.ts';

export interface Progress {
	/** Takes what the command prints; its last line is shown. */
	output(chunk: string): void;
	stop(): void;
}

const FRAMES = ['|', '/', '-', '\\'];
/** A command that prints nothing for so long may be waiting for the network. */
const SILENCE_MS = 30_000;

function lastLine(chunk: string): string | undefined {
	return chunk
		.split(/[\r\n]+/)
		.map((line) => stripVTControlCharacters(line).trim())
		.filter((line) => line !== '')
		.at(-1);
}

/**
 * Starts a line that turns. clack's own spinner is not used: it takes Ctrl-C for itself and ends the process with
 * status 0, and what was half done would stay.
 * @param columns width of the terminal
 */
export function showProgress(stream: Sink, label: string): Progress {
	const started = Date.now();
	let heard = started;
	let detail = '';
	let frame = 0;
	const draw = () => {
		const now = Date.now();
		const note =
			now - heard > SILENCE_MS ? 'nothing heard for a while; the network may be slow' : detail;
		const line = `${FRAMES[frame++ % FRAMES.length]}  ${label} (${Math.round((now - started) / 1000)} s) ${note}`;
		stream.write(`\r\u001b[K${truncated(shown(line), Math.max(20, (stream.columns || 80) - 1))}`);
	};
	const timer = setInterval(draw, 120);
	return {
		output(chunk) {
			heard = Date.now();
			detail = lastLine(chunk) ?? detail;
		},
		stop() {
			clearInterval(timer);
			stream.write('\r\u001b[K');
		},
	};
}
