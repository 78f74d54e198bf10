// What one run of `add` knows so far.
import type { Blueprint } from './blueprint.ts';
import type { Choices } from './choices.ts';
import type { Facts } from './facts.ts';
import type { Plan, SecretPlan, Step, StepState } from './plan.ts';
import type { Check } from './verification.ts';

/** What is known so far: what a report shows when the run fails half-way. The story fills it in. */
export interface Account {
	/** The value of --cwd, as it was typed. */
	cwd?: string;
	blueprint?: Blueprint;
	facts?: Facts;
	secrets?: SecretPlan;
	choices?: Choices;
	plan?: Plan;
	/** The text of db.ts. */
	text?: string;
	/** Where the plan was kept, as it was typed. */
	planFile?: string;
	/** Set once files are being changed: from then on only `applyPlan` may end the run. */
	applying?: boolean;
	/** What became of the steps of the plan; one that is not here was not reached. */
	states?: Map<Step, StepState>;
	/** What `--verify` found. */
	checks?: Check[];
}
