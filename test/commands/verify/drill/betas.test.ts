// Whole drills on projects of the 1.0 betas, with the published runtimes and the packed adapters; and what `--server` says of their data.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkIdsOf } from '../../../../src/commands/verify/drill/checks.ts';
import { run } from '../../../e2e/toolchain.ts';
import { node22 } from '../../../node22.ts';
import { flueEnvironment, verdict } from '../subject.ts';
import { drill, drillProject, generated, prepare, startBystander } from './project.ts';

beforeAll(prepare);

describe('a drill on a project of a beta', () => {
	it.each([
		['1.0.0-beta.7', 'redis', 'redis', '1.0.0-beta.5'],
		['1.0.0-beta.9', 'valkey', 'redis6', '1.0.0-beta.8'],
	] as const)(
		'with %s passes with %s and the client %s, and leaves nothing behind',
		async (version, server, client, contract) => {
			const root = await drillProject(server, {}, { flue: version, client });
			const ran = await drill(root, { server });
			const ids = checkIdsOf(contract);
			expect(ran.checks.map(({ id }) => id)).toEqual(ids);
			expect(ran.statuses, ran.output).toEqual(Object.fromEntries(ids.map((id) => [id, 'pass'])));
			const page = readFileSync('docs/drill.md', 'utf8');
			const kept = ids.filter((id) => id.startsWith('drill.restart.'));
			for (const id of kept) {
				const words = /Flue: (.*), nothing twice/.exec(ran.of(id).message)?.[1] ?? 'nothing';
				expect(page).toContain(words);
				for (const loss of ['aof-always', 'aof-everysec', 'snapshots'])
					expect(ran.of(`drill.loss.${loss}`).message).toContain(words);
			}
			expect(ran.of('drill.loss.nothing').message).toContain('everything is lost');
			expect(ran.left).toEqual([]);
		},
	);

	it('deletes on a named server all that it wrote', async () => {
		const root = await drillProject('redis', {}, { flue: '1.0.0-beta.7' });
		const bystander = await startBystander();
		const ran = await drill(root, { url: `${bystander.address}/3` });
		expect(ran.statuses).toMatchObject({
			'drill.restart': 'pass',
			'drill.restart.sessions': 'pass',
			'drill.loss.nothing': 'skipped',
			'drill.clean': 'pass',
		});
		expect(ran.of('drill.clean').message).toMatch(/^[1-9]\d* keys were deleted again/);
		await bystander.ask('SELECT', 3);
		expect(await bystander.ask('DBSIZE')).toBe(0);
	});
});

/** Stores that keep what they are given in their process alone. */
const FORGETTING = `
const runs = new Map();
const runStore = {
  async createRun(run) { if (!runs.has(run.runId)) runs.set(run.runId, { ...run, status: 'active' }); },
  async endRun(end) { Object.assign(runs.get(end.runId), end, { status: end.isError ? 'errored' : 'completed' }); },
  async getRun(id) { return runs.get(id) ?? null; },
  async listRuns() { return { runs: [...runs.values()].reverse() }; },
};
const streams = new Map();
const append = async (path, data) => { streams.get(path).events.push({ data, offset: String(streams.get(path).events.length) }); };
const eventStreamStore = {
  async createStream(path) { if (!streams.has(path)) streams.set(path, { events: [], closed: false }); },
  appendEvent: append,
  appendEventOnce: (path, key, data) => append(path, data),
  async readEvents(path) { return { events: streams.get(path)?.events ?? [], nextOffset: '-1', upToDate: true }; },
  async closeStream(path) { streams.get(path).closed = true; },
  async getStreamMeta(path) { return streams.get(path) ?? null; },
};
const saved = new Map();
const sessions = { async save(id, data) { saved.set(id, data); }, async load(id) { return saved.get(id) ?? null; } };
`;

describe('a db.ts of a beta whose adapter forgets', () => {
	const all = 'runStore, eventStreamStore, executionStore: { ...stores.executionStore, sessions }';
	it.each([
		['1.0.0-beta.7', all, ['runs', 'event-streams', 'sessions']],
		['1.0.0-beta.9', 'eventStreamStore', ['event-streams']],
	] as const)('on %s in %s fails the very checks', async (version, forgetting, nouns) => {
		const root = await drillProject('redis', {}, { flue: version });
		const text = generated(root).replace('export default redis(', 'const adapter = redis(');
		const connect = `async connect() { const stores = await adapter.connect(); return { ...stores, ${forgetting} }; }`;
		const entry = `${text}${FORGETTING}export default { ...adapter, ${connect} };\n`;
		writeFileSync(join(root, 'src/db.ts'), entry);
		const ran = await drill(root);
		const failed = ran.checks.filter(({ status }) => status === 'fail');
		expect(failed.map(({ id }) => id)).toEqual(nouns.map((noun) => `drill.restart.${noun}`));
		for (const { message } of failed)
			expect(message).toMatch(
				/untouched: (0 of \d+ workflow runs|0 of \d+ events in .*|no session)\./,
			);
		expect(ran.of('drill.restart').status).toBe('pass');
		expect(ran.of('drill.loss.aof-always').status).toBe('skipped');
		expect(ran.left).toEqual([]);
	});
});

/** Starts the project's adapter once, as Flue does: what it marks is there afterwards. */
async function startOnce(root: string, address: string): Promise<void> {
	const script =
		"const { default: adapter } = await import('./src/db.ts'); await adapter.migrate?.(); await adapter.connect(); await adapter.close(); process.exit();";
	await run(node22(), ['--input-type=module', '--eval', script], {
		cwd: root,
		env: { PATH: process.env.PATH, REDIS_URL: address },
	});
}

it("--server knows the data of the project's own beta, and that of the other", async () => {
	const [older, newer] = await Promise.all(
		['1.0.0-beta.7', '1.0.0-beta.9'].map((flue) => drillProject('redis', {}, { flue })),
	);
	if (!older || !newer) throw new Error('There are two betas.');
	const look = async (root: string, address: string) => {
		const env = flueEnvironment({ REDIS_URL: address });
		return (await verdict(root, ['redis', '--server'], env)).of('server.namespace');
	};
	const { address } = await startBystander();
	await startOnce(older, address);
	expect(await look(older, address)).toMatchObject({
		status: 'pass',
		message: "1 key of this project's kind under flue:, schema version 3",
	});
	const refused = await look(newer, address);
	expect(refused.status).toBe('fail');
	expect(refused.message).toContain(
		'were written for @flue/runtime 1.0.0-beta.5 to beta.7, and this project has 1.0.0-beta.9',
	);
	expect(refused.hint).toContain('--key-prefix NAME');
});
