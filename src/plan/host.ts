// A program of the project's own that starts Flue: what is asked and told where no db.ts is loaded. Pure.
import type { Choices, Question } from '../model/choices.ts';
import type { Facts } from '../model/facts.ts';
import type { AddOptions } from '../model/request.ts';
import type { EntryDraft } from './entry.ts';
import { importSpecifier } from './secrets.ts';

/** Nothing but a line of the user's own can bring the adapter to Flue: that is said before anything else. */
export function hostQuestion(
	{ host, dbEntry }: Facts,
	options: AddOptions,
	draft: EntryDraft,
): Question[] {
	if (!host?.isAlone || host.db !== null || options.entry || draft.state === 'same') return [];
	const { path } = dbEntry.value;
	return [
		{
			id: 'entry',
			message: `Nothing in this project loads a db.ts: ${host.from} starts Flue itself, with start(). Write the adapter to ${path}, for you to pass to start({ db })?`,
			noEnds: true,
			flag: `--entry ${path}`,
			options: [],
			initial: true,
			// A text that is only printed is pasted by whoever reads it.
			unattended: options.print ? true : null,
		},
	];
}

/** The line that passes the adapter to start(), until it is there. */
export function hostSteps({ host, dbEntry, importExtension }: Facts, choices: Choices): string[] {
	const { path } = dbEntry.value;
	if (!host || host.db === path) return [];
	if (!host.isAlone && choices.entry === undefined) return [];
	const from = importSpecifier(host.path, path, importExtension.value);
	return [
		`Pass the adapter in ${host.path}: \`import db from '${from}';\`, and \`start({ agents, db })\` in ${host.from}.`,
	];
}
