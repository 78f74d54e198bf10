// What one run of `add` knows so far.
import type { Blueprint } from './blueprint.ts';
import type { Choices } from './choices.ts';
import type { Facts } from './facts.ts';
import type { Plan, SecretPlan } from './plan.ts';
import type { Check } from './verification.ts';

/** What is known so far: what a report shows when the run fails half-way. The story fills it in. */
export interface Account {
	blueprint?: Blueprint;
	facts?: Facts;
	secrets?: SecretPlan;
	choices?: Choices;
	plan?: Plan;
	/** The text of db.ts. */
	text?: string;
	/** Set once files are being changed: from then on only `applyPlan` may end the run. */
	applying?: boolean;
	/** What `--verify` found. */
	checks?: Check[];
}
