// What is the same on every way to a stock project with a database: that it keeps a conversation, and what is told of a way that breaks.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished } from 'vitest';
import { startServer } from '../../adapter/test/servers.ts';
import type { PackageManager } from '../../src/model/request.ts';
import { node22 } from '../node22.ts';
import { flue } from '../program.ts';
import { startFlue } from './server.ts';
import { installedVersions, LAST_GOOD, tellVersions, type Versions } from './stock-versions.ts';
import { run } from './toolchain.ts';

const VARIABLES = { redis: 'REDIS_URL', valkey: 'VALKEY_URL' } as const;
export type Kind = keyof typeof VARIABLES;

/** How each manager runs a program of the project. */
const RUN: Record<PackageManager, string[]> = {
	npm: ['npm', 'exec', '--'],
	nub: ['nub', 'exec'],
	pnpm: ['pnpm', 'exec'],
	yarn: ['yarn', 'run'],
	bun: ['bun', 'x', '--no-install'],
};

export interface Place {
	root: string;
	manager: PackageManager;
	kind: Kind;
	env: NodeJS.ProcessEnv;
}

function lastGood(): Versions {
	return JSON.parse(readFileSync(LAST_GOOD, 'utf8'));
}

/** Goes a way to its end; a failure names the versions that no journey was seen to end well with. */
export async function travel(root: string, way: () => Promise<void>): Promise<void> {
	try {
		await way();
	} catch (error) {
		const failure = error instanceof Error ? error.message : String(error);
		throw new Error(tellVersions(installedVersions(root), lastGood(), failure), { cause: error });
	}
	if (process.env.UPDATE_STOCK === '1')
		writeFileSync(LAST_GOOD, `${JSON.stringify(installedVersions(root), null, '\t')}\n`);
}

/** Starts a server for the project and puts its address where `add` has made room for it. */
export async function connect({ root, kind }: Place): Promise<Record<string, string>> {
	const server = await startServer(kind, { appendonly: 'yes', appendfsync: 'always' });
	onTestFinished(() => server.stop());
	const dotenv = join(root, '.env');
	const named = new RegExp(`^${VARIABLES[kind]}=.*$`, 'm');
	const text = readFileSync(dotenv, 'utf8');
	expect(text).toMatch(named);
	writeFileSync(dotenv, text.replace(named, `${VARIABLES[kind]}=${server.url}`));
	return { [VARIABLES[kind]]: server.url };
}

/** Verified, run, built: a conversation outlives its server. */
export async function keepsConversation(
	{ root, manager, env }: Place,
	address: Record<string, string>,
): Promise<void> {
	const program = (...words: string[]) => {
		const [file = '', ...rest] = [...RUN[manager], ...words];
		return run(file, rest, { cwd: root, env });
	};
	const args = ['verify', 'database', '--server'];
	const verified = await flue(args, { cwd: root, env, node: node22() });
	expect([verified.status, verified.stdout]).toEqual([0, expect.stringContaining('passed.')]);

	await program('flue', 'run', 'src/agents/hello.ts', '--message', 'hi');
	await program('vite', 'build');
	const first = await startFlue(root, address);
	await first.send('journey', 'alpha');
	const before = await first.settled('journey', 1);
	expect(JSON.parse(before).messages).toHaveLength(2);
	await first.kill('SIGKILL');
	const second = await startFlue(root, address);
	expect((await second.read('journey')).body).toBe(before);
	await second.kill('SIGTERM');
}
