// What the story of `add` is told in: the person, if there is one, the tools, and what is known so far.
import type { Account } from '../../model/account.ts';
import type { Answers, Question } from '../../model/choices.ts';
import type { Tools } from './tools.ts';

/** The person at the terminal; absent in an unattended run. */
export interface Person {
	showFacts(account: Account): void;
	ask(questions: Question[]): Promise<Answers>;
	/** Shows the plan and asks whether to go on. */
	confirm(account: Account): Promise<boolean>;
}

export interface AddWorld {
	person: Person | null;
	tools: Tools;
	signal: AbortSignal;
	account: Account;
}
