// The story of a project of the 1.0 beta whose processes are killed: a session, a run with its events and a message in flight are all there
// afterwards, byte for byte. Told by the demo, and held by a test.
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { type ServerKind, startServer, type TestServer } from '../../adapter/test/servers.ts';
import { type BetaServer, type Shown, startBeta } from './beta-server.ts';
import { DATABASES, type Step, same } from './step.ts';
import { runLocal } from './toolchain.ts';

const CONVERSATION = 'demo';

/** So few that a message is in flight for as long as it takes to kill whoever answers it. */
const SLOWLY = { TOKENS_PER_SECOND: '0.25' };

interface Scene {
	readonly root: string;
	readonly kind: ServerKind;
	/** Holds the server's address. */
	readonly variable: string;
	readonly version: string;
	readonly step: Step;
}

/** What the story has made so far. */
interface State {
	flue: BetaServer;
	runId: string;
	shown: Shown;
}

/** @throws unless the model was shown so many messages, or also more where an answer was broken off and went on */
function expectReply(reply: string, messages: number, isBroken = false): string {
	const [, shown = '0'] = /^I was shown (\d+) messages?\.$/.exec(reply) ?? [];
	if (isBroken ? Number(shown) < messages : Number(shown) !== messages)
		throw new Error(`It should have been shown ${messages} messages and said: ${reply}`);
	return `“${reply}”`;
}

function expectSame(before: Partial<Shown>, after: Shown): string {
	const seen = (Object.keys(before) as (keyof Shown)[]).map((part) => {
		same(before[part] ?? '', after[part]);
		return `${part} ${Buffer.byteLength(after[part])}`;
	});
	return `the same bytes: ${seen.join(', ')}`;
}

/** Reads a run in the listing, its record and its events. */
function expectRun({ listing, record, events }: Shown, runId: string): string {
	const { runs } = JSON.parse(listing) as { runs: { runId: string; status: string }[] };
	if (runs.length !== 1 || runs[0]?.runId !== runId || runs[0].status !== 'completed')
		throw new Error(`The run is not listed as completed: ${listing}`);
	const { result } = JSON.parse(record) as { result: { summary: string } };
	const types = (JSON.parse(events) as { type: string }[]).map(({ type }) => type);
	if (types[0] !== 'run_start' || types.at(-1) !== 'run_end')
		throw new Error(`These are not the events of a whole run: ${types}`);
	return `listed, ${types.length} events, “${result.summary}”`;
}

async function makeState({ step }: Scene, flue: BetaServer): Promise<State> {
	const state = { flue, runId: '', shown: {} as Shown };
	await step('a message to the built Flue server', async () =>
		expectReply(await flue.ask(CONVERSATION, 'Remember the number 42.'), 1),
	);
	await step('the session goes on', async () =>
		expectReply(await flue.ask(CONVERSATION, 'And now?'), 3),
	);
	await step('a workflow run, listed with its events', async () => {
		state.runId = await flue.summarize();
		await flue.settled(CONVERSATION, 2);
		state.shown = await flue.show(CONVERSATION, state.runId);
		return expectRun(state.shown, state.runId);
	});
	return state;
}

/** Kills both in the middle of an answer; the message is answered once more by whoever comes next. */
async function killInFlight(
	{ kind, step }: Scene,
	{ server, state, start }: { server: TestServer; state: State; start: () => Promise<BetaServer> },
): Promise<void> {
	const { title } = DATABASES[kind];
	await step(`killed in mid-answer: Flue and ${title}`, async () => {
		await state.flue.sendAndBegin(CONVERSATION, 'Take your time.');
		await state.flue.kill('SIGKILL');
		await server.kill();
		await server.restart();
		state.flue = await start();
		const after = await state.flue.show(CONVERSATION, state.runId);
		const { conversation: _, ...run } = state.shown;
		return expectSame(run, after);
	});
	await step('the message in flight is answered', async () => {
		const started = performance.now();
		await state.flue.settled(CONVERSATION, 3);
		const seconds = ((performance.now() - started) / 1000).toFixed(0);
		return `completed, ${seconds} s after the start: a lease lasts 30`;
	});
	await step('the session goes on, with all of it', async () =>
		expectReply(await state.flue.ask(CONVERSATION, 'And at the end?'), 7, true),
	);
}

/** Tells the story of a project that has been built with its `db.ts`. */
export async function tellBetaStory(scene: Scene): Promise<void> {
	const { root, kind, variable, version, step } = scene;
	const { title } = DATABASES[kind];
	const server = await startServer(kind, { appendonly: 'yes', appendfsync: 'always' });
	const start = (more: Record<string, string> = {}) =>
		startBeta(root, { version, environment: { [variable]: server.url, ...more } });
	try {
		const state = await makeState(scene, await start());
		await step('Flue killed (SIGKILL), started again', async () => {
			await state.flue.kill('SIGKILL');
			state.flue = await start(SLOWLY);
			return expectSame(state.shown, await state.flue.show(CONVERSATION, state.runId));
		});
		await step(`${title} killed (SIGKILL), started again`, async () => {
			await server.kill();
			await server.restart();
			const after = await state.flue.shown(CONVERSATION, state.runId);
			return `${expectSame(state.shown, after)}; Flue lived on and reconnected`;
		});
		await killInFlight(scene, { server, state, start });
		await state.flue.kill('SIGTERM');
	} finally {
		await server.stop();
	}
}

/** The same without `db.ts`: nothing is left. */
export async function tellWithout({
	root,
	version,
	step,
}: Omit<Scene, 'kind' | 'variable'>): Promise<void> {
	renameSync(join(root, 'src/db.ts'), join(root, 'db.ts.away'));
	await runLocal('flue', ['build', '--target', 'node'], root);
	await step('the same without db.ts', async () => {
		const first = await startBeta(root, { version, environment: {} });
		await first.ask(CONVERSATION, 'Remember the number 42.');
		await first.summarize();
		await first.kill('SIGKILL');
		const second = await startBeta(root, { version, environment: {} });
		const isThere = await second.read(CONVERSATION).then(
			() => true,
			() => false,
		);
		const { runs } = JSON.parse(await second.list()) as { runs: unknown[] };
		await second.kill('SIGTERM');
		if (isThere || runs.length > 0) throw new Error('The state is still there.');
		return 'the session is lost, and so is the run';
	});
	renameSync(join(root, 'db.ts.away'), join(root, 'src/db.ts'));
}
