// The tests of adapter/, a package of its own that needs Node 22, in its own process; what it prints is passed on.
import { spawnSync } from 'node:child_process';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { node22 } from './node22.ts';

const ADAPTER = fileURLToPath(new URL('../adapter', import.meta.url));
/** Kills, races and random histories take longer and stay with `npm test` in adapter/. */
const SUITES = ['contract', 'attachments', 'growth', 'inspect', 'namespace', 'protocol'];

function run(file: string, args: string[]): { status: number | null; output: string } {
	const PATH = `${dirname(node22())}:${process.env.PATH}`;
	const ran = spawnSync(file, args, {
		cwd: ADAPTER,
		env: { ...process.env, PATH },
		encoding: 'utf8',
	});
	return { status: ran.status, output: `${ran.stdout}${ran.stderr}` };
}

it('fulfils the published contract in eight runs: two clients, two servers, two runtimes', () => {
	const installed = run('npm', ['ci', '--no-audit', '--no-fund']);
	expect(installed.status, installed.output).toBe(0);
	expect(run('npm', ['run', 'check']).status).toBe(0);
	const args = ['node_modules/vitest/vitest.mjs', 'run', ...SUITES.map((name) => `test/${name}`)];
	const { status, output } = run(node22(), args);
	expect(status, output.slice(-6000)).toBe(0);
	const counts = output.match(/^contract: .*: 104 of 104$/gm) ?? [];
	process.stdout.write(`${counts.join('\n')}\n`);
	expect(new Set(counts).size).toBe(8);
}, 600_000);
