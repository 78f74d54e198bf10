// What a server is: its make, version, mode and role. Pure.
import type { Blueprint, ServerMake } from '../../../model/blueprint.ts';
import type { Check, ServerFacts } from '../../../model/verification.ts';
import { exactVersion, isIn } from '../../../text/versions.ts';
import { fail, pass, skipped, warn } from './check.ts';

/** What a server is measured by. */
interface Measure {
	/** The project's. */
	blueprint: Blueprint;
	/** What the server may be. */
	databases: readonly Blueprint[];
	/** The one whose protocol all others speak. */
	origin: Blueprint;
}

interface Make {
	/** null: one of the origin's kin, which has no blueprint. */
	database: Blueprint | null;
	title: string;
	version: string;
}

/** What a server may be, those that speak for themselves before the one that all others claim to be. */
function makesOf({ databases, origin }: Measure): (ServerMake & { database: Blueprint | null })[] {
	const made = (database: Blueprint) => ({ ...database.server, title: database.title, database });
	const others = databases.filter((one) => one !== origin).map(made);
	const kin = databases.flatMap(({ server }) => server.kin);
	return [...others, ...kin.map((one) => ({ ...one, database: null })), made(origin)];
}

/**
 * INFO tells the version in a line of the database's own, and beside it that of the origin with which it is compatible.
 * HELLO answers where INFO is denied.
 */
function makeOf({ info, hello }: ServerFacts, measure: Measure): Make | null {
	const makes = makesOf(measure);
	for (const { database, title, versionLine } of makes) {
		const version = info?.[versionLine];
		if (version) return { database, title, version };
	}
	const { version } = hello;
	if (version === undefined) return null;
	const named = makes.find(({ helloName }) => helloName === hello.server);
	const { database, title } = named ?? { database: measure.origin, title: measure.origin.title };
	return { database, title, version };
}

function productCheck(found: Make | null, { blueprint }: Measure): Check {
	const id = 'server.product';
	if (!found) return skipped(id, 'the server does not say what it is');
	const { database, title } = found;
	if (!database) return pass(id, `${title}, which speaks the protocol of ${blueprint.title}`);
	if (database.name === blueprint.name) return pass(id, `${title}, as db.ts says`);
	return warn(
		id,
		`the server is ${title}, and db.ts is for ${blueprint.title}; both work the same today`,
		`\`flue add database ${database.name} --replace\` makes the names agree.`,
	);
}

function versionCheck(found: Make | null, { databases }: Measure): Check {
	const id = 'server.version';
	const version = found && exactVersion(found.version);
	if (!found || version === null) return skipped(id, 'the server does not say its version');
	const { title, database } = found;
	if (!database || isIn(version, `>=${database.server.oldest}.0`))
		return pass(id, `${title} ${version}`);
	const least = databases.map((one) => `${one.title} ${one.server.oldest}`).join(' or ');
	return fail(
		id,
		`${title} ${version} is older than the adapter works with`,
		`${least} is the least: upgrade the server.`,
	);
}

function clusterCheck({ info, config, hello }: ServerFacts): Check {
	const id = 'server.cluster';
	const said = config['cluster-enabled'] ?? info?.cluster_enabled ?? hello.mode;
	if (said === undefined) return skipped(id, 'the server does not say whether it is a Cluster');
	if (/^(yes|1|cluster)$/.test(said))
		return fail(
			id,
			'Cluster mode is on, and @flue/redis does not start with it',
			'Use a server, or a database of the provider, without Cluster mode.',
		);
	return pass(id, 'Cluster mode is off');
}

function roleCheck({ info, hello }: ServerFacts): Check {
	const id = 'server.role';
	const role = info?.role ?? hello.role;
	if (role === undefined) return skipped(id, 'the server does not say whether it is a primary');
	if (role === 'master') return pass(id, 'a primary');
	return fail(
		id,
		'this is a replica, which takes no writes or loses them',
		'Use the address of the primary.',
	);
}

function loadingCheck({ info, stop }: ServerFacts): Check {
	const id = 'server.loading';
	if (info?.loading === '1' || stop?.code === 'LOADING')
		return fail(
			id,
			'the server is still loading its data into memory',
			'Try again when it is ready.',
		);
	return pass(id, 'the data is in memory');
}

/** Make, version, Cluster mode, role, and whether it is ready. */
export function identityChecks(facts: ServerFacts, measure: Measure): Check[] {
	const found = makeOf(facts, measure);
	return [
		productCheck(found, measure),
		versionCheck(found, measure),
		clusterCheck(facts),
		roleCheck(facts),
		loadingCheck(facts),
	];
}
