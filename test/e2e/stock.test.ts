// The first journey of a user, on what the registry holds today: `flue init`, install, `flue add`, `flue verify`, build, and a server that
// is killed and answers the same, with each package manager; with npm it is the README's (test/readme-commands.test.ts).
import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { environmentOf, MANAGERS, type Manager } from '../managers.ts';
import { node22 } from '../node22.ts';
import { flue } from '../program.ts';
import { initStock } from './stock.ts';
import { connect, type Kind, keepsConversation, travel } from './stock-journey.ts';
import { tellVersions } from './stock-versions.ts';
import { run } from './toolchain.ts';

/** Each manager once, half of them with each database. */
const JOURNEYS: [string, Kind][] = [
	['pnpm', 'valkey'],
	['Yarn 1', 'redis'],
	['Yarn 4 with node_modules', 'valkey'],
	['bun', 'redis'],
];

/** Installs what `flue init` asks for; the package that the registry lacks where it has not all of that, which is no word about this command. */
async function install(manager: string, root: string, env: NodeJS.ProcessEnv) {
	try {
		await run(manager, ['install'], { cwd: root, env });
		return null;
	} catch (error) {
		const absent = /find package "([^"]+)"|(\S+)@npm:\S+: Package not found/.exec(String(error));
		if (absent === null) throw error;
		return absent[1] ?? absent[2] ?? '';
	}
}

async function expectOne(args: string[], root: string, env: NodeJS.ProcessEnv): Promise<void> {
	const words = ['add', 'database', ...args, '--json'];
	const added = await flue(words, { cwd: root, env, node: node22() });
	const document = JSON.parse(added.stdout);
	expect(document, added.stdout).toMatchObject({ status: 'applied' });
	const codes = document.warnings.map(({ code }: { code: string }) => code);
	expect(codes).not.toContain('RUNTIME_DUPLICATED');
}

describe.each(JOURNEYS)('%s and %s', (name, kind) => {
	it('a project of today keeps a conversation, from flue init to the second start', async ({
		skip,
	}) => {
		const base = realpathSync(mkdtempSync(join(tmpdir(), 'flue-stock-')));
		onTestFinished(() => rmSync(base, { recursive: true, force: true }));
		const root = join(base, 'my-agents');
		await initStock(root);
		const manager = MANAGERS[name] as Manager;
		for (const [path, text] of Object.entries(manager.files ?? {}))
			writeFileSync(join(root, path), text);
		if (manager.name === 'yarn') writeFileSync(join(root, 'yarn.lock'), '');
		const env = environmentOf(manager, node22());
		const place = { root, manager: manager.name, kind, env };
		const { CI: _, ...atHome } = env;
		const absent = await install(manager.name, root, atHome);
		skip(absent !== null, `the registry lacks ${absent}, and ${name} installs nothing without it`);
		await travel(root, async () => {
			await expectOne([kind, '--adapter', 'vendored', '--align-runtime'], root, env);
			await keepsConversation(place, await connect(place));
		});
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
