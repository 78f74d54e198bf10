// Whether a server keeps what it is given: eviction, memory, persistence, idle connections. Pure.
import type { Check, EntryShape, ServerFacts } from '../../../model/verification.ts';
import { fail, pass, skipped, warn } from './check.ts';

export interface Keeper {
	/** Whether db.ts lets the adapter ask the server at start. */
	inspects: boolean;
	listener: EntryShape['listener'];
	/** Of the project's database, for a hint. */
	name: string;
}

const ALLOW_INFO = 'Allow INFO to this user (ACL: +info)';

/** Why the policy is not known, and which right would tell it; null where none is missing. */
function unknownPolicy(
	info: ServerFacts['info'],
	config: ServerFacts['config'],
): [string, string | null] {
	if (info === null) return ['the server denies CONFIG and INFO to this user', ALLOW_INFO];
	if (Object.keys(config).length > 0)
		return ['neither CONFIG nor INFO of this server says it', null];
	return [
		'the server denies CONFIG to this user, and its INFO does not say it',
		'Allow CONFIG GET to this user (ACL: +config|get)',
	];
}

function evictionCheck({ info, config }: ServerFacts, { inspects, name }: Keeper): Check {
	const id = 'server.eviction';
	const policy = config['maxmemory-policy'] ?? info?.maxmemory_policy;
	if (policy === 'noeviction') return pass(id, 'noeviction');
	if (policy !== undefined)
		return fail(
			id,
			`maxmemory-policy is ${policy}: the server may delete durable state, and @flue/redis does not start`,
			'Set maxmemory-policy noeviction, in the configuration or in the console of the provider.',
		);
	const look =
		'in the console of the provider, the eviction policy (maxmemory-policy) must be noeviction';
	const [why, allow] = unknownPolicy(info, config);
	if (!inspects)
		return warn(
			id,
			`${why}, so its eviction policy is not known; db.ts does not ask for it`,
			`Look ${look}.`,
		);
	const told = `${why}, and without its eviction policy @flue/redis does not start`;
	if (!allow) return fail(id, told, `Ask the provider of the server; ${look}.`);
	return fail(
		id,
		told,
		`${allow}. If the provider does not: ${look}, and Cluster mode off; then \`flue add database ${name} --no-inspect-server --replace\` makes db.ts start without asking.`,
	);
}

function mebibytes(bytes: number): string {
	return `${Math.round(bytes / 1024 / 1024)} MiB`;
}

function memoryCheck({ info, config }: ServerFacts): Check {
	const id = 'server.memory';
	const limit = config.maxmemory ?? info?.maxmemory;
	const used = info?.used_memory;
	if (limit === undefined || used === undefined)
		return skipped(
			id,
			'the server does not say how much memory it uses',
			`${ALLOW_INFO}, or look at the memory in the console of the provider.`,
		);
	if (limit === '0') return pass(id, `${mebibytes(Number(used))} used, no limit of its own`);
	const share = Number(used) / Number(limit);
	const text = `${mebibytes(Number(used))} of ${mebibytes(Number(limit))} used`;
	if (share >= 1)
		return fail(
			id,
			`${text}: new work is refused`,
			'Raise maxmemory, or delete what is not needed.',
		);
	if (share >= 0.9)
		return warn(id, `${text}: when it is full, new work is refused`, 'Raise maxmemory.');
	return pass(id, text);
}

const FSYNC: Record<string, [string, 'pass' | 'warn']> = {
	always: ['append-only file, fsync always: an acknowledged write survives', 'pass'],
	everysec: [
		'append-only file, fsync every second: the last second may be lost with the server',
		'pass',
	],
	no: [
		'append-only file without fsync: what the system had not written yet is lost with the machine',
		'warn',
	],
};

function persistenceCheck({ info, config }: ServerFacts): Check {
	const id = 'server.persistence';
	const appends = config.appendonly ?? (info?.aof_enabled === '1' ? 'yes' : info?.aof_enabled);
	if (appends === undefined)
		return skipped(
			id,
			'the server denies CONFIG and INFO, so it is not known what it keeps',
			'In the console of the provider, look for persistence: append-only file (AOF), or at least snapshots.',
		);
	if (appends === 'yes') {
		const [text, status] = FSYNC[config.appendfsync ?? ''] ?? [
			'append-only file; its fsync policy is not told',
			'pass',
		];
		return status === 'pass'
			? pass(id, text)
			: warn(id, text, 'Set appendfsync everysec, or always.');
	}
	const hint = 'Set appendonly yes, in the configuration or in the console of the provider.';
	if (config.save === undefined)
		return warn(id, 'no append-only file; whether there are snapshots is not told', hint);
	if (config.save === '')
		return fail(
			id,
			'neither an append-only file nor snapshots: a restart of the server loses every conversation',
			hint,
		);
	return warn(id, 'snapshots alone: what came after the last one is lost with the server', hint);
}

function healthCheck({ info }: ServerFacts): Check {
	const id = 'server.persistence-health';
	if (info === null) return skipped(id, 'the server denies INFO', `${ALLOW_INFO}.`);
	const names = ['aof_last_write_status', 'aof_last_bgrewrite_status', 'rdb_last_bgsave_status'];
	const failed = names.filter((name) => info[name] === 'err');
	if (failed.length === 0) return pass(id, 'the last write to disk succeeded');
	return fail(
		id,
		`the last write to disk failed (${failed.join(', ')})`,
		'Look at the disk and the log of the server: it may refuse every write.',
	);
}

function timeoutCheck({ config }: ServerFacts, { listener, name }: Keeper): Check {
	const id = 'server.timeout';
	if (config.timeout === undefined)
		return skipped(id, 'the server does not say after what time it closes idle connections');
	if (config.timeout === '0')
		return pass(id, 'the server closes no idle connection; a load balancer in front of it may');
	const text = `the server closes a connection that is idle for ${config.timeout} s`;
	if (listener === 'after') return pass(id, `${text}; db.ts connects again`);
	return fail(
		id,
		`${text}, and without an error listener that ends the process`,
		`Set timeout 0, or run \`flue add database ${name} --reconnect --replace\`.`,
	);
}

/** Eviction, memory, persistence and idle connections. */
export function keepingChecks(facts: ServerFacts, keeper: Keeper): Check[] {
	return [
		evictionCheck(facts, keeper),
		memoryCheck(facts),
		persistenceCheck(facts),
		healthCheck(facts),
		timeoutCheck(facts, keeper),
	];
}
