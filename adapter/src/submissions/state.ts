// What a row holds beside its payload: the nouns that every part of the submissions shares. Types only.
import type { AgentSubmission } from '@flue/runtime/adapter';

/** The mutable half of a row. Every value is text: Lua's numbers are doubles printed with 14 digits. */
export interface RowState {
	readonly seq: string;
	/** The submission's id as it stands in key names and indexes. */
	readonly key: string;
	/** The session's key as it stands in key names. */
	readonly lane: string;
	readonly kind: 'dispatch' | 'direct';
	readonly agent: string;
	readonly status: AgentSubmission['status'];
	readonly accepted: string;
	readonly count: string;
	readonly max: string;
	readonly timeout: string;
	readonly lease: string;
	readonly ready?: string;
	readonly attempt?: string;
	readonly applied?: string;
	/** When the attempt was asked to recover (1.0 betas). */
	readonly recovery?: string;
	readonly abort?: string;
	readonly started?: string;
	/** What it joined, as it stands in key names (2.x). */
	readonly host?: string;
	readonly error?: string;
	readonly settled?: string;
	readonly owner?: string;
	/** The id of the reserved settlement, whatever a line calls it. */
	readonly record?: string;
	/** Where the reserved event was appended (1.0.0-beta.5 to beta.7). */
	readonly offset?: string;
	/** Digest and length of the attachments that live beside the row; absent when there are none. */
	readonly digest?: string;
	readonly bytes?: string;
}
