// Every way the program can refuse, and the exit status of each. Throw; never print and throw.

/** Stable codes, with the exit status and what each means to a user. Printed by `flue help errors`. */
export const ERROR_CODES = {
	BAD_USAGE: { status: 2, meaning: 'The command line is not understood.' },
	BAD_INPUT: {
		status: 2,
		meaning: 'The document of --input does not fit; the message names the place.',
	},
	UNKNOWN_BLUEPRINT: { status: 2, meaning: 'There is no blueprint of that kind or name.' },
	NEEDS_ANSWER: {
		status: 2,
		meaning: 'A question is open and nobody can be asked; the message names every flag.',
	},
	NOT_A_PROJECT: { status: 1, meaning: 'There is no package.json at or above the folder.' },
	NOT_FLUE: { status: 1, meaning: 'The project does not use Flue.' },
	UNSUPPORTED_TARGET: {
		status: 1,
		meaning:
			'The project builds for Cloudflare, which has its own durable storage and refuses db.ts.',
	},
	UNREADABLE_PROJECT: {
		status: 1,
		meaning: 'A file that decides something cannot be read or understood.',
	},
	MANAGER_MISSING: { status: 1, meaning: 'The package manager of the project is not installed.' },
	RUNTIME_TOO_OLD: {
		status: 1,
		meaning: 'The Flue of the project is older than 1.0.0-beta.5, the first that can be served.',
	},
	CLIENT_TOO_OLD: {
		status: 1,
		meaning: 'The declared redis client is not one that the adapter works with.',
	},
	ADAPTER_UNFIT: {
		status: 1,
		meaning:
			'The adapter is not made for the Flue of the project, or its package manager cannot unpack it.',
	},
	RUNTIME_SPLIT: {
		status: 1,
		meaning: 'The copies of @flue/runtime cannot be made one; every file is as it was.',
	},
	FORMATTER_FAILED: {
		status: 1,
		meaning: 'The formatter of the project could not be run for --format.',
	},
	BUSY: { status: 1, meaning: 'Another run is changing the same project.' },
	CHANGED_ON_DISK: { status: 1, meaning: 'A file changed after the plan was made.' },
	VERSION_UNKNOWN: {
		status: 1,
		meaning: 'The db entry is of a version of the blueprint that this command does not know.',
	},
	MERGE_UNSOUND: {
		status: 1,
		meaning: 'What the merge makes of the db entry could not be loaded; nothing was changed.',
	},
	PLAN_UNREADABLE: {
		status: 1,
		meaning: 'The plan file is of another version, was edited, or is no plan.',
	},
	PLAN_FOREIGN: { status: 1, meaning: 'The plan file was made for another project.' },
	UNSAFE_PATH: { status: 1, meaning: 'A path leads out of the project.' },
	INSTALL_FAILED: { status: 1, meaning: 'The package manager failed; every file was put back.' },
	WRITE_FAILED: { status: 1, meaning: 'A file could not be written; every file was put back.' },
	CANCELLED: { status: 130, meaning: 'Stopped by the user or a signal; every file was put back.' },
	INTERNAL: { status: 1, meaning: 'A defect of this program.' },
} as const satisfies Record<string, { status: 1 | 2 | 130; meaning: string }>;

/**
 * What is told of a defect of this program, to be pasted into a report as it is. Nothing in it is a value of the user's: no path of theirs, no
 * argument, nothing of an environment or a file.
 */
export interface DefectReport {
	/** Versions of this program and of Node. */
	program: string;
	node: string;
	/** The operating system, e.g. `linux x64 6.1.0`. */
	system: string;
	/** What was typed, with a placeholder for each value: `flue add database redis --cwd <dir>`. */
	command: string;
	/** The kind of error, then `at` and a place a line; paths are relative to this package, with `/`. */
	stack: string[];
}

export type ErrorCode = keyof typeof ERROR_CODES;

export interface FlueErrorDetails {
	/** The next action, ideally a command or a flag to paste. */
	hint?: string;
	/** Flags with which the same command is expected to succeed; empty: it needs none, and only to be run again. */
	again?: readonly string[];
	/** The option that settles it, as it is typed, e.g. `--replace`. */
	flag?: string;
	/** Every refusal of the same stage, this one first; absent: it is the only one. */
	reasons?: readonly FlueError[];
	/** The file the error is about, relative to the project root. */
	path?: string;
	cause?: unknown;
	/** Of a defect: what may be told of it. */
	report?: DefectReport;
}

/** The one error class. `message` says in one sentence what is wrong with this project. */
export class FlueError extends Error {
	readonly code: ErrorCode;
	readonly hint: string | undefined;
	readonly again: readonly string[] | undefined;
	readonly flag: string | undefined;
	readonly reasons: readonly FlueError[];
	readonly path: string | undefined;
	readonly report: DefectReport | undefined;

	constructor(code: ErrorCode, message: string, details: FlueErrorDetails = {}) {
		super(message, { cause: details.cause });
		this.name = 'FlueError';
		this.code = code;
		this.hint = details.hint;
		this.again = details.again;
		this.flag = details.flag;
		this.reasons = details.reasons ?? [];
		this.path = details.path;
		this.report = details.report;
	}

	/** The same refusal in other words. */
	reworded(message: string, hint = this.hint, reasons = this.reasons): FlueError {
		const { again, flag, path, report, cause } = this;
		return new FlueError(this.code, message, {
			reasons,
			...(hint === undefined ? {} : { hint }),
			...(again === undefined ? {} : { again }),
			...(flag === undefined ? {} : { flag }),
			...(path === undefined ? {} : { path }),
			...(report === undefined ? {} : { report }),
			cause,
		});
	}

	get status(): number {
		return ERROR_CODES[this.code].status;
	}
}

/** What ends a run that a person or the system stopped before it had changed anything. */
export function cancelled(): FlueError {
	return new FlueError('CANCELLED', 'Cancelled, nothing was changed.');
}

/** What is said where a parser ended because it had called itself too often. */
export function tooDeep(cause: RangeError): FlueError {
	const message = 'A file of the project nests too deeply to be understood.';
	return new FlueError('UNREADABLE_PROJECT', message, { cause });
}
