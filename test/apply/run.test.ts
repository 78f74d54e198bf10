import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { execPath } from 'node:process';
import { describe, expect, test } from 'vitest';
import { until } from '../../adapter/test/patience.ts';
import { type Command, runCommand } from '../../src/apply/run.ts';
import { makeTree } from '../tree.ts';

function run(script: string, changes: Partial<Command> = {}) {
	return runCommand({
		file: execPath,
		args: ['-e', script],
		cwd: makeTree({}),
		environment: {},
		...changes,
	});
}

describe('runCommand', () => {
	test('it returns the exit code, stdout, and the end of both streams', async () => {
		const result = await run('console.log("out"); console.error("err"); process.exitCode = 3');
		expect(result).toMatchObject({ exitCode: 3, stdout: 'out\n' });
		expect(result.tail).toContain('out\n');
		expect(result.tail).toContain('err\n');
	});

	test('it keeps the last 16000 characters, without colours', async () => {
		const { tail } = await run('console.log("x".repeat(39000) + "\\u001b[31mend\\u001b[0m")');
		expect(tail).toHaveLength(16_000);
		expect(tail.endsWith('xend\n')).toBe(true);
	});

	test('it ends with the program, whatever that left running with its streams open', async () => {
		const child = "require('node:child_process').spawn('sleep', ['60'], { stdio: 'inherit' })";
		const script = `const left = ${child}; left.unref(); console.log(left.pid); process.exitCode = 3;`;
		const { exitCode, stdout, tail } = await run(script, {
			environment: { PATH: process.env.PATH },
		});
		const pid = Number(stdout);
		// It lives on, as a manager's own server would.
		expect(process.kill(pid, 0)).toBe(true);
		process.kill(pid, 'SIGKILL');
		expect({ exitCode, tail }).toEqual({ exitCode: 3, tail: `${pid}\n` });
	});

	test('it reads all that was written before the end', async () => {
		const { stdout } = await run('process.stdout.write("x".repeat(300000) + "end")');
		expect(stdout).toHaveLength(300_003);
	});

	test('it passes output on as it comes, characters whole', async () => {
		const chunks: string[] = [];
		const script = `const bytes = Buffer.from('é');
			process.stdout.write(bytes.subarray(0, 1));
			setTimeout(() => process.stdout.write(bytes.subarray(1)), 50);`;
		await run(script, { onOutput: (chunk) => chunks.push(chunk) });
		expect(chunks.join('')).toBe('é');
	});

	test('it gives arguments as they are: no shell', async () => {
		const args = [
			'-p',
			'JSON.stringify(process.argv.slice(1))',
			'--',
			'$HOME',
			'; ls',
			'a b',
			'"',
			'*',
		];
		const { stdout } = await run('', { args });
		expect(JSON.parse(stdout)).toEqual(['$HOME', '; ls', 'a b', '"', '*']);
	});

	test('it gives the environment and nothing beside it, and never NODE_ENV', async () => {
		const environment = { ONLY: '1', NODE_ENV: 'production' };
		const { stdout } = await run('console.log(JSON.stringify(process.env))', { environment });
		const seen = JSON.parse(stdout);
		expect(seen).toMatchObject({ ONLY: '1', COREPACK_ENABLE_AUTO_PIN: '0' });
		expect(seen).not.toHaveProperty('NODE_ENV');
		expect(seen).not.toHaveProperty('HOME');
	});

	test('it runs in the folder', async () => {
		const cwd = makeTree({});
		expect((await run('process.stdout.write(process.cwd())', { cwd })).stdout).toBe(cwd);
	});

	test('it gives the input, or an empty stdin', async () => {
		const echo = 'process.stdin.pipe(process.stdout)';
		expect((await run(echo, { input: 'line\n' })).stdout).toBe('line\n');
		expect((await run(echo)).stdout).toBe('');
	});

	test('it does not fail when the input is not read', async () => {
		const result = await run('process.exit(0)', { input: 'x'.repeat(1_000_000) });
		expect(result.exitCode).toBe(0);
	});

	test('it says why a program cannot be started', async () => {
		const result = await run('', { file: 'there-is-no-such-program' });
		expect(result.exitCode).toBeNull();
		expect(result.tail).toContain('ENOENT');
	});

	test('it stops the program and what it started when asked to', async () => {
		const cwd = makeTree({});
		const grandchild = 'setInterval(() => {}, 1000)';
		const script = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(grandchild)}], { stdio: 'inherit' });
			require('node:fs').writeFileSync('pid', String(pid));
			setInterval(() => {}, 1000);`;
		const stop = new AbortController();
		const running = run(script, { cwd, signal: stop.signal });
		await until(
			'the id of the process',
			() => existsSync(join(cwd, 'pid')) && readFileSync(join(cwd, 'pid')).length > 0,
		);
		stop.abort();
		expect(await running).toMatchObject({ exitCode: null, signal: 'SIGTERM' });
		const pid = Number(readFileSync(join(cwd, 'pid'), 'utf8'));
		await until('its end', () => !isRunning(pid));
	});

	test('it leaves no survivor that outlives the program', async () => {
		const cwd = makeTree({});
		const deaf =
			"process.on('SIGTERM', () => {}); require('node:fs').writeFileSync('ready', ''); setInterval(() => {}, 1000)";
		const script = `const { pid } = require('node:child_process').spawn(process.execPath, ['-e', ${JSON.stringify(deaf)}], { stdio: 'ignore' });
			require('node:fs').writeFileSync('pid', String(pid));
			setInterval(() => {}, 1000);`;
		const stop = new AbortController();
		const running = run(script, { cwd, signal: stop.signal });
		await until('its start', () => existsSync(join(cwd, 'ready')));
		stop.abort();
		await running;
		const pid = Number(readFileSync(join(cwd, 'pid'), 'utf8'));
		await until('its end', () => !isRunning(pid));
	});

	test('it stops at once when the wish came before the start', async () => {
		const result = await run('setInterval(() => {}, 1000)', { signal: AbortSignal.abort() });
		expect(result.exitCode).toBeNull();
	});
});

function isRunning(pid: number): boolean {
	try {
		process.kill(pid, 0);
	} catch {
		return false;
	}
	// A child without a parent stays in the table until it is collected.
	const status = existsSync(`/proc/${pid}/stat`) ? readFileSync(`/proc/${pid}/stat`, 'utf8') : '';
	return !/\) Z /.test(status);
}
