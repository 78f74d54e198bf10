// Every command block of the README is run as it stands, where the README says: in a project that `flue init` has made today, with a
// checkout beside it. It is the first journey with npm; test/e2e/stock.test.ts goes it with the other managers.
import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, readFileSync, realpathSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { EVERYTHING } from '../adapter/test/extent.ts';
import { copySources } from './copy.ts';
import { initStock } from './e2e/stock.ts';
import { connect, keepsConversation, type Place, travel } from './e2e/stock-journey.ts';
import { nodeEnvironment, run } from './e2e/toolchain.ts';
import { addToTree, makeTree, readTree } from './tree.ts';

const README = readFileSync('README.md', 'utf8');
const [CHECKOUT = '', INSTALL = '', ADD = '', VERIFY = '', AGENT = '', ...others] = [
	...README.matchAll(/^```(?:sh|bash|console)\n([\s\S]*?)^```$/gm),
].map(([, block = '']) => block);

it('has no block that is not run here', () => {
	expect(AGENT).not.toBe('');
	expect(others).toEqual([]);
});

it('names for a checkout what CI runs in a clean clone, and nothing else', () => {
	const lines = CHECKOUT.split('\n').map((line) => line.replace(/#.*$/, ''));
	const named = lines.flatMap((line) => line.split('&&')).map((command) => command.trim());
	const ci = readFileSync('.ci/run', 'utf8').match(/^npm (?!--version).*$/gm) ?? [];
	expect([...new Set(named.filter(Boolean))].sort()).toEqual([...ci].sort());
});

/**
 * The environment of who types there. `npm ci` has just been run on this very lockfile, or these tests would not run: it is done again
 * only in a whole run.
 */
function environment(): NodeJS.ProcessEnv {
	const env = nodeEnvironment();
	if (EVERYTHING) return env;
	const npm = execFileSync('sh', ['-c', 'command -v npm'], { env, encoding: 'utf8' }).trim();
	const bin = makeTree({ npm: `#!/bin/sh\n[ "$*" = ci ] || exec '${npm}' "$@"\n` });
	chmodSync(join(bin, 'npm'), 0o755);
	return { ...env, PATH: `${bin}:${env.PATH}` };
}

/** A checkout in which what CI installs is installed, and beside it the project, whose place it gives. */
async function layOut(): Promise<string> {
	const base = realpathSync(mkdtempSync(join(tmpdir(), 'flue readme ')));
	onTestFinished(() => rmSync(base, { recursive: true, force: true }));
	const checkout = join(base, 'flue-blueprints');
	renameSync(copySources(), checkout);
	if (EVERYTHING) rmSync(join(checkout, 'node_modules'), { recursive: true });
	await initStock(join(base, 'my-agents'));
	return join(base, 'my-agents');
}

it('does in a project what it says, for a person and for an agent', async () => {
	const root = await layOut();
	const place: Place = { root, manager: 'npm', kind: 'redis', env: environment() };
	/** As typed into a shell that stops at the first failure. */
	const type = (block: string) => run('bash', ['-euc', block], { cwd: root, env: place.env });
	await travel(root, async () => {
		await type(INSTALL);
		const before = readTree(root);
		const told = await type(AGENT);
		expect(told).toMatch(
			/^# flue-blueprints, for a coding agent[\s\S]*"status": "previewed"[\s\S]*"status": "applied"/,
		);
		rmSync(join(root, 'vendor'), { recursive: true });
		addToTree(root, before);

		expect(await type(ADD)).toContain('Done.');
		const address = await connect(place);
		expect(await type(VERIFY)).toContain('passed.');
		const [, uninstalled = ''] = /`(node \.\.\/flue-blueprints\/\S+)`/.exec(README) ?? [];
		expect(await type(`${uninstalled} add database redis --json`)).toContain('"unchanged"');
		await keepsConversation(place, address);
	});
});
