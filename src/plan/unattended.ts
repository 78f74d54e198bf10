// The answers of a run in which nobody can be asked. Pure.
import { FlueError } from '../errors.ts';
import type { Answers, Question } from '../model/choices.ts';

/**
 * The answers of a run in which nobody can be asked.
 * @throws NEEDS_ANSWER once, naming the flag of every question that only the user may decide.
 */
export function answerUnattended(questions: Question[]): Answers {
	const open = questions.filter((question) => question.unattended === null);
	if (open.length > 0) {
		throw new FlueError('NEEDS_ANSWER', open.map(({ message }) => message).join(' '), {
			hint: `Say it with ${open.map(({ flag }) => flag).join(' and ')}.`,
			reasons: open.map(({ message, flag }) => {
				const hint = `Say it with ${flag}.`;
				return new FlueError('NEEDS_ANSWER', message, { hint, flag });
			}),
		});
	}
	return Object.fromEntries(questions.map(({ id, unattended }) => [id, unattended ?? undefined]));
}

/** The answers as they would be if each open question were settled by its flag. */
export function answersIfSaid(questions: Question[]): Answers {
	const said = questions.map(({ id, unattended, options, initial }) => {
		const flagged = options.length > 0 ? initial : true;
		return [id, unattended ?? flagged] as const;
	});
	return Object.fromEntries(said);
}
