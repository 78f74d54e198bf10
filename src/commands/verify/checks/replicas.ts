// Whether what is acknowledged outlives the primary: its replicas, and whether db.ts waits for them. Pure.
import type { Check, ServerFacts } from '../../../model/verification.ts';
import { fail, pass, skipped, warn } from './check.ts';

const HOW = '`redis(…, { replicas: { wait: 1, timeoutMs: 1000 } })` in db.ts acknowledges a write';

function waitingCheck(id: 'server.replicas', present: number, waits: number): Check {
	const text = `${present} connected, and db.ts waits for ${waits}`;
	if (present >= waits)
		return pass(id, present > waits ? text : `${text}: while one is away, every write is refused`);
	return fail(
		id,
		`${text}: every write is refused`,
		'Look at the replicas, or lower replicas.wait.',
	);
}

/**
 * The replicas, against what db.ts waits for.
 *
 * @param waits - of how many replicas; null where only the program knows, undefined where db.ts does not wait
 */
export function replicasCheck(
	{ info }: Pick<ServerFacts, 'info'>,
	waits: number | null | undefined,
): Check {
	const id = 'server.replicas';
	const told = info?.connected_slaves;
	if (told === undefined)
		return skipped(
			id,
			info === null ? 'the server denies INFO' : 'the server does not say whether it has replicas',
			`If the server has replicas: ${HOW} only when one has it. Allow INFO (ACL: +info) to learn it.`,
		);
	const present = Number(told);
	if (waits === null) return pass(id, `${present} connected, and db.ts waits for some of them`);
	if (waits !== undefined) return waitingCheck(id, present, waits);
	if (present === 0) return pass(id, 'none is connected');
	// The server names this count only where min-replicas-to-write is set.
	const isHeld = info?.min_slaves_good_slaves !== undefined;
	const extent = isHeld ? ', as far as min-replicas-max-lag lets it' : '';
	return warn(
		id,
		`${present} connected, and a write is acknowledged before they have it: one that is promoted may lack the last ones${extent}`,
		`${HOW} only when a replica has it.`,
	);
}
