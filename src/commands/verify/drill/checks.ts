// The checks of a drill: their ids in order, and how to make one. Pure.
import type { DrillCheckId } from '../../../model/check-id.ts';
import type { Check, CheckStatus, StoreContract } from '../../../model/verification.ts';

/** Of every line, in the order in which they are reached. */
const CHECK_IDS = [
	'drill.node',
	'drill.server',
	'drill.load',
	'drill.connect',
	'drill.migrate',
	'drill.restart',
	'drill.restart.runs',
	'drill.restart.event-streams',
	'drill.restart.sessions',
	'drill.loss.aof-always',
	'drill.loss.aof-everysec',
	'drill.loss.snapshots',
	'drill.loss.nothing',
	'drill.clean',
] as const satisfies readonly DrillCheckId[];

export type CheckId = (typeof CHECK_IDS)[number];

/** Checks of things that not every line of Flue keeps. */
const ONLY_ON: Partial<Record<CheckId, readonly StoreContract[]>> = {
	'drill.restart.runs': ['1.0.0-beta.5', '1.0.0-beta.8'],
	'drill.restart.event-streams': ['1.0.0-beta.5', '1.0.0-beta.8'],
	'drill.restart.sessions': ['1.0.0-beta.5'],
};

/** The checks of a drill on a project of this line, in the order in which they are reached. */
export function checkIdsOf(contract: StoreContract): CheckId[] {
	return CHECK_IDS.filter((id) => ONLY_ON[id]?.includes(contract) ?? true);
}

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
export function inFull(contract: StoreContract, checks: readonly Check[]): Check[] {
	const failed = checks.find(({ status }) => status === 'fail');
	const reason = failed ? `Not reached, because ${failed.id} failed.` : 'Not reached.';
	return checkIdsOf(contract).map(
		(id) => checks.find((check) => check.id === id) ?? skip(id, reason),
	);
}
