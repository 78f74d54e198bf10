// Checks -> a table, one line each, the worst first. Pure.
import type { Check, CheckStatus } from '../model/verification.ts';
import { redact } from './diff.ts';
import type { Colors } from './report.ts';

const ORDER: CheckStatus[] = ['fail', 'warn', 'skipped', 'pass'];

function sorted(checks: Check[]): Check[] {
	return ORDER.flatMap((status) => checks.filter((one) => one.status === status));
}

function paint(status: CheckStatus, text: string, colors: Colors): string {
	if (status === 'fail') return colors.red(text);
	if (status === 'warn') return colors.yellow(text);
	return status === 'pass' ? colors.green(text) : colors.dim(text);
}

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
export function checkLines(checks: Check[], colors: Colors): string[] {
	const width = Math.max(...checks.map(({ id }) => id.length));
	const lines = sorted(checks).flatMap(({ id, status, message, hint }) => [
		`${paint(status, status.padEnd(7), colors)}  ${id.padEnd(width)}  ${redact(message)}`,
		...(hint === null || status === 'pass' ? [] : [`${' '.repeat(9)}hint: ${hint}`]),
	]);
	return [...lines, '', colors.bold(counts(checks))];
}
