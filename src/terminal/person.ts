// The person at the terminal: shows what was found and planned, asks what is open. Everything goes to stderr.
import type { Answers, Question } from '../model/choices.ts';
import type { Facts } from '../model/facts.ts';
import type { Plan, SecretPlan } from '../model/plan.ts';
import { converse } from './ask.ts';
import type { Surroundings } from './output.ts';
import { factLines, planLines, warningLines } from './report.ts';

/** Opens the conversation about one blueprint. */
export function meetPerson(surroundings: Surroundings) {
	const conversation = converse(surroundings);
	conversation.intro('flue add');
	return {
		pick: (message: string, options: { value: string; label: string; hint?: string }[]) =>
			conversation.choose(message, options),
		showFacts({ facts, secrets }: { facts: Facts; secrets: SecretPlan }): void {
			conversation.section('Found', factLines(facts, secrets));
		},
		ask: (questions: Question[]): Promise<Answers> => conversation.askAll(questions),
		async confirm(plan: Plan): Promise<boolean> {
			conversation.section('Plan', await planLines(plan));
			if (plan.warnings.length > 0) conversation.warn(warningLines(plan.warnings));
			const goesOn = await conversation.confirm('Apply this plan?');
			conversation.outro(goesOn ? 'Applying' : 'Leaving everything as it is');
			return goesOn;
		},
	};
}

export type Speaker = ReturnType<typeof meetPerson>;
