// The page docs/servers.md, from what `npm run servers` saw.
import { versionOf } from '../../adapter/test/servers.ts';

/** What the suites of one runtime came to. */
export interface Line {
	readonly runtime: string;
	readonly files: number;
	readonly passed: number;
	readonly total: number;
}

/** Two servers that were tried in one run, and what came out. */
export interface Pair {
	readonly titles: readonly string[];
	readonly lines: readonly Line[];
}

interface Seen {
	readonly pairs: readonly Pair[];
	/** The test files that were chosen; none are all. */
	readonly files: readonly string[];
	/** Servers that this machine's mirror does not have. */
	readonly absent: readonly string[];
}

export function renderServers({ pairs, files, absent }: Seen): string {
	const rows = pairs.flatMap(({ titles, lines }) =>
		lines.map(
			({ runtime, files: count, passed, total }) =>
				`| ${titles.join(', ')} | ${runtime} | ${count} | ${passed} of ${total} |`,
		),
	);
	const chosen =
		files.length === 0
			? 'Every test file of the adapter ran.'
			: `Of the adapter's test files those ran whose path has ${files.map((file) => `\`${file}\``).join(' or ')}.`;
	const told =
		absent.length === 0
			? ''
			: `\nNot tried, because the machine's mirror does not have them: ${absent.join(', ')}.\n`;
	return `# Servers

Every run of the tests takes Redis ${versionOf('redis')} and Valkey ${versionOf('valkey')}. \`npm run servers\` takes others from Debian's older and newer suites, unpacks
them into a folder of their own with the libraries that belong to them, runs the adapter's suites with each line of Flue against them, and writes this page.
It is no part of CI. Each run starts one of either.

${chosen}

| servers | \`@flue/runtime\` | test files | tests passed |
|---|---|---|---|
${rows.join('\n')}
${told}
The least version is Redis 4.0, or any Valkey (\`adapter/src/inspect.ts\`, held by \`adapter/test/inspect.test.ts\`): a server that is older is refused at start.
`;
}
