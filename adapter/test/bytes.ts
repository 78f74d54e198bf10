// Bytes are equal as a whole: compared one by one, those of the contract's large attachment take seconds of every run.
import { expect } from 'vitest';

expect.addEqualityTesters([
	(left: unknown, right: unknown) =>
		left instanceof Uint8Array && right instanceof Uint8Array
			? Buffer.compare(left, right) === 0
			: undefined,
]);
