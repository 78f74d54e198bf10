// What is told of a defect of this program, to be pasted into a report as it is.

/** Nothing in it is a value of the user's: no path of theirs, no argument, nothing of an environment or a file. */
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
