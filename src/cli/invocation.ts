// What a command line asks for: the command, and its words and options as a request.
import type {
	AddOptions,
	AddRequest,
	ApplyRequest,
	DescribedProgram,
	ListRequest,
	RemoveOptions,
	RemoveRequest,
	Shell,
	UpdateOptions,
	UpdateRequest,
	VerifyOptions,
	VerifyRequest,
} from '../model/request.ts';
import { inputSchema } from './input-schema.ts';
import type { HELP_TOPICS } from './options.ts';
import type { CommandRow } from './rows.ts';

/** What the command line asks for. */
export type Invocation =
	| { command: 'add'; request: AddRequest }
	| { command: 'verify'; request: VerifyRequest }
	| { command: 'list'; request: ListRequest }
	| { command: 'remove'; request: RemoveRequest }
	| { command: 'update'; request: UpdateRequest }
	| { command: 'apply'; request: ApplyRequest }
	| { command: 'schema'; input: object }
	| { command: 'mcp'; cwd: string }
	| { command: 'help'; topic: keyof typeof HELP_TOPICS }
	| { command: 'completion'; shell: Shell; program: DescribedProgram }
	| { command: 'version'; version: string }
	| { command: 'text'; text: string };

/** What a parse came to. */
export interface Ending {
	text: string;
	invocation: Invocation | null;
}

/** Whichever command it is, its own options are among them. */
export type AllOptions = AddOptions & VerifyOptions & RemoveOptions & UpdateOptions;

/** The request of a command, from the words behind it. */
export function invocationOf(
	name: CommandRow['name'],
	words: string[],
	options: AllOptions,
): Invocation {
	const [first, second] = words;
	if (name === 'mcp') return { command: name, cwd: options.cwd };
	if (name === 'schema') return { command: name, input: inputSchema() };
	if (name === 'list') return { command: name, request: { options } };
	if (name === 'apply') return { command: name, request: { file: first ?? '', options } };
	return { command: name, request: { kind: first, name: second, options } };
}
