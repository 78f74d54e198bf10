// What this user may do, whether the server takes writes, and whose keys lie under the prefix. Pure.
import type {
	Check,
	NamespaceFacts,
	ProjectFacts,
	ServerFacts,
} from '../../../model/verification.ts';
import { fail, pass, skipped, warn } from './check.ts';

/** The rights that are enough (adapter/README.md; measured with Redis 7.0.15 and Valkey 8.0.1). */
function enough(prefix: string): string {
	return `Give the user \`~${prefix}:* &* -@all +@read +@write +@scripting +@connection +@transaction -@dangerous +info\`.`;
}

function names(values: string[]): string {
	const unique = [...new Set(values)];
	const shown = unique.slice(0, 6).join(', ');
	return unique.length > 6 ? `${shown} and ${unique.length - 6} more` : shown;
}

function rightsCheck({ refused }: ServerFacts, prefix: string): Check {
	const id = 'server.permissions';
	if (refused === null) return skipped(id, 'not reached');
	if (refused.length === 0) return pass(id, 'this user may run what the adapter needs');
	if (refused[0]?.command === 'MULTI')
		return fail(
			id,
			'this user may not run MULTI; without it the rest cannot be asked',
			enough(prefix),
		);
	const keys = refused.filter(({ message }) => /^NOPERM.*\bkeys?\b/.test(message));
	if (keys.length === refused.length)
		return fail(
			id,
			`this user may not use the keys ${names(keys.map(({ key }) => key))}`,
			enough(prefix),
		);
	const commands = refused.filter((one) => !keys.includes(one)).map(({ command }) => command);
	return fail(id, `this user may not run ${names(commands)}`, enough(prefix));
}

/** [what the server says, in better words, cure] */
const WRITE_FAULTS: readonly (readonly [RegExp, string, string])[] = [
	[/^OOM/, 'its memory is full', 'Raise maxmemory, or delete what is not needed.'],
	[/^MISCONF/, 'it cannot write to its disk', 'Look at the disk and the log of the server.'],
	[/^NOREPLICAS/, 'it has too few replicas', 'Look at min-replicas-to-write and at the replicas.'],
	[/^READONLY|^MASTERDOWN/, 'it is a replica', 'Use the address of the primary.'],
];

function writeCheck({ writeFault, refused }: ServerFacts): Check {
	const id = 'server.writes';
	if (refused === null) return skipped(id, 'not reached');
	if (refused[0]?.command === 'MULTI') return skipped(id, 'cannot be asked without MULTI');
	if (writeFault === null) return pass(id, 'the server takes writes');
	const known = WRITE_FAULTS.find(([pattern]) => pattern.test(writeFault));
	return fail(id, `the server refuses writes: ${known?.[1] ?? writeFault}`, known?.[2] ?? null);
}

/** What the current runtimes and the adapter's layout write (`FLUE_FORMAT_VERSION` of 2.0.3 and 2.1.0; LAYOUT). */
const FORMAT = '1';
const LAYOUT = '1';

function count({ keys, complete }: NamespaceFacts): string {
	return `${complete ? '' : 'at least '}${keys} key${keys === 1 && complete ? '' : 's'}`;
}

/** A namespace that some make of the adapter has marked, or null when its mark is as it should be. */
function markFault({ prefix, stamp, meta }: NamespaceFacts): string | null {
	const mark = stamp ?? meta ?? {};
	const { format_version: format, layout, schema_version: schema } = mark;
	if (stamp && layout !== undefined && layout !== LAYOUT)
		return `the keys under ${prefix}: have layout ${layout}, and this adapter knows ${LAYOUT}`;
	if (format === FORMAT) return null;
	if (format === undefined && schema !== undefined) return null;
	const version = format ?? 'unknown';
	return `the keys under ${prefix}: have format version ${version}, and this version of Flue knows ${FORMAT}`;
}

/** What the checks of a namespace know of the project. */
interface Owner {
	make: ProjectFacts['adapterMake'];
	/** Of all databases, as a hint names them: `redis|valkey`. */
	names: string;
}

function ownPrefix({ names }: Owner): string {
	return `Give this project a prefix of its own: \`flue add database ${names} --key-prefix NAME --replace\`.`;
}

function markedCheck(namespace: NamespaceFacts, owner: Owner): Check {
	const id = 'server.namespace';
	const { prefix, stamp, meta } = namespace;
	if (stamp && meta)
		return fail(
			id,
			`two adapters have marked ${prefix}: (${prefix}:@flue/redis and ${prefix}:meta)`,
			ownPrefix(owner),
		);
	const fault = markFault(namespace);
	if (fault)
		return fail(id, fault, 'Upgrade Flue to the version that wrote them, or use another prefix.');
	const isOther = (stamp && owner.make === 'pinned') || (meta && owner.make === 'peer');
	if (isOther)
		return fail(
			id,
			`the keys under ${prefix}: were written by another make of @flue/redis, which this one refuses`,
			ownPrefix(owner),
		);
	return pass(
		id,
		`${count(namespace)} of this project's kind under ${prefix}:, format version ${FORMAT}`,
	);
}

function namespaceCheck({ namespace }: ServerFacts, owner: Owner): Check {
	const id = 'server.namespace';
	if (!namespace) return skipped(id, 'this user may not look at the keys');
	const { prefix, stamp, meta, keys, examples, complete } = namespace;
	if (stamp || meta) return markedCheck(namespace, owner);
	if (keys > 0)
		return fail(
			id,
			`${count(namespace)} under ${prefix}: are somebody else's, such as ${examples.join(', ')}`,
			ownPrefix(owner),
		);
	if (complete) return pass(id, `nothing lies under ${prefix}: yet`);
	return warn(
		id,
		`nothing was found under ${prefix}: in the first 100,000 keys`,
		'The adapter itself searches all of them once, at its first start.',
	);
}

/** Rights, writes and the namespace. In a Cluster the answers would be about its slots. */
export function accessChecks(
	facts: ServerFacts,
	known: Owner & { prefix: string | null; isCluster: boolean },
): Check[] {
	const { prefix, isCluster } = known;
	if (isCluster || prefix === null) {
		const why = isCluster ? 'not asked of a Cluster' : 'the key prefix in db.ts is an expression';
		return (['server.permissions', 'server.writes', 'server.namespace'] as const).map((id) =>
			skipped(id, why),
		);
	}
	const namespace =
		facts.refused === null
			? skipped('server.namespace', 'not reached')
			: namespaceCheck(facts, known);
	return [rightsCheck(facts, prefix), writeCheck(facts), namespace];
}
