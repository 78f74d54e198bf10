// Attachments of 1.0.0-beta.8 and beta.9, which go with the instance that they belong to.
import type { AttachmentStore } from '@flue/runtime/adapter';
import { createAttachmentStore } from '../../attachments.ts';
import { encodePart, type Keys } from '../../keys.ts';
import type { Connection } from '../../script.ts';
import { DELETE_FILES, PUT_LISTED } from './lua/files.ts';

/** Opens the attachments of one namespace. */
export function createListedAttachments(connection: Connection, keys: Keys): AttachmentStore {
	const idsOf = (path: string) => keys.of('files', path);
	return {
		...createAttachmentStore(connection, keys, {
			script: PUT_LISTED,
			keysOf: (path) => [idsOf(path)],
			argsOf: (id) => [encodePart(id)],
		}),
		async deleteForInstance(path) {
			await connection.run(DELETE_FILES, [idsOf(path)], [keys.base, encodePart(path)]);
		},
	};
}
