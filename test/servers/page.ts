// The page docs/servers.md, from what runs of `npm run servers` saw.
import { LEAST_REDIS } from '../../adapter/src/least.ts';
import { versionOf } from '../../adapter/test/servers.ts';

/** What the suites of one runtime came to on the servers of one run. */
export interface Line {
	readonly titles: readonly string[];
	readonly runtime: string;
	/** What the paths of the chosen test files have in them; none: every file. */
	readonly suites: readonly string[];
	readonly files: number;
	readonly passed: number;
	readonly total: number;
	/** The day. */
	readonly on: string;
}

export interface Seen {
	readonly rows: readonly Line[];
	/** Servers that this machine's mirror does not have. */
	readonly absent: readonly string[];
}

/** What was seen before with what is new: a line takes the place of an older one for the same runtime on the same servers. */
export function withLines(seen: Seen, lines: readonly Line[]): Seen {
	const named = ({ titles, runtime }: Line) => [...titles, runtime].join();
	const isKept = (line: Line) => !lines.some((one) => named(one) === named(line));
	return { ...seen, rows: [...seen.rows.filter(isKept), ...lines] };
}

/** The oldest Redis among some servers. */
function oldestRedis(rows: readonly Line[]): string {
	const versions = rows.flatMap(({ titles }) =>
		titles.flatMap((title) => /^Redis (.+)/.exec(title)?.[1] ?? []),
	);
	const [oldest = versionOf('redis')] = versions.toSorted((one, other) =>
		one.localeCompare(other, 'en', { numeric: true }),
	);
	return oldest;
}

export function renderServers({ rows, absent }: Seen): string {
	const place = ({ titles, runtime }: Line) =>
		`${titles.join()} ${runtime.includes('beta') ? 'of the betas' : ''} ${runtime}`;
	const sorted = rows.toSorted((one, other) => (place(one) < place(other) ? -1 : 1));
	const lines = sorted.map(({ titles, runtime, suites, files, passed, total, on }) => {
		const chosen = suites.length === 0 ? 'all' : suites.join(', ');
		const cells = [titles.join(', '), runtime, chosen, files, `${passed} of ${total}`, on];
		return `| ${cells.join(' | ')} |`;
	});
	const told =
		absent.length === 0
			? ''
			: `\nNot tried, because the machine's mirror does not have them: ${absent.join(', ')}.\n`;
	return `# Servers

Every run of the tests takes Redis ${versionOf('redis')} and Valkey ${versionOf('valkey')}. \`npm run servers\` takes others from Debian's older and newer suites, unpacks
them into a folder of their own with the libraries that belong to them, runs the adapter's suites with each line of Flue against them, and writes this page.
It is no part of CI. Each run starts one of either.

The suites are named by what the paths of their files have: the framework's own contract, connections that are \`cut\`, \`faults\` of the server, histories against a
\`model\`, and logs that a crash has \`torn\`.

| servers | \`@flue/runtime\` | suites | test files | tests passed | seen on |
|---|---|---|---|---|---|
${lines.join('\n')}
${told}
A log that a crash has cut inside a transaction comes back on Redis 8.0.2 and 8.0.6, Redict 7.3.6 and Valkey 8.1.1 as it does on Redis 7.0 and Valkey 8.0: what was acknowledged afterwards
may be gone after the next start (\`findings/torn-transaction.sh\`, on 2026-11-28). Valkey 9.1.2 cuts it before the transaction and loses nothing. The adapter seals its log on all of them.

The least version is Redis ${LEAST_REDIS}, or any Valkey (\`adapter/src/least.ts\`, held by \`adapter/test/inspect.test.ts\`): a server that is older is refused at start. The oldest one
that was run is Redis ${oldestRedis(rows)}; Debian's mirrors have no older one.
`;
}
