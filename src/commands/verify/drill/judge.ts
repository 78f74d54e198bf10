// What survived -> checks. A check passes when a server kept what the documentation says it keeps, and lost what it says is lost. Pure.
import type { Check } from '../../../model/verification.ts';
import { type CheckId, fail, pass } from './checks.ts';
import { inWords, isGone, isWhole, type Noun, type Survival } from './survival.ts';

/** Nouns of the betas alone, each with a check of its own; all others are told of together. */
const OWN_CHECK: Partial<Record<Noun, CheckId>> = {
	runs: 'drill.restart.runs',
	'event-streams': 'drill.restart.event-streams',
	sessions: 'drill.restart.sessions',
};

function restartCheck(id: CheckId, survival: Survival, entry: string): Check {
	if (isWhole(survival))
		return pass(id, `After a restart of Flue: ${inWords(survival)}, nothing twice.`);
	return fail(
		id,
		`After a restart of Flue, with the server untouched: ${inWords(survival)}.`,
		`The stores of ${entry} do not keep their state in the server. Use the documented file: \`flue add database\` writes it.`,
	);
}

/** What a Flue process finds that another one wrote, the server untouched. */
export function restartChecks(survival: Survival, entry: string): Check[] {
	const idOf = ({ noun }: Survival[number]): CheckId => OWN_CHECK[noun] ?? 'drill.restart';
	return [...new Set(survival.map(idOf))].map((id) =>
		restartCheck(
			id,
			survival.filter((finding) => idOf(finding) === id),
			entry,
		),
	);
}

/** What was found after a server was killed and started again on its data. */
export interface Loss {
	/** What was written just before the server was killed. */
	atOnce: Survival;
	/** What was written earlier, and had the moment that the persistence needs; null where it needs none. */
	later: Survival | null;
}

function everyChange({ atOnce, later }: Loss): Check {
	const id = 'drill.loss.aof-always';
	const both = later ?? atOnce;
	if (isWhole(atOnce) && isWhole(both))
		return pass(id, `AOF always: after the server was killed at once, ${inWords(atOnce)}.`);
	const worse = isWhole(atOnce) ? both : atOnce;
	return fail(
		id,
		`AOF always: after the server was killed, ${inWords(worse)}. What it had acknowledged is lost.`,
		'Look whether something changes the configuration of the server program on PATH (a wrapper, a patched build), or the disk of the temporary folder is full.',
	);
}

function everySecond({ atOnce, later }: Loss): Check {
	const id = 'drill.loss.aof-everysec';
	if (!later || !isWhole(later))
		return fail(
			id,
			`AOF everysec: of what was more than a second old when the server was killed, ${inWords(later ?? atOnce)}.`,
			'Everything older than a second should be there: look at the server program on PATH and at the disk of the temporary folder.',
		);
	const first = isWhole(atOnce) ? 'everything' : inWords(atOnce);
	return pass(
		id,
		`AOF everysec: of what was written just before the server was killed, ${first}; of what was more than a second old, ${inWords(later)}. SIGKILL spares what the operating system has taken; a power failure can still cost the last second.`,
	);
}

function snapshots({ atOnce, later }: Loss): Check {
	const id = 'drill.loss.snapshots';
	if (!later || !isWhole(later))
		return fail(
			id,
			`Snapshots only: of what was in a snapshot when the server was killed, ${inWords(later ?? atOnce)}.`,
			'What a snapshot holds should be there: look at the server program on PATH and at the disk of the temporary folder.',
		);
	const lost = isGone(atOnce) ? 'everything is lost' : `there is ${inWords(atOnce)}`;
	return pass(
		id,
		`Snapshots only: of what was in a snapshot when the server was killed, ${inWords(later)}; of what came after it, ${lost}.`,
	);
}

function nothing({ atOnce }: Loss): Check {
	const id = 'drill.loss.nothing';
	if (isGone(atOnce))
		return pass(
			id,
			'No persistence: killed, everything is lost, as the documentation says. Do not run such a server in production.',
		);
	return fail(
		id,
		`No persistence: killed, and still ${inWords(atOnce)}.`,
		'A server that keeps nothing cannot have kept it: db.ts holds its state elsewhere too, or the server program on PATH keeps more than it is told to.',
	);
}

export const TRIALS = {
	'aof-always': {
		judge: everyChange,
		persistence: ['appendonly yes', 'appendfsync always', 'save ""'],
	},
	'aof-everysec': {
		judge: everySecond,
		persistence: ['appendonly yes', 'appendfsync everysec', 'save ""'],
	},
	snapshots: { judge: snapshots, persistence: ['appendonly no', 'save 3600 1'] },
	nothing: { judge: nothing, persistence: ['appendonly no', 'save ""'] },
} as const satisfies Record<string, { judge: (loss: Loss) => Check; persistence: string[] }>;

export type TrialName = keyof typeof TRIALS;
