// Every change that will be made, and what came of it.
import type { Found, Warning } from './found.ts';
import type { ImportedAccess } from './key-plan.ts';
import type { PackageManager, SecretConvention } from './request.ts';

export interface InstallStep {
	kind: 'install';
	command: PackageManager;
	args: string[];
	/** The folder to run it in, relative to the project root; absent: the project root. */
	folder?: string;
}

/** A file that this program brings along. It never takes the place of another: there must be none of that name. */
export interface CopyStep {
	kind: 'copy';
	/** Relative to the project root, with `/`. */
	path: string;
	bytes: Uint8Array;
}

/** A file that this program wrote and no longer needs. It must still hold those bytes. */
export interface RemoveStep {
	kind: 'remove';
	/** Relative to the project root, with `/`. */
	path: string;
	bytes: Uint8Array;
}

/**
 * `before` and `after` give the preview (a diff), the precondition (the disk must still say `before`),
 * the undo (write `before` back) and idempotence (equal: no step).
 */
export interface WriteStep {
	kind: 'write';
	/** Relative to the project root, with `/`. */
	path: string;
	/** null: the file must not exist. */
	before: string | null;
	after: string;
	/**
	 * What a report may show of it: the changed lines; of a file whose text may hold secrets, what is added; of a copy
	 * of such a text, nothing.
	 */
	shown: 'changes' | 'additions' | 'nothing';
}

export type Step = InstallStep | CopyStep | RemoveStep | WriteStep;

/**
 * What became of a step. `undone`: it was begun or done, and every file is as it was before. `partly-undone`: some files
 * of the run could not be put back, and the error names them.
 */
export type StepState = 'planned' | 'done' | 'undone' | 'partly-undone';

export interface Plan {
	root: string;
	boundary: string;
	/** In the order in which they are applied. */
	steps: Step[];
	/** Files that a package manager may change, relative to `root`: restored when anything fails. */
	installTouches: string[];
	warnings: Warning[];
	nextSteps: string[];
	/** The install that is left to the user, as it is typed; null when there is none. */
	installCommand: string | null;
}

/** Where db.ts takes the address from, and the edits that make room for it. */
export interface SecretPlan {
	convention: Found<SecretConvention>;
	/** The expression in db.ts, e.g. `process.env.REDIS_URL` or `env.REDIS_URL`. */
	expression: string;
	module: {
		specifier: string;
		access: ImportedAccess;
		/** What it gives is a text, never undefined. */
		isSurelyText?: boolean;
	} | null;
	/** The module that ends with an error while the variable has no value; null where nothing is known to. */
	requiredBy: string | null;
	steps: WriteStep[];
	warnings: Warning[];
}

export type Status = 'applied' | 'unchanged' | 'previewed' | 'declined';

export interface Outcome {
	status: Status;
	plan: Plan;
	warnings: Warning[];
}
