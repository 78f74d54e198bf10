// stdout and stderr of the process: what became of what was written, and a text written without the streams of Node where it can be.
import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Sink } from './terminal/output.ts';

const STDOUT = 1;

function flushed(stream: Writable): Promise<void> {
	return new Promise((resume) => stream.write('', () => resume()));
}

/** Watches what is written from here on. Called at the end with the exit status, it waits for it and gives the status to end with. */
export function watchOutput(): (status: number) => Promise<number> {
	const { stdout, stderr } = process;
	// A reader that went away (`flue add | head`) is no reason to stop half-way; an answer that got lost is a failure.
	let lost: Error | undefined;
	stderr.on('error', () => {});
	stdout.on('error', (error: NodeJS.ErrnoException) => {
		if (error.code !== 'EPIPE') lost = error;
	});
	return async (status) => {
		await flushed(stdout);
		if (lost)
			stderr.write(
				`error WRITE_FAILED: The output could not be written (${lost.message}); what was done stays done.\n`,
			);
		await flushed(stderr);
		return lost ? 1 : status;
	};
}

/** Whether stdout is a file or a pipe: no terminal, and nothing odd. */
function isPlain(): boolean {
	try {
		const stats = fstatSync(STDOUT);
		return stats.isFile() || stats.isFIFO() || stats.isSocket();
	} catch {
		return false;
	}
}

/** Writes as much as is taken at once, and gives the rest: all of it from where the reader is slow, or gone. */
function writeAtOnce(bytes: Buffer): Buffer {
	let rest = bytes;
	try {
		while (rest.length > 0) rest = rest.subarray(writeSync(STDOUT, rest));
	} catch {
		// The stream finds it again, and knows what to do about it.
	}
	return rest;
}

/** Collects one text for stdout; `end` writes it and gives the exit status. Loading the streams takes longer than most texts. */
export function collectOutput(): Sink & { end(): Promise<number> } {
	const plain = isPlain();
	let text = '';
	return {
		isTTY: !plain && process.stdout.isTTY === true,
		columns: plain ? 0 : process.stdout.columns,
		write(part) {
			text += part;
		},
		async end() {
			const bytes = Buffer.from(text);
			const rest = plain ? writeAtOnce(bytes) : bytes;
			if (rest.length === 0) return 0;
			const settle = watchOutput();
			process.stdout.write(rest);
			return settle(0);
		},
	};
}
