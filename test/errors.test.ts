import { describe, expect, it } from 'vitest';
import { ERROR_CODES, type ErrorCode, FlueError } from '../src/errors.ts';

const CODES = Object.keys(ERROR_CODES) as ErrorCode[];

describe('ERROR_CODES', () => {
	it.each([
		['BAD_USAGE', 2],
		['BAD_INPUT', 2],
		['UNKNOWN_BLUEPRINT', 2],
		['NEEDS_ANSWER', 2],
		['CANCELLED', 130],
	] as const)('%s ends with %i', (code, status) => {
		expect(ERROR_CODES[code].status).toBe(status);
	});

	it('ends with 1 for everything that is neither usage nor a stop', () => {
		const others = CODES.filter((code) => ERROR_CODES[code].status === 1);
		expect(CODES.length - others.length).toBe(5);
		expect(others).toEqual(
			expect.arrayContaining([
				'NOT_A_PROJECT',
				'NOT_FLUE',
				'UNSUPPORTED_TARGET',
				'UNREADABLE_PROJECT',
				'RUNTIME_TOO_OLD',
				'CLIENT_TOO_OLD',
				'CHANGED_ON_DISK',
				'UNSAFE_PATH',
				'INSTALL_FAILED',
				'WRITE_FAILED',
				'INTERNAL',
			]),
		);
	});

	it.each(CODES)('gives %s a stable form and a meaning of its own', (code) => {
		expect(code).toMatch(/^[A-Z][A-Z_]+$/);
		expect(CODES.filter((one) => ERROR_CODES[one].meaning === ERROR_CODES[code].meaning)).toEqual([
			code,
		]);
	});
});

describe('FlueError', () => {
	it('carries code, status, hint, path and cause', () => {
		const cause = new Error('why');
		const details = { hint: 'do this', path: 'a.ts', cause };
		const error = new FlueError('UNSAFE_PATH', 'It leads out.', details);
		expect(error).toBeInstanceOf(Error);
		expect(error).toMatchObject({
			code: 'UNSAFE_PATH',
			status: 1,
			message: 'It leads out.',
			...details,
		});
	});

	it('needs no more than a code and a sentence', () => {
		const error = new FlueError('CANCELLED', 'Stopped.');
		expect(error).toMatchObject({
			status: 130,
			hint: undefined,
			path: undefined,
			cause: undefined,
		});
	});
});
