// Real Flue projects with a real server: added to, type-checked, built, started, killed, with each database.
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { EVERYTHING, inTurns } from '../../adapter/test/extent.ts';
import { startServer, type TestServer } from '../../adapter/test/servers.ts';
import { tellLeftOut } from '../left-out.ts';
import { environmentOf, MANAGERS } from '../managers.ts';
import { node22 } from '../node22.ts';
import { addToTree, makeTree } from '../tree.ts';
import { installLayout, LAYOUTS, type Layout, makeBase } from './layouts.ts';
import { flueProject } from './project.ts';
import { type FlueServer, startFlue } from './server.ts';
import { flueAdd, runLocal } from './toolchain.ts';

const DURABLE = { appendonly: 'yes', appendfsync: 'always' };
const VARIABLES = { redis: 'REDIS_URL', valkey: 'VALKEY_URL' } as const;
type Kind = keyof typeof VARIABLES;
const KINDS: Kind[] = ['redis', 'valkey'];

/** Adds the database as a user would, and builds with the project's own compiler and Vite. */
async function addAndBuild(
	{ root, entry }: Layout,
	run: { kind: Kind; args: string[]; env: NodeJS.ProcessEnv },
): Promise<void> {
	const args = [run.kind, '--replace', '--adapter', 'vendored', ...run.args, '--json'];
	const document = JSON.parse(await flueAdd(args, root, run.env));
	expect(document).toMatchObject({ status: 'applied', project: { target: { value: 'node' } } });
	expect(readFileSync(join(root, entry), 'utf8')).toContain(`database/${run.kind}@`);
	await runLocal('tsc', ['--noEmit'], root);
	rmSync(join(root, 'dist'), { recursive: true, force: true });
	await runLocal('vite', ['build'], root);
}

/** A server of the project, which ends with the test whatever becomes of that. */
async function start(root: string, environment: Record<string, string>): Promise<FlueServer> {
	const flue = await startFlue(root, environment);
	onTestFinished(() => flue.kill('SIGKILL'));
	return flue;
}

async function keepsAfterRestart(root: string, address: Record<string, string>): Promise<void> {
	const first = await start(root, address);
	await first.send('restart', 'alpha');
	const before = await first.settled('restart', 1);
	await first.kill('SIGKILL');
	const second = await start(root, address);
	expect((await second.read('restart')).body).toBe(before);
	await second.kill('SIGTERM');
}

async function livesThroughRedisRestart(
	root: string,
	address: Record<string, string>,
	server: TestServer,
): Promise<void> {
	const flue = await start(root, { ...address, REPLY_MS: '1500' });
	await flue.send('in-flight', 'beta');
	await new Promise((resume) => setTimeout(resume, 300));
	await server.kill();
	await server.restart();
	const { messages, settlements } = JSON.parse(await flue.settled('in-flight', 1));
	expect(settlements).toMatchObject([{ outcome: 'completed' }]);
	expect(messages.map(({ role }: { role: string }) => role)).toEqual(['user', 'assistant']);
	await flue.kill('SIGTERM');
}

/** The exit that the documentation describes. */
async function endsWithItsServer(
	root: string,
	address: Record<string, string>,
	server: TestServer,
): Promise<void> {
	const flue = await start(root, address);
	await server.kill();
	const { status, output } = await flue.end;
	expect({ status, output }).toMatchObject({ status: 1 });
	expect(output).toContain('Socket closed unexpectedly');
	await server.restart();
}

/** One layout shows the exit; it does not depend on where files lie. */
const SHOWS_THE_EXIT = 'sources in the root, with .env';

let base = '';

beforeAll(() => {
	base = makeBase();
	return () => rmSync(base, { recursive: true, force: true });
});

/** Through the first of them go the stock journey and the demo too. */
const NAMES = Object.keys(LAYOUTS).slice(EVERYTHING ? 0 : 1);

it.each(inTurns(NAMES, KINDS))('%s keeps conversations with %s', async (name, kind) => {
	const layout = (await LAYOUTS[name]?.(base)) ?? unknown();
	const env = environmentOf(MANAGERS[layout.manager] ?? unknown(), node22());
	execFileSync('git', ['init', '-q'], { cwd: layout.top });
	await installLayout(layout, base, env);
	const server = await startServer(kind, DURABLE);
	onTestFinished(server.stop);
	const address = { [VARIABLES[kind]]: server.url };
	await addAndBuild(layout, { kind, args: ['--reconnect'], env });
	await keepsAfterRestart(layout.root, address);
	await livesThroughRedisRestart(layout.root, address, server);
	if (name !== SHOWS_THE_EXIT) return;
	await addAndBuild(layout, { kind, args: ['--no-reconnect'], env });
	await endsWithItsServer(layout.root, address, server);
});
tellLeftOut(2 * Object.keys(LAYOUTS).length - NAMES.length, 'layouts with the other database');

describe('Cloudflare', () => {
	it('is refused by the real build as by the command', async () => {
		const root = makeTree({
			...flueProject('cloudflare'),
			'flue.config.ts': "export default { target: 'cloudflare' };\n",
		});
		const refused = await flueAdd(['redis', '--json'], root).catch(({ message }) => message);
		expect(refused).toContain('UNSUPPORTED_TARGET');
		expect(existsSync(join(root, 'src/db.ts'))).toBe(false);
		symlinkSync(join(base, 'node_modules'), join(root, 'node_modules'));
		addToTree(root, { 'src/db.ts': 'export default {};\n' });
		const built = await runLocal('vite', ['build'], root).catch(({ message }) => message);
		expect(built).toContain('Custom persistence (db.ts) is not supported on the Cloudflare target');
	});
});

function unknown(): never {
	throw new Error('There is no such layout or manager.');
}
