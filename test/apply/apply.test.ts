import { spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { cleanUp } from '../../src/apply/clean-up.ts';
import { type ApplySeams, applyPlan } from '../../src/apply/index.ts';
import { takeLock } from '../../src/apply/lock.ts';
import { FlueError } from '../../src/errors.ts';
import type { Plan, Step } from '../../src/model/plan.ts';
import { refusing } from '../refusing.ts';
import { addToTree, makeTree, readTree } from '../tree.ts';

const INSTALL: Step = { kind: 'install', command: 'npm', args: ['install'] };

function write(path: string, before: string | null, after: string): Step {
	return { kind: 'write', path, before, after, shown: 'changes' };
}

function planFor(root: string, steps: Step[], installTouches: string[] = []): Plan {
	return {
		root,
		boundary: root,
		steps,
		installTouches,
		warnings: [],
		nextSteps: [],
		installCommand: null,
	};
}

/** Seams with an install that does what `during` does. */
function seams(
	during: () => void | Promise<void> = () => {},
	signal = new AbortController().signal,
): ApplySeams {
	return {
		signal,
		async install() {
			await during();
			return { exitCode: 0, tail: '', stdout: '' };
		},
		checkInstalled() {},
		mark() {},
	};
}

async function failureOf(promise: Promise<unknown>): Promise<FlueError> {
	const error = await promise.then(
		() => null,
		(reason: unknown) => reason,
	);
	expect(error).toBeInstanceOf(FlueError);
	return error as FlueError;
}

describe('applyPlan', () => {
	it('creates, replaces and makes folders', async () => {
		const root = makeTree({ 'a.txt': 'old' });
		await applyPlan(
			planFor(root, [write('a.txt', 'old', 'new'), write('deep/er/b.txt', null, 'b')]),
			seams(),
		);
		expect(readTree(root)).toEqual({ 'a.txt': 'new', 'deep/er/b.txt': 'b' });
	});

	it('keeps the mode of a file and a link a link', async () => {
		const root = makeTree({ 'real/.env': 'A=1\n' });
		symlinkSync('real/.env', join(root, '.env'));
		chmodSync(join(root, 'real/.env'), 0o600);
		await applyPlan(planFor(root, [write('.env', 'A=1\n', 'A=1\nB=\n')]), seams());
		expect(lstatSync(join(root, '.env')).isSymbolicLink()).toBe(true);
		expect(readFileSync(join(root, 'real/.env'), 'utf8')).toBe('A=1\nB=\n');
		expect(statSync(join(root, 'real/.env')).mode & 0o777).toBe(0o600);
	});

	it('changes nothing when a file is no longer what the plan was made from', async () => {
		const root = makeTree({ 'a.txt': 'old', 'b.txt': 'edited meanwhile' });
		const before = readTree(root);
		const plan = planFor(root, [write('a.txt', 'old', 'new'), write('b.txt', 'old', 'new')]);
		expect((await failureOf(applyPlan(plan, seams()))).code).toBe('CHANGED_ON_DISK');
		expect(readTree(root)).toEqual(before);
	});

	it('refuses to create a file that has appeared', async () => {
		const root = makeTree({ 'a.txt': 'somebody was faster' });
		expect(
			(await failureOf(applyPlan(planFor(root, [write('a.txt', null, 'new')]), seams()))).code,
		).toBe('CHANGED_ON_DISK');
		expect(readTree(root)).toEqual({ 'a.txt': 'somebody was faster' });
	});

	it('puts everything back when a file changes during the install', async () => {
		const root = makeTree({ 'package.json': '{}', 'db.ts': 'old' });
		const plan = planFor(
			root,
			[write('package.json', '{}', '{ "a": 1 }'), INSTALL, write('db.ts', 'old', 'new')],
			['package-lock.json'],
		);
		const error = await failureOf(
			applyPlan(
				plan,
				seams(() => {
					writeFileSync(join(root, 'package-lock.json'), 'lock');
					mkdirSync(join(root, 'node_modules/redis'), { recursive: true });
					writeFileSync(join(root, 'db.ts'), 'edited meanwhile');
				}),
			),
		);
		expect(error.code).toBe('CHANGED_ON_DISK');
		expect(error.message).toContain('Every file is as it was.');
		expect(readTree(root)).toEqual({ 'package.json': '{}', 'db.ts': 'edited meanwhile' });
		expect(existsSync(join(root, 'node_modules'))).toBe(false);
	});

	it('restores package.json and the lockfile byte for byte when the install fails', async () => {
		const files = { 'package.json': '{\r\n}', 'yarn.lock': '\ufeff# v1\r\n' };
		const root = makeTree({ ...files, 'node_modules/kept/index.js': '' });
		const plan = planFor(
			root,
			[write('package.json', '{\r\n}', '{ "a": 1 }'), INSTALL],
			['package.json', 'yarn.lock', '.pnp.cjs'],
		);
		const broken = seams(() => {
			writeFileSync(join(root, 'yarn.lock'), 'half');
			writeFileSync(join(root, '.pnp.cjs'), 'half');
			throw new FlueError('INSTALL_FAILED', 'npm ended with status 1.');
		});
		expect((await failureOf(applyPlan(plan, broken))).code).toBe('INSTALL_FAILED');
		expect(readTree(root)).toEqual(files);
		expect(existsSync(join(root, 'node_modules/kept/index.js'))).toBe(true);
	});

	it('keeps what somebody wrote into package.json during an install that fails', async () => {
		const root = makeTree({ 'package.json': '{}' });
		const plan = planFor(
			root,
			[write('package.json', '{}', '{ "a": 1 }'), INSTALL],
			['package.json', 'package-lock.json'],
		);
		const broken = seams(() => {
			writeFileSync(join(root, 'package.json'), '{ "a": 1, "mine": true }');
			throw new FlueError('INSTALL_FAILED', 'npm ended with status 1.');
		});
		const error = await failureOf(applyPlan(plan, broken));
		expect(error.message).toContain(join(root, 'package.json.changed'));
		expect(readTree(root)).toEqual({
			'package.json': '{}',
			'package.json.changed': '{ "a": 1, "mine": true }',
		});
	});

	/** Leaves behind what a run on `root` leaves that is killed after it has staged a file. */
	function killRun(root: string, alsoNamed: string[] = []): void {
		const { pid: killed } = spawnSync(process.execPath, ['-e', '']);
		addToTree(root, { [`.flue-blueprints-${killed}/.env`]: 'A=canary\nB=\n' });
		const temporary = makeTree({});
		vi.stubEnv('TMPDIR', temporary);
		onTestFinished(() => void vi.unstubAllEnvs());
		const { note } = takeLock(root);
		for (const folder of [join(root, `.flue-blueprints-${killed}`), ...alsoNamed]) note(folder);
		const lock = Object.keys(readTree(temporary))[0];
		const path = join(temporary, lock ?? '');
		writeFileSync(path, readFileSync(path, 'utf8').replace(/^\d+/, String(killed)));
	}

	it('removes what a run that was killed had staged', async () => {
		const root = makeTree({ '.env': 'A=canary\n' });
		killRun(root);
		await applyPlan(planFor(root, [write('.env', 'A=canary\n', 'A=canary\nB=\n')]), seams());
		expect(readdirSync(root)).toEqual(['.env']);
	});

	it('removes it too where nothing else is to be done', () => {
		const root = makeTree({ '.env': 'A=canary\n' });
		killRun(root);
		cleanUp({ root, boundary: root });
		expect(readdirSync(root)).toEqual(['.env']);
	});

	it('removes nothing that a lock names and no run has made', () => {
		const root = makeTree({ 'src/a.ts': '', '.flue-blueprints-1/a': '' });
		killRun(root, [join(root, 'src'), join(root, '.flue-blueprints-1'), tmpdir()]);
		cleanUp({ root, boundary: root });
		expect(Object.keys(readTree(root)).sort()).toEqual(['.flue-blueprints-1/a', 'src/a.ts']);
	});

	it('tells of a staged file that cannot be removed, although all is in its place', async () => {
		const root = makeTree({ '.env': 'A=1\n' });
		refusing('rmdirSync', 'EIO');
		const plan = planFor(root, [write('.env', 'A=1\n', 'A=1\nB=\n')]);
		const warnings = await applyPlan(plan, seams());
		expect(warnings.map(({ code }) => code)).toEqual(['STAGING_LEFT']);
		expect(warnings[0]?.message).toContain(join(root, `.flue-blueprints-${process.pid}`));
		expect(readTree(root)['.env']).toBe('A=1\nB=\n');
	});

	it('puts everything back when it is stopped', async () => {
		const root = makeTree({ 'package.json': '{}' });
		const controller = new AbortController();
		const plan = planFor(root, [
			write('package.json', '{}', '{ "a": 1 }'),
			INSTALL,
			write('new/db.ts', null, 'x'),
		]);
		const error = await failureOf(
			applyPlan(
				plan,
				seams(() => controller.abort(), controller.signal),
			),
		);
		expect(error.code).toBe('CANCELLED');
		expect(readTree(root)).toEqual({ 'package.json': '{}' });
		expect(existsSync(join(root, 'new'))).toBe(false);
	});

	it('refuses a path that leaves the project, by dots or by a link', async () => {
		const outside = makeTree({ 'secret.txt': 'theirs' });
		const root = makeTree({ 'a.txt': 'mine' });
		symlinkSync(outside, join(root, 'linked'));
		symlinkSync(join(outside, 'nowhere'), join(root, 'dangling'));
		for (const path of [
			'../x.txt',
			'linked/secret.txt',
			'linked/new.txt',
			'dangling',
			join(outside, 'y.txt'),
		]) {
			const plan = planFor(root, [
				write('a.txt', 'mine', 'changed'),
				write(path, path.endsWith('secret.txt') ? 'theirs' : null, 'x'),
			]);
			expect((await failureOf(applyPlan(plan, seams()))).code).toBe('UNSAFE_PATH');
		}
		expect(readTree(outside)).toEqual({ 'secret.txt': 'theirs' });
		expect(readFileSync(join(root, 'a.txt'), 'utf8')).toBe('mine');
	});

	it('refuses a folder in the way and a read-only file', async () => {
		const root = makeTree({ 'db.ts/': '', 'fixed.txt': 'old', 'a.txt': 'a' });
		chmodSync(join(root, 'fixed.txt'), 0o444);
		const first = write('a.txt', 'a', 'b');
		expect(
			(await failureOf(applyPlan(planFor(root, [first, write('db.ts', null, 'x')]), seams()))).code,
		).toBe('UNSAFE_PATH');
		expect(
			(await failureOf(applyPlan(planFor(root, [first, write('fixed.txt', 'old', 'x')]), seams())))
				.code,
		).toBe('WRITE_FAILED');
		expect(readFileSync(join(root, 'a.txt'), 'utf8')).toBe('a');
	});

	it('tells which files could not be put back', async () => {
		const root = makeTree({ 'sub/a.txt': 'old' });
		const plan = planFor(root, [write('sub/a.txt', 'old', 'new'), INSTALL]);
		const error = await failureOf(
			applyPlan(
				plan,
				seams(() => {
					rmSync(join(root, 'sub'), { recursive: true });
					writeFileSync(join(root, 'sub'), 'a file now');
					throw new Error('boom');
				}),
			),
		);
		expect(error.code).toBe('INTERNAL');
		expect(error.message).toContain(`These could not be put back: ${join(root, 'sub/a.txt')}`);
	});

	it('lets one of two runs at once through and tells the other', async () => {
		const root = makeTree({ 'a.txt': 'old' });
		let second: FlueError | undefined;
		const plan = planFor(root, [INSTALL, write('a.txt', 'old', 'new')]);
		await applyPlan(
			plan,
			seams(async () => {
				second = await failureOf(applyPlan(plan, seams()));
			}),
		);
		expect(second?.code).toBe('BUSY');
		expect(readTree(root)).toEqual({ 'a.txt': 'new' });
	});
});
