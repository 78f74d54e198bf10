// stdout and stderr of the process: what became of what was written, and texts written without the streams of Node where they can be.
import { fstatSync, writeSync } from 'node:fs';
import type { Writable } from 'node:stream';
import type { Output, Sink } from './terminal/output.ts';

const STDOUT = 1;
const STDERR = 2;

/** Whether an output is a file or a pipe: no terminal, and nothing odd. */
function isPlain(descriptor: number): boolean {
	try {
		const stats = fstatSync(descriptor);
		return stats.isFile() || stats.isFIFO() || stats.isSocket();
	} catch {
		return false;
	}
}

/** Writes as much as is taken at once, and gives the rest: all of it from where the reader is slow, or gone. */
function writeAtOnce(descriptor: number, bytes: Buffer): Buffer {
	let rest = bytes;
	try {
		while (rest.length > 0) rest = rest.subarray(writeSync(descriptor, rest));
	} catch {
		// The stream finds it again, and knows what to do about it.
	}
	return rest;
}

/** An output of the process. Loading Node's stream takes longer than most runs write: it is opened where it is needed. */
interface Opened extends Output {
	/** Waits for what was written. */
	flush(): Promise<void>;
}

function open(name: 'stdout' | 'stderr', onError: (error: NodeJS.ErrnoException) => void): Opened {
	const descriptor = name === 'stdout' ? STDOUT : STDERR;
	const plain = isPlain(descriptor);
	let stream: (Writable & Sink) | undefined;
	const asStream = () => {
		stream ??= process[name].on('error', onError);
		return stream;
	};
	return {
		isTTY: !plain && asStream().isTTY === true,
		get columns() {
			return plain ? undefined : asStream().columns;
		},
		write(text, done) {
			// What stands in the stream comes first.
			const rest =
				plain && stream === undefined ? writeAtOnce(descriptor, Buffer.from(text)) : text;
			if (rest.length > 0) asStream().write(rest, () => done?.());
			else done?.();
		},
		asStream,
		flush: () =>
			new Promise((resume) => {
				if (stream === undefined) resume();
				else stream.write('', () => resume());
			}),
	};
}

/** The outputs of the process. `settle`, called at the end with the exit status, waits for them and gives the status to end with. */
export function openOutputs(): {
	stdout: Output;
	stderr: Output;
	settle(status: number): Promise<number>;
} {
	// A reader that went away (`flue add | head`) is no reason to stop half-way; an answer that got lost is a failure.
	let lost: Error | undefined;
	const stderr = open('stderr', () => {});
	const stdout = open('stdout', (error) => {
		if (error.code !== 'EPIPE') lost = error;
	});
	return {
		stdout,
		stderr,
		async settle(status) {
			await stdout.flush();
			if (lost)
				stderr.write(
					`error WRITE_FAILED: The output could not be written (${lost.message}); what was done stays done.\n`,
				);
			await stderr.flush();
			return lost ? 1 : status;
		},
	};
}
