// The checks of a drill: their ids in order, and how to make one. Pure.
import type { DrillCheckId } from '../../../model/check-id.ts';
import type { Check, CheckStatus } from '../../../model/verification.ts';

/** In the order in which they are reached. */
export const CHECK_IDS = [
	'drill.node',
	'drill.server',
	'drill.load',
	'drill.connect',
	'drill.migrate',
	'drill.restart',
	'drill.loss.aof-always',
	'drill.loss.aof-everysec',
	'drill.loss.snapshots',
	'drill.loss.nothing',
	'drill.clean',
] as const satisfies readonly DrillCheckId[];

export type CheckId = (typeof CHECK_IDS)[number];

const make =
	(status: CheckStatus) =>
	(id: CheckId, message: string, hint: string | null = null): Check => ({
		id,
		status,
		message,
		hint,
	});

export const pass = make('pass');
export const warn = make('warn');
export const fail = make('fail');
export const skip = make('skipped');

/** All checks of a drill, in order: those that were not reached are skipped, because of the first that failed. */
export function inFull(checks: readonly Check[]): Check[] {
	const failed = checks.find(({ status }) => status === 'fail');
	const reason = failed ? `Not reached, because ${failed.id} failed.` : 'Not reached.';
	return CHECK_IDS.map((id) => checks.find((check) => check.id === id) ?? skip(id, reason));
}
