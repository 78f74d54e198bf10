// What is open, and what is settled.
import type { Blueprint } from './blueprint.ts';
import type { AdapterCopy, Target } from './facts.ts';
import type { Found } from './found.ts';
import type { PackageManager } from './request.ts';

export type QuestionId =
	| 'entry'
	| 'target'
	| 'package-manager'
	| 'replace'
	| 'align-runtime'
	| 'reconnect'
	| 'adapter'
	| 'discard'
	| 'remove-value'
	| 'conflicts';

export type Answers = Partial<Record<QuestionId, string | boolean>>;

/** One row drives the prompt, the flag, the help and the unattended refusal alike. */
export interface Question {
	id: QuestionId;
	message: string;
	/** What settles it on the command line, e.g. `--replace`. */
	flag: string;
	/** Values for a choice; empty for a yes-or-no question. */
	options: { value: string; label: string; hint?: string }[];
	/** A no leaves nothing else to ask. */
	noEnds?: true;
	/** What a terminal proposes. */
	initial: string | boolean;
	/** What an unattended run takes; null when nobody may decide it but the user. */
	unattended: string | boolean | null;
}

/** Everything settled. From here to the end of the run nobody is asked anything. */
export interface Choices {
	blueprint: Blueprint;
	packageManager: Found<PackageManager>;
	target: Found<Target>;
	replaceDb: boolean;
	/** The module for `start({ db })`, as said or answered; absent: Flue itself loads the db entry. */
	entry?: string | undefined;
	reconnect: boolean;
	/** Whether there is to be one copy of the runtime when the run has ended; null when nobody said. */
	alignRuntime: boolean | null;
	/** Where the adapter comes from, as in `AddOptions`; undefined: the registry, at the version that fits. */
	adapter: string | undefined;
	/** The adapter, of those that this program brings along, that is for the project's runtime; null when none is. */
	copy: AdapterCopy | null;
}
