// Attachment bytes: written once, never changed. Bytes travel as base64, the only form in which
// every client returns them unharmed.
import {
	AttachmentConflictError,
	AttachmentIntegrityError,
	type AttachmentRef,
	type AttachmentStore,
	type PutAttachmentInput,
	verifyAttachmentBytes,
} from '@flue/runtime/adapter';
import type { Keys } from './keys.ts';
import { OPEN, PUT } from './lua/files.ts';
import type { Connection, Script } from './script.ts';
import { INLINE_LENGTH, stage } from './staging.ts';

/** Bytes of one piece; a multiple of three, so that pieces are base64 on their own. */
const PIECE_BYTES = 768 * 1024;

/** Pieces asked for in one request; about 8 MB of text. */
const PIECES_PER_READ = 8;

/** What put and get share in every line that has attachments. */
type Attachments = Pick<AttachmentStore, 'put' | 'get'>;

/** How a line writes an attachment: the script, and what it is given beyond the common keys and words. */
interface Putting {
	readonly script: Script;
	readonly keysOf: (path: string) => readonly string[];
	readonly argsOf: (id: string) => readonly string[];
}

const PLAIN: Putting = { script: PUT, keysOf: () => [], argsOf: () => [] };

/** Opens the attachments of one namespace. */
export function createAttachmentStore(
	connection: Connection,
	keys: Keys,
	putting = PLAIN,
): Attachments {
	const pair = (path: string, id: string) => [
		keys.of('file', path, id),
		keys.of('bytes', path, id),
	];
	return {
		async put(input) {
			const { attachment, streamPath: path, bytes } = input;
			await verifyAttachmentBytes(attachment, bytes);
			const reply = await put(connection, keys, putting, pair(path, attachment.id), input);
			if (reply === 1) return;
			throw new AttachmentConflictError({ path, attachmentId: attachment.id });
		},
		async get({ streamPath, attachmentId, conversationId }) {
			const fileKeys = pair(streamPath, attachmentId);
			const reply = await connection.run(OPEN, fileKeys, [PIECES_PER_READ - 1]);
			if (!Array.isArray(reply)) return null;
			const [text, count, pieces] = reply as [string, number, string[]];
			const [attachment, owner] = readHead(text);
			if (owner !== conversationId) return null;
			for (let index = pieces.length; index < count; index += PIECES_PER_READ) {
				const last = index + PIECES_PER_READ - 1;
				const more = await connection.send('LRANGE', fileKeys[1] as string, index, last);
				pieces.push(...(more as string[]));
			}
			if (pieces.length !== count) {
				throw new AttachmentIntegrityError({ attachmentId, reason: 'chunks' });
			}
			const bytes = join(pieces, attachment.size);
			await verifyAttachmentBytes(attachment, bytes);
			return { attachment, bytes };
		},
	};
}

async function put(
	connection: Connection,
	keys: Keys,
	...[putting, fileKeys, input]: [Putting, readonly string[], PutAttachmentInput]
): Promise<unknown> {
	const head = describeHead(input);
	const isLarge = input.bytes.byteLength > INLINE_LENGTH;
	if (isLarge) {
		const known = await connection.send('GET', fileKeys[0] as string);
		if (known !== null && known !== undefined) return known === head ? 1 : 0;
	}
	const pieces = split(input.bytes);
	const staged = isLarge ? [await stage(connection, keys, pieces)] : [];
	const putKeys = [...fileKeys, ...putting.keysOf(input.streamPath), ...staged];
	const args = [head, ...putting.argsOf(input.attachment.id), ...(isLarge ? [] : pieces)];
	const reply = await connection.run(putting.script, putKeys, args);
	if (reply === 2) return put(connection, keys, putting, fileKeys, input);
	if (isLarge) await connection.send('DEL', ...staged);
	return reply;
}

/** File names are presentation and no part of identity (AttachmentRef's own doc comment). */
function describeHead({ attachment, conversationId }: PutAttachmentInput): string {
	const { id, mimeType, size, digest } = attachment;
	return JSON.stringify([{ id, mimeType, size, digest }, conversationId]);
}

function readHead(text: string): [AttachmentRef, string] {
	return JSON.parse(text) as [AttachmentRef, string];
}

function split(bytes: Uint8Array): string[] {
	const whole = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
	const pieces: string[] = [];
	for (let start = 0; start < whole.byteLength; start += PIECE_BYTES) {
		pieces.push(whole.subarray(start, start + PIECE_BYTES).toString('base64'));
	}
	return pieces;
}

function join(pieces: readonly string[], size: number): Uint8Array {
	const bytes = new Uint8Array(size);
	let offset = 0;
	for (const piece of pieces) {
		const part = Buffer.from(piece, 'base64');
		if (offset + part.byteLength > size) return Uint8Array.from(part);
		bytes.set(part, offset);
		offset += part.byteLength;
	}
	return bytes;
}
