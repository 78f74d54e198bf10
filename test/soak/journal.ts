// A built project of `flue init` that writes down every call of its model: when, by which process, for which message.
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { flueProject } from '../e2e/project.ts';
import { initStock } from '../e2e/stock.ts';
import { installedVersions } from '../e2e/stock-versions.ts';
import { flueAdd, run, runLocal } from '../e2e/toolchain.ts';

export interface ModelCall {
	readonly at: number;
	readonly pid: number;
	readonly text: string;
}

export interface JournalProject {
	readonly root: string;
	/** The version of @flue/runtime that is installed. */
	readonly runtime: string;
	/** What a server of it is started with. */
	readonly environment: Record<string, string>;
	readonly calls: () => ModelCall[];
	readonly remove: () => void;
}

const NOTE = `const said = context.messages.findLast(({ role }) => role === 'user');
		const text = /message-[\\w-]+/.exec(JSON.stringify(said))?.[0];
		appendFileSync(String(process.env.CALLS), JSON.stringify({ at: Date.now(), pid: process.pid, text }) + '\\n');
		await new Promise(`;

/** Installs and builds it, with the adapter of this checkout and --reconnect. */
export async function buildJournalProject(replyMs: number): Promise<JournalProject> {
	const base = realpathSync(mkdtempSync(join(tmpdir(), 'flue-soak-')));
	const root = join(base, 'agents');
	await initStock(root);
	const agent = flueProject('soak')['src/agents/hello.ts'] ?? '';
	const noting = agent
		.replace("'use agent';", "'use agent';\nimport { appendFileSync } from 'node:fs';")
		.replace('length: 100', 'length: 10_000')
		.replace('await new Promise(', NOTE);
	writeFileSync(join(root, 'src/agents/hello.ts'), noting);
	await run('npm', ['install', '--no-audit', '--no-fund'], { cwd: root });
	const options = ['--reconnect', '--adapter', 'vendored', '--align-runtime', '--json'];
	await flueAdd(['redis', ...options], root);
	await runLocal('vite', ['build'], root);
	const file = join(base, 'calls');
	writeFileSync(file, '');
	return {
		root,
		runtime: installedVersions(root)['@flue/runtime'] ?? '',
		environment: { CALLS: file, REPLY_MS: String(replyMs) },
		calls: () =>
			readFileSync(file, 'utf8')
				.split('\n')
				.filter((line) => line !== '')
				.map((line) => JSON.parse(line)),
		remove: () => rmSync(base, { recursive: true, force: true }),
	};
}

/** What a conversation shows: its texts, how its messages ended, and of which submissions. */
export function shownIn(body: string) {
	const { messages, settlements } = JSON.parse(body) as {
		messages: { parts: { text?: string }[] }[];
		settlements: { outcome: string; submissionId: string }[];
	};
	return {
		texts: messages.flatMap(({ parts }) => parts.flatMap(({ text }) => text ?? [])),
		outcomes: settlements.map(({ outcome }) => outcome),
		submissions: settlements.map(({ submissionId }) => submissionId),
	};
}
