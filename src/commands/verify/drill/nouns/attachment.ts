// An attachment of a conversation: its bytes and what is said of them.
import { createHash } from 'node:crypto';
import { bytesOf, type Sample } from '../sample.ts';
import { type Finding, single } from '../survival.ts';
import type { Kept } from './kept.ts';

/** More than one chunk of any store that splits at 64 KiB. */
const SIZE = 70_000;

export interface AttachmentRef {
	id: string;
	mimeType: string;
	size: number;
	/** SHA-256 of the bytes in hexadecimal, as `createAttachmentRef` makes it. */
	digest: string;
}

/** The part of `attachmentStore` that is called. */
export interface AttachmentStore {
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

const digestOf = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** The attachment of a round, with its bytes. */
export function attachmentOf(sample: Sample): { attachment: AttachmentRef; bytes: Uint8Array } {
	const bytes = bytesOf(sample, SIZE);
	const id = `${sample.instance}-attachment`;
	const kind = { mimeType: 'application/octet-stream', size: bytes.length };
	return { attachment: { id, ...kind, digest: digestOf(bytes) }, bytes };
}

/** Both the bytes and the reference have to be what was put. */
export function compareAttachment(
	sample: Sample,
	found: { attachment: AttachmentRef; bytes: Uint8Array } | null,
): Finding {
	const { digest } = attachmentOf(sample).attachment;
	const isSame = found && digestOf(found.bytes) === digest && found.attachment.digest === digest;
	return single('attachment', 'attachment', isSame);
}

/** One attachment. */
export function keptAttachment(store: AttachmentStore): Kept {
	const placeOf = ({ path, instance }: Sample) => ({
		streamPath: path,
		conversationId: `${instance}-conversation`,
	});
	return {
		write: (sample) => store.put({ ...placeOf(sample), ...attachmentOf(sample) }),
		async read(sample) {
			const attachmentId = attachmentOf(sample).attachment.id;
			return compareAttachment(sample, await store.get({ ...placeOf(sample), attachmentId }));
		},
	};
}
