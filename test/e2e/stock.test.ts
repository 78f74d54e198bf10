// The first journey of a user, on what the registry holds today: `flue init`, install, `flue add`, `flue verify`, build, and a server that
// is killed and answers the same, with each package manager.
import { mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { startServer } from '../../adapter/test/servers.ts';
import { environmentOf, MANAGERS, type Manager } from '../managers.ts';
import { node22 } from '../node22.ts';
import { flue } from '../program.ts';
import { startFlue } from './server.ts';
import { initStock } from './stock.ts';
import { installedVersions, LAST_GOOD, tellVersions, type Versions } from './stock-versions.ts';
import { run } from './toolchain.ts';

const VARIABLES = { redis: 'REDIS_URL', valkey: 'VALKEY_URL' } as const;
type Kind = keyof typeof VARIABLES;

/** Each manager once, half of them with each database. */
const JOURNEYS: [string, Kind][] = [
	['npm', 'redis'],
	['pnpm', 'valkey'],
	['Yarn 1', 'redis'],
	['Yarn 4 with node_modules', 'valkey'],
	['bun', 'redis'],
];

/** How each manager runs a program of the project. */
const RUN: Record<Manager['name'], string[]> = {
	npm: ['npm', 'exec', '--'],
	pnpm: ['pnpm', 'exec'],
	yarn: ['yarn', 'run'],
	bun: ['bun', 'x', '--no-install'],
};

function lastGood(): Versions {
	return JSON.parse(readFileSync(LAST_GOOD, 'utf8'));
}

async function expectOne(args: string[], root: string, env: NodeJS.ProcessEnv): Promise<void> {
	const added = await flue(['add', 'database', ...args, '--json'], { cwd: root, env });
	const document = JSON.parse(added.stdout);
	expect(document, added.stdout).toMatchObject({ status: 'applied' });
	const codes = document.warnings.map(({ code }: { code: string }) => code);
	expect(codes).not.toContain('RUNTIME_DUPLICATED');
}

/** The journey from the install on. */
async function travel(root: string, manager: Manager, kind: Kind): Promise<void> {
	const env = environmentOf(manager, node22());
	const program = (...words: string[]) => {
		const [file = '', ...rest] = [...RUN[manager.name], ...words];
		return run(file, rest, { cwd: root, env });
	};
	const { CI: _, ...atHome } = env;
	await run(manager.name, ['install'], { cwd: root, env: atHome });
	await expectOne([kind, '--adapter', 'vendored', '--align-runtime'], root, env);

	const server = await startServer(kind, { appendonly: 'yes', appendfsync: 'always' });
	onTestFinished(() => server.stop());
	const address = { [VARIABLES[kind]]: server.url };
	const dotenv = join(root, '.env');
	const named = new RegExp(`^${VARIABLES[kind]}=.*$`, 'm');
	expect(readFileSync(dotenv, 'utf8')).toMatch(named);
	writeFileSync(
		dotenv,
		readFileSync(dotenv, 'utf8').replace(named, `${VARIABLES[kind]}=${server.url}`),
	);
	const verified = await flue(['verify', 'database', '--server'], { cwd: root, env });
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

describe.each(JOURNEYS)('%s and %s', (name, kind) => {
	it('a project of today keeps a conversation, from flue init to the second start', async () => {
		const base = realpathSync(mkdtempSync(join(tmpdir(), 'flue-stock-')));
		onTestFinished(() => rmSync(base, { recursive: true, force: true }));
		const root = join(base, 'my-agents');
		await initStock(root);
		const manager = MANAGERS[name] as Manager;
		for (const [path, text] of Object.entries(manager.files ?? {}))
			writeFileSync(join(root, path), text);
		if (manager.name === 'yarn') writeFileSync(join(root, 'yarn.lock'), '');
		try {
			await travel(root, manager, kind);
		} catch (error) {
			const failure = error instanceof Error ? error.message : String(error);
			throw new Error(tellVersions(installedVersions(root), lastGood(), failure), { cause: error });
		}
		if (process.env.UPDATE_STOCK === '1')
			writeFileSync(LAST_GOOD, `${JSON.stringify(installedVersions(root), null, '\t')}\n`);
	});
});

describe('what a broken journey says', () => {
	const good = { '@flue/runtime': '2.0.3', vite: '8.3.8' };

	it('names the versions that are new', () => {
		const told = tellVersions({ '@flue/runtime': '2.0.3', vite: '9.0.0' }, good, 'it fell over');
		expect(told).toContain('vite 9.0.0 (worked: 8.3.8).');
		expect(told).not.toContain('@flue/runtime');
		expect(told).toContain('it fell over');
	});

	it('looks for the fault here when none is', () => {
		expect(tellVersions(good, good, 'it fell over')).toContain('our own change');
	});
});
