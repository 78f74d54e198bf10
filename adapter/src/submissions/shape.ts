// What a line of the runtime knows of its own submissions; everything else about them is shared. The
// types are those of the runtime that a line is compiled against.
import type { AgentSubmission } from '@flue/runtime/adapter';
import type { Keys } from '../keys.ts';
import type { Connection } from '../script.ts';
import type { Ids } from './ids.ts';
import type { RowState } from './state.ts';

/** The admitted input, as the runtime hands it over. */
export type Input = AgentSubmission['input'];

/** A piece of an attachment of a message, kept beside the message's row. */
export interface Part {
	readonly owner: string;
	readonly index: number;
	readonly count: number;
	readonly data: string;
}

/** How one line reads and writes a submission. */
export interface Shape {
	/** Splits large attachments off; a pure function of the input. */
	readonly prepare: (input: Input) => { value: Input; parts: readonly Part[] };
	/** Undoes {@link Shape.prepare}. */
	readonly hydrate: (value: Input, parts: readonly Part[]) => Input;
	/** True when the stored value and its parts are this input, however they were split. */
	readonly matches: (input: Input, value: Input, parts: readonly Part[]) => boolean;
	/** The key of the session of an agent's instance. */
	readonly sessionOf: (agent: string, instance: string) => string;
	/** Whether an input is kept without what its row says, and a settled row as one text. */
	readonly packs: boolean;
	/** The contract's view of a row whose input is known to belong to it. */
	readonly describe: (state: RowState, input: Input) => AgentSubmission;
}

/** Where submissions are, and what they look like there. */
export interface Place {
	readonly connection: Connection;
	readonly keys: Keys;
	readonly shape: Shape;
	/** Milliseconds for which settled submissions stay; 0 for always. */
	readonly retention: number;
	readonly ids: Ids;
}
