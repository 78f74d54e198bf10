// Catches the error that a call must end with, so that a test can look at its code.
import { expect } from 'vitest';
import { FlueError } from '../src/errors.ts';

/** The refusal of a call; the test fails when it does not refuse. */
export function refusalOf(call: () => unknown): FlueError {
	let thrown: unknown = null;
	try {
		call();
	} catch (error) {
		thrown = error;
	}
	expect(thrown).toBeInstanceOf(FlueError);
	return thrown as FlueError;
}
