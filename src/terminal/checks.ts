// Checks -> their levels, in each the worst first, with what passed folded to its names. Pure.
import type { Check, CheckStatus } from '../model/verification.ts';
import { block, ink, STOP } from './page.ts';

const ORDER: CheckStatus[] = ['fail', 'warn', 'skipped', 'pass'];
const PAINT = { fail: ink.red, warn: ink.yellow, skipped: ink.dim, pass: ink.green };
const COUNTED: Record<CheckStatus, string> = {
	fail: 'failed',
	warn: 'to look at',
	skipped: 'skipped',
	pass: 'passed',
};

/** What a drill saw is what it was run for: of this level nothing is folded. */
const UNFOLDED = 'drill';

function sorted(checks: Check[]): Check[] {
	return ORDER.flatMap((status) => checks.filter((one) => one.status === status));
}

function counts(checks: Check[]): string {
	const parts = ORDER.map((status) => {
		const number = checks.filter((one) => one.status === status).length;
		return number === 0 ? [] : [`${number} ${COUNTED[status]}`];
	});
	return parts.flat().join(', ');
}

/** `project.entry` -> `project`, `entry` */
function partsOf({ id }: Check): [level: string, name: string] {
	const at = id.indexOf('.');
	return [id.slice(0, at), id.slice(at + 1)];
}

/** A line with the status, the name in a column of this width, and the message; a hint below the message. */
function rowLines({ id, status, message, hint }: Check, width: number): string[] {
	const start = `  ${PAINT[status](status.padEnd(7))}  `;
	return [
		...block(`${start}${id.padEnd(width)}  ${STOP}${message}`),
		...(hint === null || status === 'pass' ? [] : block(`${' '.repeat(11)}hint: ${STOP}${hint}`)),
	];
}

/** What was skipped for one reason as one line, at the place of the first of them. */
function foldedSkips(checks: Check[]): Check[] {
	return checks.flatMap((check, index): Check[] => {
		const isSame = ({ status, message, hint }: Check): boolean =>
			status === 'skipped' && hint === null && message === check.message;
		if (!isSame(check)) return [check];
		if (checks.findIndex(isSame) < index) return [];
		const names = checks
			.filter((one) => one !== check && isSame(one))
			.map((one) => partsOf(one)[1]);
		const others = names.length > 0 ? ` (${names.join(', ')} too)` : '';
		return [{ ...check, message: `${check.message}${others}` }];
	});
}

function levelLines(level: string, checks: Check[], { all }: { all: boolean }): string[] {
	const isWhole = all || level === UNFOLDED;
	const shown = sorted(checks).filter(({ status }) => isWhole || status !== 'pass');
	const folded = checks.filter((check) => !shown.includes(check));
	const rows = all ? shown : foldedSkips(shown);
	const width = Math.max(0, ...rows.map(({ id }) => id.length));
	const names = folded.map((check) => partsOf(check)[1]).join(', ');
	return [
		`${ink.bold(level)}: ${counts(checks)}`,
		...rows.flatMap((check) => rowLines(check, width)),
		...(names === '' ? [] : [`  ${ink.green('pass   ')}  ${STOP}${ink.dim(names)}`]),
		'',
	];
}

/** A block a level, with a hint below each line that has one, and how many of each there are. `all` unfolds what passed. */
export function checkLines(checks: Check[], { all }: { all: boolean }): string[] {
	const levels = [...new Set(checks.map((check) => partsOf(check)[0]))];
	const lines = levels.flatMap((level) =>
		levelLines(
			level,
			checks.filter((check) => partsOf(check)[0] === level),
			{ all },
		),
	);
	const isFolded = !all && checks.some(({ status }) => status === 'pass');
	return [...lines, ink.bold(`${counts(checks)}.`) + (isFolded ? ' --all shows what passed.' : '')];
}
