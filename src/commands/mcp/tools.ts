// What an agent may call: the tools, what they take, and the command line that each call stands for. Pure.
import { BLUEPRINTS } from '../../blueprints/index.ts';
import { wordsOfFields } from '../../cli/document.ts';
import { propertiesOf } from '../../cli/input-schema.ts';
import { COMMANDS } from '../../cli/options.ts';
import type { CommandRow } from '../../cli/rows.ts';
import { FlueError } from '../../errors.ts';

export interface Tool {
	name: 'plan' | 'apply' | 'list' | 'verify';
	title: string;
	description: string;
	/** JSON Schemas; `type` is that of the SDK. */
	inputSchema: { type: 'object'; [key: string]: unknown };
	outputSchema: { type: 'object'; [key: string]: unknown };
	annotations: { readOnlyHint: boolean; destructiveHint: boolean; openWorldHint: boolean };
}

/** The words of a command line; `place` is the folder that the call names. */
export interface Called {
	words: string[];
	place: string | undefined;
}

/** What is the server's own to say, or would write without a plan, run the project's code or write to a server. */
const WITHHELD =
	/^--(?:json|print|dry-run|verify|plan-out|input|all|drill|drill-url|drill-may-write)\b|^-y\b/;

function rowOf(name: string): CommandRow {
	const row = COMMANDS.find((one) => one.name === name);
	if (!row) throw new FlueError('INTERNAL', 'A tool stands for no command.');
	return { ...row, options: row.options.filter(({ flags }) => !WITHHELD.test(flags)) };
}

const PLANNED = COMMANDS.filter(({ options }) =>
	options.some(({ flags }) => flags.startsWith('--plan-out')),
).map(({ name }) => name);

const TITLES = BLUEPRINTS.map(({ title }) => title).join(' or ');

const DOCUMENT = {
	type: 'object',
	description: 'The document that the command prints with --json; `flue schema` prints its schema.',
};
const PLAN = {
	type: ['string', 'null'],
	description: 'What `apply` takes; null: there is nothing to do, or it cannot be done.',
};

function answering(properties: Record<string, object>): Tool['outputSchema'] {
	const required = Object.keys(properties);
	return { type: 'object', properties, required, additionalProperties: false };
}

function taking(properties: object, required: string[] = []): Tool['inputSchema'] {
	return { type: 'object', properties, required, additionalProperties: false };
}

const READS = { readOnlyHint: true, destructiveHint: false, openWorldHint: false };

/** The tools, in the order in which they are used. */
export const TOOLS: readonly Tool[] = [
	{
		name: 'plan',
		title: 'Plan a change',
		description: `Plans to ${PLANNED.join(' or ')} a database blueprint (durable state in ${TITLES}) for a Flue project: every step as a diff, warnings, open questions with their options in error.reasons. Changes nothing. Show the plan to the user, then call apply with its id.`,
		inputSchema: taking(
			{
				command: { type: 'string', enum: PLANNED },
				...Object.assign({}, ...PLANNED.map((name) => propertiesOf(rowOf(name)))),
			},
			['command'],
		),
		outputSchema: answering({ plan: PLAN, document: DOCUMENT }),
		annotations: READS,
	},
	{
		name: 'apply',
		title: 'Do what was planned',
		description:
			'Does exactly what a plan of this conversation says, install included, or nothing: it is refused when a file has changed since, and every file is put back when anything fails.',
		inputSchema: taking({ plan: { type: 'string', description: 'The id that `plan` gave.' } }, [
			'plan',
		]),
		outputSchema: answering({ document: DOCUMENT }),
		annotations: { readOnlyHint: false, destructiveHint: true, openWorldHint: true },
	},
	{
		name: 'list',
		title: 'List what is installed',
		description:
			'Lists the blueprints that are installed in the project and in the members of its workspace, and what could be updated. Changes nothing.',
		inputSchema: taking(propertiesOf(rowOf('list'))),
		outputSchema: answering({ document: DOCUMENT }),
		annotations: READS,
	},
	{
		name: 'verify',
		title: 'Check the project',
		description:
			'Checks what a blueprint needs: the project, and with server: true the configured server too, which is only read. Changes nothing, and runs nothing of the project.',
		inputSchema: taking(propertiesOf(rowOf('verify'))),
		outputSchema: answering({ document: DOCUMENT }),
		annotations: { ...READS, openWorldHint: true },
	},
];

/**
 * The command line of a call that only reads or plans.
 * @throws BAD_INPUT, telling each place that does not fit
 */
export function calledWords(
	tool: Exclude<Tool['name'], 'apply'>,
	values: Record<string, unknown>,
): Called {
	const { command = tool, cwd, ...rest } = values;
	const planned = tool === 'plan' ? PLANNED.find((name) => name === command) : tool;
	if (planned === undefined || (tool !== 'plan' && Object.hasOwn(values, 'command'))) {
		const expected = tool === 'plan' ? PLANNED.join(' or ') : 'no such field';
		throw new FlueError('BAD_INPUT', `The input at /command: expected ${expected}.`);
	}
	const place = cwd === undefined ? {} : { cwd };
	const said = wordsOfFields(rowOf(planned), { ...rest, ...place, command: planned });
	const behind = [said.kind, said.name].filter((word) => word !== undefined);
	const options = said.options.filter((word) => !word.startsWith('--cwd='));
	return {
		words: [planned, ...behind, ...options, '--json'],
		place: typeof cwd === 'string' ? cwd : undefined,
	};
}
