// Whose keys lie under the prefix: nobody's, this project's, those of another line of Flue, or somebody else's. Pure.
import type { Check, NamespaceFacts, ProjectFacts } from '../../../model/verification.ts';
import { fail, pass, skipped, warn } from './check.ts';
import { contractOf, STAMPS, type Stamp } from './contract.ts';

/** What the checks of a namespace know of the project. */
export interface Owner {
	make: ProjectFacts['adapterMake'];
	facts: Pick<ProjectFacts['facts'], 'line' | 'runtime'>;
	/** Of the project's database, for a hint. */
	name: string;
}

/** Versions of the adapter's layout of keys that it reads, on every line (adapter/src/migrate.ts). */
const LAYOUTS = ['1', '2'];

/** A mark of an early 2.x, which that line's adapters take over. */
const ADOPTABLE = 'schema_version';

function count({ keys, complete }: NamespaceFacts): string {
	return `${complete ? '' : 'at least '}${keys} key${keys === 1 && complete ? '' : 's'}`;
}

function ownPrefix({ name }: Owner): string {
	return `Give this project a prefix of its own: \`flue add database ${name} --key-prefix NAME --replace\`.`;
}

/** E.g. `format version` of the field `format_version`. */
function nameOf({ field }: Stamp): string {
	return field === 'schemaVersion' ? 'schema version' : 'format version';
}

function stampOf({ facts }: Owner): Stamp {
	const contract = contractOf(facts);
	const stamp = STAMPS.find((one) => one.contract === contract);
	if (!stamp) throw new Error('A line of Flue has no stamp.');
	return stamp;
}

/** The line of Flue whose data is there, where it is another than the project's. */
function otherLine(mark: Record<string, string>, own: Stamp): Stamp | undefined {
	return STAMPS.find(
		({ contract, field, version }) => contract !== own.contract && mark[field] === version,
	);
}

type Words = [message: string, hint: string];

/** What is wrong with a mark that some adapter has made, and what to do; null when it is as it should be. */
function markFault({ prefix, stamp, meta }: NamespaceFacts, owner: Owner): Words | null {
	const upgrade = 'Upgrade Flue to the version that wrote them, or use another prefix.';
	const mark = stamp ?? meta ?? {};
	const own = stampOf(owner);
	const { layout } = mark;
	if (stamp && layout !== undefined && !LAYOUTS.includes(layout))
		return [
			`the keys under ${prefix}: have layout ${layout}, and this adapter knows ${LAYOUTS.join(' and ')}`,
			upgrade,
		];
	const other = otherLine(mark, own);
	if (other) {
		const is = owner.facts.runtime?.value ?? owner.facts.line.value;
		const message = `the keys under ${prefix}: were written for @flue/runtime ${other.runtime}, and this project has ${is}, which refuses them: they cannot be converted`;
		return [message, ownPrefix(owner)];
	}
	const version = mark[own.field];
	const isAdoptable = own.contract === '2.x' && mark[ADOPTABLE] !== undefined;
	if (version === own.version || (version === undefined && isAdoptable)) return null;
	const known = `and this version of Flue knows ${own.version}`;
	return [
		`the keys under ${prefix}: have ${nameOf(own)} ${version ?? 'unknown'}, ${known}`,
		upgrade,
	];
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
	const fault = markFault(namespace, owner);
	if (fault) return fail(id, ...fault);
	const isOther = (stamp && owner.make === 'pinned') || (meta && owner.make === 'peer');
	if (isOther)
		return fail(
			id,
			`the keys under ${prefix}: were written by another make of @flue/redis, which this one refuses`,
			ownPrefix(owner),
		);
	const own = stampOf(owner);
	return pass(
		id,
		`${count(namespace)} of this project's kind under ${prefix}:, ${nameOf(own)} ${own.version}`,
	);
}

/** Whose keys lie under the prefix; null: this user may not look. */
export function namespaceCheck(namespace: NamespaceFacts | null, owner: Owner): Check {
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
