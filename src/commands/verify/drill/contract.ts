// What the drill needs to know of a Flue adapter: the part of `@flue/runtime/adapter` (2.0.3) that it calls. Types only.

export interface StreamBatch {
	offset: string;
	records: unknown[];
}

interface StreamStore {
	createStream(path: string, identity: { agentName: string; instanceId: string }): Promise<void>;
	acquireProducer(
		path: string,
		producerId: string,
	): Promise<{ producerEpoch: number; incarnation: string }>;
	append(batch: {
		path: string;
		producerId: string;
		producerEpoch: number;
		incarnation: string;
		producerSequence: number;
		records: readonly unknown[];
	}): Promise<{ offset: string }>;
	read(
		path: string,
		options: { offset: string; limit: number },
	): Promise<{ batches: StreamBatch[]; nextOffset: string; upToDate: boolean }>;
}

export interface SubmissionInput {
	kind: 'direct';
	submissionId: string;
	agent: string;
	id: string;
	message: { kind: 'user'; body: string };
	acceptedAt: string;
}

export interface Submission {
	submissionId: string;
	status: string;
	input: unknown;
	canonicalReadyAt: number | null;
}

interface SubmissionStore {
	admitDirect(input: SubmissionInput): Promise<Submission>;
	markSubmissionCanonicalReady(submissionId: string): Promise<Submission | null>;
	getSubmission(submissionId: string): Promise<Submission | null>;
	listRunnableSubmissions(): Promise<Submission[]>;
}

export interface AttachmentRef {
	id: string;
	mimeType: string;
	size: number;
	/** SHA-256 of the bytes in hexadecimal, as `createAttachmentRef` makes it. */
	digest: string;
}

interface AttachmentStore {
	put(input: {
		streamPath: string;
		conversationId: string;
		attachment: AttachmentRef;
		bytes: Uint8Array;
	}): Promise<void>;
	get(input: {
		streamPath: string;
		conversationId: string;
		attachmentId: string;
	}): Promise<{ attachment: AttachmentRef; bytes: Uint8Array } | null>;
}

export interface Stores {
	conversationStreamStore: StreamStore;
	submissionStore: SubmissionStore;
	attachmentStore: AttachmentStore;
}

export interface Adapter {
	migrate?(): void | Promise<void>;
	connect(): Stores | Promise<Stores>;
	close?(): void | Promise<void>;
}

/** True for the default export of a db.ts. */
export function isAdapter(value: unknown): value is Adapter {
	return typeof (value as Adapter | null)?.connect === 'function';
}

/** True for the stores of Flue 2.x; those of the 1.0 beta have other names. */
export function areStores(value: unknown): value is Stores {
	const stores = value as Stores | null;
	return (
		typeof stores?.conversationStreamStore?.append === 'function' &&
		typeof stores.submissionStore?.admitDirect === 'function' &&
		typeof stores.attachmentStore?.put === 'function'
	);
}
