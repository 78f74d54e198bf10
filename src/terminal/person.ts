// The person at the terminal: is shown what was found and planned, is asked what is open, is told how it ended.
import type { Answers, Question } from '../model/choices.ts';
import type { Facts } from '../model/facts.ts';
import type { Outcome, Plan, SecretPlan } from '../model/plan.ts';
import type { Check } from '../model/verification.ts';
import { type Conversation, converse } from './ask.ts';
import { checkLines } from './checks.ts';
import type { Surroundings } from './output.ts';
import {
	factLines,
	headlineOf,
	nextLines,
	planLines,
	summaryLines,
	titleOf,
	warningLines,
} from './report.ts';
import { pasteable, wordsOf } from './words.ts';

const MORE = 'Read more: `flue help`, and README.md and docs/ of flue-blueprints.';

/** How a run ended, and what a person has not seen of it. */
export interface Ending {
	outcome: Outcome;
	checks: Check[] | undefined;
}

function tellEnding(conversation: Conversation, { outcome, checks }: Ending, more: string): void {
	const { status, plan, warnings } = outcome;
	const headline = headlineOf(status);
	if (status === 'declined') {
		conversation.end(headline);
		return;
	}
	// Those of the plan were shown with it.
	const fresh = status === 'unchanged' ? warnings : warnings.slice(plan.warnings.length);
	if (fresh.length > 0) conversation.warn(warningLines(fresh));
	conversation.section(headline, status === 'applied' ? summaryLines(plan) : []);
	conversation.section('Next', nextLines(plan));
	if (checks) conversation.section('Verified', checkLines(checks, { all: false }));
	conversation.end(more);
}

/** Opens the conversation about one blueprint. */
export function meetPerson(surroundings: Surroundings, command: string) {
	const conversation = converse(surroundings);
	const more = pasteable(MORE, wordsOf(surroundings.start, {}));
	conversation.begin(titleOf(surroundings.version, command));
	return {
		conversation,
		pick: conversation.choose,
		showFacts({ facts, secrets }: { facts: Facts; secrets: SecretPlan }): void {
			conversation.section('Found', factLines(facts, secrets));
		},
		ask: (questions: Question[]): Promise<Answers> => conversation.askAll(questions),
		async confirm(plan: Plan): Promise<boolean> {
			conversation.section('Plan', await planLines(plan, 'head'));
			if (plan.warnings.length > 0) conversation.warn(warningLines(plan.warnings));
			return conversation.confirm('Apply this plan?');
		},
		tell: (ending: Ending): void => tellEnding(conversation, ending, more),
	};
}

export type Speaker = ReturnType<typeof meetPerson>;
