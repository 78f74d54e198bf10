// What a server is: its make, version, mode and role. Pure.
import type { Blueprint } from '../../../model/blueprint.ts';
import type { Check, ServerFacts } from '../../../model/verification.ts';
import { exactVersion, isIn } from '../../../text/versions.ts';
import { fail, pass, skipped, warn } from './check.ts';

/** The least that the adapter works with (its README). */
const OLDEST = { Redis: '>=6.2.0', Valkey: '>=7.2.0' };

type Product = keyof typeof OLDEST;

/** Valkey also tells the version of Redis that it is compatible with; HELLO answers where INFO is denied. */
function productOf({ info, hello }: ServerFacts): { product: Product; version: string } | null {
	if (info?.valkey_version) return { product: 'Valkey', version: info.valkey_version };
	if (info?.redis_version) return { product: 'Redis', version: info.redis_version };
	if (hello.version === undefined) return null;
	return { product: hello.server === 'valkey' ? 'Valkey' : 'Redis', version: hello.version };
}

function productCheck(facts: ServerFacts, { title }: Blueprint): Check {
	const id = 'server.product';
	const found = productOf(facts);
	if (!found) return skipped(id, 'the server does not say what it is');
	if (found.product === title) return pass(id, `${found.product}, as db.ts says`);
	const name = found.product.toLowerCase();
	return warn(
		id,
		`the server is ${found.product}, and db.ts is for ${title}; both work the same today`,
		`\`flue add database ${name} --replace\` makes the names agree.`,
	);
}

function versionCheck(facts: ServerFacts): Check {
	const id = 'server.version';
	const found = productOf(facts);
	const version = found && exactVersion(found.version);
	if (!found || version === null) return skipped(id, 'the server does not say its version');
	if (isIn(version, OLDEST[found.product])) return pass(id, `${found.product} ${version}`);
	return fail(
		id,
		`${found.product} ${version} is older than the adapter works with`,
		'Redis 6.2 or Valkey 7.2 is the least: upgrade the server.',
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
export function identityChecks(facts: ServerFacts, blueprint: Blueprint): Check[] {
	return [
		productCheck(facts, blueprint),
		versionCheck(facts),
		clusterCheck(facts),
		roleCheck(facts),
		loadingCheck(facts),
	];
}
