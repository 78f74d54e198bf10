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

async function expectOne(args: string[], root: string, env: NodeJS.ProcessEnv): Promise<void> {
	const words = ['add', 'database', ...args, '--json'];
	const added = await flue(words, { cwd: root, env, node: node22() });
	const document = JSON.parse(added.stdout);
	expect(document, added.stdout).toMatchObject({ status: 'applied' });
	const codes = document.warnings.map(({ code }: { code: string }) => code);
	expect(codes).not.toContain('RUNTIME_DUPLICATED');
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
		const env = environmentOf(manager, node22());
		const place = { root, manager: manager.name, kind, env };
		await travel(root, async () => {
			const { CI: _, ...atHome } = env;
			await run(manager.name, ['install'], { cwd: root, env: atHome });
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
