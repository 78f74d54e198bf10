// What this user may do, whether the server takes writes, and whose keys lie under the prefix. Pure.

import { refusalOf } from '../../../adapter-words.ts';
import type { Check, ServerFacts } from '../../../model/verification.ts';
import { fail, pass, skipped } from './check.ts';
import { namespaceCheck, type Owner } from './namespace.ts';

interface Granted {
	prefix: string;
	/** Whether db.ts passes `replicas`. */
	waits: boolean;
}

/**
 * The rights that are enough (adapter/README.md; measured with Redis 7.0.15 and Valkey 8.0.1). No channel is used, and
 * `&*` is no word of Redis 6.0.
 */
function enough({ prefix, waits }: Granted): string {
	const wait = waits ? ' +wait' : '';
	return `Give the user \`~${prefix}:* -@all +@read +@write +@scripting +@connection +@transaction -@dangerous +info${wait}\`.`;
}

function names(values: string[]): string {
	const unique = [...new Set(values)];
	const shown = unique.slice(0, 6).join(', ');
	return unique.length > 6 ? `${shown} and ${unique.length - 6} more` : shown;
}

function rightsCheck({ refused }: ServerFacts, granted: Granted): Check {
	const id = 'server.permissions';
	if (refused === null) return skipped(id, 'not reached');
	if (refused.length === 0) return pass(id, 'this user may run what the adapter needs');
	if (refused[0]?.command === 'MULTI')
		return fail(
			id,
			'this user may not run MULTI; without it the rest cannot be asked',
			enough(granted),
		);
	const absent = refused.filter(({ message }) => refusalOf(message)?.kind === 'command');
	if (absent.length > 0)
		return fail(
			id,
			`the server has no ${names(absent.map(({ command }) => command))}, or not for this user`,
			refusalOf(absent[0]?.message ?? '')?.helps,
		);
	const keys = refused.filter(({ message }) => /\bkeys?\b/.test(message));
	if (keys.length === refused.length)
		return fail(
			id,
			`this user may not use the keys ${names(keys.map(({ key }) => key))}`,
			enough(granted),
		);
	const commands = refused.filter((one) => !keys.includes(one)).map(({ command }) => command);
	return fail(id, `this user may not run ${names(commands)}`, enough(granted));
}

function writeCheck({ writeFault, refused }: ServerFacts): Check {
	const id = 'server.writes';
	if (refused === null) return skipped(id, 'not reached');
	if (refused[0]?.command === 'MULTI') return skipped(id, 'cannot be asked without MULTI');
	if (writeFault === null) return pass(id, 'the server takes writes');
	const known = refusalOf(writeFault);
	return fail(id, known ? `no writes: ${known.means}` : writeFault, known?.helps);
}

/** Rights, writes and the namespace. In a Cluster the answers would be about its slots. */
export function accessChecks(
	facts: ServerFacts,
	known: Owner & { prefix: string | null; isCluster: boolean; waits: boolean },
): Check[] {
	const { prefix, isCluster, waits } = known;
	if (isCluster || prefix === null) {
		const why = isCluster ? 'not asked of a Cluster' : 'the key prefix in db.ts is an expression';
		return (['server.permissions', 'server.writes', 'server.namespace'] as const).map((id) =>
			skipped(id, why),
		);
	}
	const namespace =
		facts.refused === null
			? skipped('server.namespace', 'not reached')
			: namespaceCheck(facts.namespace, known);
	return [rightsCheck(facts, { prefix, waits }), writeCheck(facts), namespace];
}
