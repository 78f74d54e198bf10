// What a store keeps on its server, in bytes.

/** What bytes are counted by. `leftovers`: what nothing that is there refers to, or what is not of the adapter's. */
export type StorageKind = 'conversations' | 'submissions' | 'attachments' | 'leftovers';

/** Bytes of each kind. */
export type Bytes = Record<StorageKind, number>;

/** A conversation, or an agent session of the betas, without its attachments. */
interface Conversation {
	/** E.g. `agents/assistant/7`. */
	path: string;
	bytes: number;
}

/** What was measured under a prefix. */
export interface StorageFacts {
	/** When the last key was measured, in milliseconds. */
	at: number;
	/** Keys that were measured. */
	keys: number;
	/** False when the search stopped at its bound of keys or of time. */
	complete: boolean;
	bytes: Bytes;
	/** The ten largest, the largest first. */
	largest: Conversation[];
	/** What the server said instead of a size, where this user may not ask; then nothing was measured. */
	message: string | null;
}

/** What became of a store since an earlier run. */
interface Growth {
	/** When that run was, as an ISO moment. */
	since: string;
	/** More bytes of each kind, or fewer. */
	bytes: Bytes;
}

/** What is shown of a store. */
export interface Storage extends Pick<StorageFacts, 'keys' | 'complete' | 'bytes' | 'largest'> {
	prefix: string;
	/** Why nothing was measured; null where it was. */
	denied: string | null;
	/** For `--since` of a later run; null where not everything was measured. */
	stamp: string | null;
	/** Null without `--since`, or where the two cannot be compared: `incomparable` says why. */
	growth: Growth | null;
	incomparable: string | null;
}
