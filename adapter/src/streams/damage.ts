// The error of a batch that is not what was written.

/** A batch that is not what was written. */
export class DamagedBatch extends Error {}

/** Says what is wrong with a batch. */
export function damaged(reason: string): Error {
	return new DamagedBatch(`The batch is damaged: ${reason}.`);
}
