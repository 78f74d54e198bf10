import { describe, expect, it } from 'vitest';
import { FlueError } from '../../src/errors.ts';
import type { Check } from '../../src/model/verification.ts';
import { nextAfterChecks, nextAfterError, nextCommand } from '../../src/terminal/next.ts';

const ARGS = ['add', 'database', 'redis', '--json', '--cwd', 'my apps'];

describe('nextAfterError', () => {
	it('is the same command with the flags that mend it', () => {
		const details = { hint: 'Say --adapter vendored.', again: ['--adapter', 'vendored'] };
		expect(nextAfterError(new FlueError('INSTALL_FAILED', 'No.', details), ARGS)).toEqual({
			command: "flue add database redis --json --cwd 'my apps' --adapter vendored",
			why: 'Say --adapter vendored.',
		});
	});

	it.each<[string, string | null]>([
		['Run `flue add database redis`.', 'flue add database redis --json'],
		['Run `npm install redis@^5.12.1`.', 'npm install redis@^5.12.1'],
		['Run `npx @flue/cli add`, which lists them.', null],
		['Run `flue add database redis|valkey --replace`.', null],
		['Use `flue add database redis --key-prefix NAME`.', null],
		['Say it with --replace.', null],
		['`REDIS_URL` is not set.', null],
	])('is what the hint %j names: %j', (hint, command) => {
		const next = nextAfterError(new FlueError('BAD_USAGE', 'No.', { hint }), ARGS);
		expect(next).toEqual(command && { command, why: hint });
	});

	it('is unknown without a hint, and where it would repeat a secret', () => {
		expect(nextAfterError(new FlueError('INTERNAL', 'No.'), ARGS)).toBeNull();
		const busy = new FlueError('BUSY', 'No.', { hint: 'Wait.', again: [] });
		const args = ['verify', 'database', '--drill-url', 'redis://me:canary@h'];
		expect(nextAfterError(busy, args)).toBeNull();
		expect(nextAfterError(busy, ARGS.slice(0, 4))?.command).toBe('flue add database redis --json');
	});
});

describe('nextAfterChecks', () => {
	const check = (status: Check['status'], hint: string | null): Check => ({
		id: 'project.entry',
		status,
		message: `It is ${status}.`,
		hint,
	});
	const replace = 'Run `flue add database redis --reconnect --replace`.';

	it('is what the first failure asks for that names a command, else the first warning', () => {
		const warned = [check('pass', null), check('warn', 'Run `npm install redis`.')];
		expect(nextAfterChecks(warned)).toEqual({
			command: 'npm install redis',
			why: 'It is warn.',
		});
		const failed = [...warned, check('fail', 'Set it.'), check('fail', 'Run `flue add database`.')];
		expect(nextAfterChecks(failed)).toEqual({
			command: 'flue add database --json',
			why: 'It is fail.',
		});
	});

	it('is none where nothing is wrong, or only the user can mend it', () => {
		expect(nextAfterChecks([check('pass', replace), check('skipped', replace)])).toBeNull();
		expect(nextAfterChecks([check('fail', 'Set REDIS_URL.'), check('fail', null)])).toBeNull();
		const other = check('warn', 'Run `npm install redis`.');
		expect(nextAfterChecks([check('fail', 'Set REDIS_URL.'), other])).toBeNull();
		// What gives an entry up, or changes what happens when a connection drops, nobody does unasked.
		expect(nextAfterChecks([check('warn', replace)])).toBeNull();
	});
});

it('asks for a document once', () => {
	expect(nextCommand('flue add database redis --json', '')?.command.match(/--json/g)).toHaveLength(
		1,
	);
	expect(nextCommand('npm install', 'So.')).toEqual({ command: 'npm install', why: 'So.' });
});
