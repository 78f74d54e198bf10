// An error that nobody foresaw -> what may be told of it. Pure. It needs no other file of this room, so that it works where one
// of them is what is broken.
import { fileURLToPath } from 'node:url';
import { type DefectReport, FlueError } from '../errors.ts';
import type { CommandName } from '../model/request.ts';

/** Where the program runs, and what for. */
export interface DefectPlace extends Omit<DefectReport, 'stack'> {
	/** Absolute path of the folder of this package, as stack traces name it. */
	root: string;
}

const HINT =
	"Install flue-blueprints again. If it stays, pass on the report that comes with this error: no path and no value of yours is in it. With DEBUG=1 the error's own words are printed too, and they may hold one.";

/** `    at name (place:1:2)` or `    at place:1:2`, as V8 writes it: https://v8.dev/docs/stack-trace-api */
const FRAME =
	/^\s+at (?:(.+?) \()?(?:async )?((?:file:\/\/|node:|\/|[A-Za-z]:[\\/]).*?)(:\d+:\d+)\)?$/;
const LONGEST = 20;

/** A file of this package or of Node; null for any other, whose path is the user's. */
function placeIn(root: string, location: string): string | null {
	if (location.startsWith('node:')) return location;
	const path = location.startsWith('file://') ? fileURLToPath(location) : location;
	const [folder, plain] = [root, path].map((one) => one.replaceAll('\\', '/')) as [string, string];
	const start = folder.endsWith('/') ? folder : `${folder}/`;
	return plain.startsWith(start) ? plain.slice(start.length) : null;
}

/** One line of a trace; null for what is none. */
function frameOf(root: string, line: string): string | null {
	const [, name = '', location = '', position = ''] = FRAME.exec(line) ?? [];
	if (location === '') return null;
	const place = placeIn(root, location);
	if (place === null) return 'at <elsewhere>';
	const isName = /^[\w$.#<>[\] ]+$/.test(name);
	return isName ? `at ${name} (${place}${position})` : `at ${place}${position}`;
}

/** The file that `require` did not find; Node says it in the message alone. */
function missingFile({ code, message }: NodeJS.ErrnoException): string | undefined {
	if (code !== 'MODULE_NOT_FOUND') return undefined;
	return /^Cannot find module '\.\/([\w/-]+\.cjs)'\n/.exec(message)?.[1];
}

/** The file of this package that an error of the system or of Node's loader is about. */
function ownFile(root: string, error: Error): string {
	const missing = missingFile(error);
	if (missing !== undefined) return missing;
	const { path, url = path } = error as { path?: unknown; url?: unknown };
	return (typeof url === 'string' && !url.startsWith('node:') && placeIn(root, url)) || '';
}

/** Its class, and the code of the system or of Node. Never what it says: that may be a text of the user's. */
function kindOf(root: string, error: unknown): string {
	if (!(error instanceof Error)) return `a thrown ${typeof error}`;
	const { code, syscall } = error as NodeJS.ErrnoException;
	const words = [error.name, code, syscall].filter((word) => /^[A-Za-z]\w*$/.test(word ?? ''));
	return [...words, ownFile(root, error)].join(' ').trim();
}

/**
 * The lines behind the message. A message may run over several lines, and a text in it may look like a trace: one that
 * cannot be told from it leaves nothing to show.
 */
function traceOf(root: string, { message, stack = '' }: Error): string[] {
	const at = stack.indexOf(message);
	const trace = at < 0 ? [] : stack.slice(at + message.length).split('\n');
	const frames = trace.slice(1).flatMap((line) => frameOf(root, line) ?? []);
	return frames.filter((line, index) => line !== frames[index - 1]).slice(0, LONGEST);
}

/** The error and what it came from, each with its trace. */
function stackOf(root: string, error: unknown): string[] {
	const lines = [kindOf(root, error)];
	let one = error;
	for (let depth = 0; one instanceof Error && depth < 3; depth++) {
		lines.push(...traceOf(root, one));
		one = one.cause;
		if (one !== undefined) lines.push(`caused by ${kindOf(root, one)}`);
	}
	return lines;
}

/** The error as one of this program, with a report. The words of a foreign error stay in `cause`. */
export function asDefect(error: unknown, { root, ...about }: DefectPlace): FlueError {
	const stack = stackOf(root, error);
	const what = error instanceof FlueError ? `: ${error.message}` : ` (${stack[0]}).`;
	return new FlueError('INTERNAL', `This is a defect of flue-blueprints${what}`, {
		hint: HINT,
		cause: (error instanceof FlueError && error.cause) || error,
		report: { ...about, stack },
	});
}

/** The report as text. */
export function reportLines({ program, node, system, command, stack }: DefectReport): string[] {
	const [kind = '', ...trace] = stack;
	return [
		'report:',
		`  flue-blueprints ${program}, Node ${node}, ${system}`,
		`  ${command}`,
		`  ${kind}`,
		...trace.map((line) => (line.startsWith('at ') ? `    ${line}` : `  ${line}`)),
	];
}

const NO_RUN = {
	blueprint: null,
	project: null,
	steps: [],
	warnings: [],
	nextSteps: [],
	next: null,
};

/** What the document of each command holds when nothing is known. */
const UNKNOWN: Record<CommandName, object> = {
	add: NO_RUN,
	remove: NO_RUN,
	update: NO_RUN,
	apply: NO_RUN,
	verify: { checks: [], next: null },
	list: { projects: [], next: null },
};

/** The error without any other part of the program: one document, or lines. For when the usual words cannot be had. */
export function plainWords(
	error: FlueError,
	told: { command: CommandName; json: boolean },
): string {
	const { code, message, hint = null, report } = error;
	if (told.json) {
		const { command } = told;
		const start = { version: 1, command, status: 'failed', ...UNKNOWN[command] };
		return JSON.stringify({ ...start, error: { code, message, hint, report } }, null, 2);
	}
	return [
		`error ${code}: ${message}`,
		`hint: ${hint}`,
		...(report ? reportLines(report) : []),
	].join('\n');
}
