// Checks -> a table, one line each, the worst first. Pure.
import type { Check, CheckStatus } from '../model/verification.ts';
import { block, ink, STOP } from './page.ts';

const ORDER: CheckStatus[] = ['fail', 'warn', 'skipped', 'pass'];

function sorted(checks: Check[]): Check[] {
	return ORDER.flatMap((status) => checks.filter((one) => one.status === status));
}

const PAINT = { fail: ink.red, warn: ink.yellow, skipped: ink.dim, pass: ink.green };

function counts(checks: Check[]): string {
	const words: Record<CheckStatus, string> = {
		fail: 'failed',
		warn: 'to look at',
		skipped: 'skipped',
		pass: 'passed',
	};
	const parts = ORDER.map((status) => {
		const number = checks.filter((one) => one.status === status).length;
		return number === 0 ? [] : [`${number} ${words[status]}`];
	});
	return `${parts.flat().join(', ')}.`;
}

/** The table, with a hint below each line that has one, and how many of each. */
export function checkLines(checks: Check[]): string[] {
	const width = Math.max(...checks.map(({ id }) => id.length));
	const lines = sorted(checks).flatMap(({ id, status, message, hint }) => [
		...block(`${PAINT[status](status.padEnd(7))}  ${id.padEnd(width)}  ${STOP}${message}`),
		...(hint === null || status === 'pass' ? [] : block(`${' '.repeat(9)}hint: ${STOP}${hint}`)),
	]);
	return [...lines, '', ink.bold(counts(checks))];
}
