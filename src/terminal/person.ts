// The person at the terminal: shows what was found and planned, asks what is open. Everything goes to stderr.
import type { Writable } from 'node:stream';
import type { Answers, Facts, Plan, Question } from '../model.ts';
import type { SecretPlan } from '../plan/secrets.ts';
import { converse } from './ask.ts';
import { type Colors, factLines, planLines, warningLines } from './report.ts';

/** Opens the conversation about one blueprint. */
export function meetPerson(output: Writable, colors: Colors) {
	const conversation = converse(output);
	return {
		pick: (message: string, options: { value: string; label: string; hint?: string }[]) =>
			conversation.choose(message, options),
		showFacts({ facts, secrets }: { facts: Facts; secrets: SecretPlan }): void {
			conversation.note(factLines(facts, secrets).join('\n'), 'Found');
		},
		ask: (questions: Question[]): Promise<Answers> => conversation.askAll(questions),
		async confirm(plan: Plan): Promise<boolean> {
			conversation.note((await planLines(plan, colors)).join('\n'), 'Plan');
			for (const line of warningLines(plan.warnings, colors)) conversation.warn(line);
			return conversation.confirm('Apply this plan?');
		},
	};
}

export type Speaker = ReturnType<typeof meetPerson>;
