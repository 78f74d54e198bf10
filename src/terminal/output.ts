// The streams of a run, and the one place that writes to them: lines for a reader as they fit, texts for programs as they are.
import type { Readable, Writable } from 'node:stream';
import type { Start } from '../model/start.ts';
import { laidOut, type Page } from './page.ts';

/** Whatever takes text: a terminal has a width. */
export interface Sink {
	write(text: string): unknown;
	isTTY?: boolean;
	columns?: number | undefined;
}

/** One of the two outputs of a run. */
export interface Output extends Sink {
	/** `done` is called when it was written, or could not be. */
	write(text: string, done?: () => void): void;
	/** The same as a stream, for whoever draws on a terminal. */
	asStream(): Writable;
}

/** As much of the world as a text needs. */
export interface Reader {
	stdout: Sink;
	environment: Record<string, string | undefined>;
	start: Start;
}

/** Plans by name, where they are no files. */
interface PlanShelf {
	keep(name: string, text: string): void;
	/** null: there is none of that name. */
	read(name: string): string | null;
}

/** The world as values: nothing below this reaches for `process`. */
export interface Surroundings {
	stdin: Readable & { isTTY?: boolean };
	stdout: Output;
	stderr: Output;
	environment: Record<string, string | undefined>;
	/** Aborted when the system or the person asks the program to stop. */
	signal: AbortSignal;
	/** Of this program. */
	version: string;
	/** The node that runs this program. */
	node: { path: string; version: string };
	/** How this program was started: what the words of its commands depend on. */
	start: Start;
	/** Where plans are kept by name; absent: in files. */
	plans?: PlanShelf;
}

/** By the usual conventions (NO_COLOR, FORCE_COLOR, a terminal that is not dumb). */
function hasColors(
	output: Sink,
	{ NO_COLOR, FORCE_COLOR, TERM }: Surroundings['environment'],
): boolean {
	if (NO_COLOR) return false;
	if (FORCE_COLOR !== undefined && FORCE_COLOR !== '0') return true;
	return output.isTTY === true && TERM !== 'dumb';
}

/** The page that a stream is: a terminal has a width, a file has none. */
export function pageOf(output: Sink, environment: Surroundings['environment']): Page {
	// A terminal that does not know its width says 0.
	const columns = output.isTTY === true ? output.columns || 80 : null;
	return { columns, colors: hasColors(output, environment) };
}

/** Writes lines of a report to one of the streams. */
export function writeLines(
	surroundings: Surroundings,
	name: 'stdout' | 'stderr',
	lines: readonly string[],
): void {
	if (lines.length === 0) return;
	const output = surroundings[name];
	output.write(`${laidOut(lines, pageOf(output, surroundings.environment)).join('\n')}\n`);
}

/** Writes a text that is for programs, as it is. */
export function writeText({ stdout }: Pick<Reader, 'stdout'>, text: string): void {
	stdout.write(text);
}
