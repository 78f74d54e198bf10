// The server level: the way to it, what it is, what it keeps, what this user may do. Pure.
import type { Blueprint } from '../../../model/blueprint.ts';
import type {
	Check,
	ProjectFacts,
	ServerFacts,
	ShownAddress,
} from '../../../model/verification.ts';
import { accessChecks } from './access.ts';
import { skipped } from './check.ts';
import { connectionChecks } from './connection.ts';
import { identityChecks } from './identity.ts';
import { keepingChecks } from './keeping.ts';
import { replicasCheck } from './replicas.ts';

export interface ServerSubject {
	project: ProjectFacts;
	address: ShownAddress;
	/** What the server may be. */
	databases: readonly Blueprint[];
	/** The one whose protocol all others speak. */
	origin: Blueprint;
	/** null: an expression that only the program itself knows. */
	prefix: string | null;
	/** Whether db.ts lets the adapter ask the server at start. */
	inspects: boolean;
	/** For how many replicas db.ts waits; null: an expression, undefined: for none. */
	waits: number | null | undefined;
}

/** All checks of level 2. Those behind a failed connection are skipped. */
export function serverChecks(facts: ServerFacts, subject: ServerSubject): Check[] {
	const { project, address, databases, origin, prefix, inspects, waits } = subject;
	const { name } = project.blueprint;
	const connection = connectionChecks(facts, address);
	const identity = identityChecks(facts, { blueprint: project.blueprint, databases, origin });
	const isCluster = identity.some(({ id, status }) => id === 'server.cluster' && status === 'fail');
	const isLoading = identity.some(({ id, status }) => id === 'server.loading' && status === 'fail');
	const listener = project.shape?.listener ?? 'none';
	const state = [
		...identity,
		...keepingChecks(facts, { inspects, listener, name }),
		replicasCheck(facts, waits),
		...accessChecks(facts, {
			prefix,
			make: project.adapterMake,
			facts: project.facts,
			isCluster,
			waits: waits !== undefined,
			name,
		}),
	];
	const hasAnswered = facts.stop === null || facts.info !== null;
	if (hasAnswered) return [...connection, ...state];
	const unasked = state.map((one) =>
		isLoading && one.id === 'server.loading' ? one : skipped(one.id, 'not reached'),
	);
	return [...connection, ...unasked];
}
