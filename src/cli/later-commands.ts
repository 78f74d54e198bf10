// The commands of a project that a blueprint was added to, and their options, as data.
import { type CommandRow, CWD, type OptionRow } from './rows.ts';

const LIST_OPTIONS: readonly OptionRow[] = [
	CWD,
	{ flags: '--json', meaning: 'print one JSON document, also on failure', initial: false },
];

/** `flue list`. */
export const LIST_COMMAND: CommandRow = {
	name: 'list',
	summary: 'list what is installed in the project, and what could be updated',
	description:
		'List the blueprints that are installed: where, in which version, changed by hand or not. In a workspace, those of all members.',
	isAboutAll: true,
	examples: `
Examples:
  flue list          looks at the files of the project, and of the other members of its workspace
  flue list --json   for a coding agent: one JSON document

Nothing is changed, and nothing of yours is run. \`flue add\` lists what there is to add.`,
	options: LIST_OPTIONS,
};
