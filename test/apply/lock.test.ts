import { spawn, spawnSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	utimesSync,
	writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { beforeEach, expect, it, onTestFinished, vi } from 'vitest';
import { until } from '../../adapter/test/patience.ts';
import { takeLock, wasKilled } from '../../src/apply/lock.ts';
import { refusalOf } from '../refusal.ts';
import { refusing } from '../refusing.ts';
import { makeTree } from '../tree.ts';

const PROJECT = '/some/project';
let folder: string;

beforeEach(() => {
	folder = makeTree({});
	vi.stubEnv('TMPDIR', folder);
	return () => vi.unstubAllEnvs();
});

/** The files in the user's folder of locks, as paths from the folder for temporary files. */
function locks(): string[] {
	return readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((name) =>
		name.endsWith('.lock'),
	);
}

/** The lock file, made by taking the lock once. */
function lockFile(): string {
	const { release } = takeLock(PROJECT);
	const [name = ''] = locks();
	release();
	return join(folder, name);
}

/** The number of a process that has ended. */
function deadProcess(): number {
	return spawnSync(process.execPath, ['-e', '']).pid;
}

it('names its process while it is held, and leaves nothing behind', () => {
	const file = lockFile();
	const { release } = takeLock(PROJECT);
	expect(readFileSync(file, 'utf8')).toBe(`${process.pid}\n`);
	release();
	expect(locks()).toEqual([]);
});

it('refuses a second run on the same project, and lets another project through', () => {
	const { release } = takeLock(PROJECT);
	const error = refusalOf(() => takeLock(PROJECT));
	expect(error).toMatchObject({ code: 'BUSY', status: 1 });
	expect(error.hint).toContain(folder);
	takeLock('/some/other').release();
	release();
	takeLock(PROJECT).release();
});

it('respects the lock of a process that lives', () => {
	const file = lockFile();
	writeFileSync(file, String(process.ppid));
	expect(refusalOf(() => takeLock(PROJECT)).code).toBe('BUSY');
	expect(readFileSync(file, 'utf8')).toBe(String(process.ppid));
});

it('takes over the lock of a process that is dead', () => {
	const file = lockFile();
	writeFileSync(file, String(deadProcess()));
	const { release } = takeLock(PROJECT);
	expect(readFileSync(file, 'utf8')).toBe(`${process.pid}\n`);
	release();
});

it('waits for the package manager of a killed run, and for what that has started', () => {
	const file = lockFile();
	const manager = spawn('sh', ['-c', 'sleep 600 & exit'], { detached: true, stdio: 'ignore' });
	onTestFinished(() => void process.kill(-(manager.pid ?? 0), 'SIGKILL'));
	writeFileSync(file, `${deadProcess()}\n/some/project/a\nprogram ${manager.pid}\n`);
	const error = refusalOf(() => takeLock(PROJECT));
	expect(error).toMatchObject({ code: 'BUSY' });
	expect(error.message).toContain(`still at work (process ${manager.pid})`);
	expect(error.hint).toContain(`kill -- -${manager.pid}`);
	writeFileSync(file, `${deadProcess()}\nprogram ${deadProcess()}\nprogram x\n`);
	const lock = takeLock(PROJECT);
	expect(lock.killed?.staging).toEqual([]);
	lock.noteProgram(7);
	expect(readFileSync(file, 'utf8')).toBe(`${process.pid}\nprogram 7\n`);
	lock.release();
});

it('does not wait for what has ended, and stays in the list of the system', async ({ skip }) => {
	skip(process.platform !== 'linux', 'this system does not tell which processes have ended');
	const file = lockFile();
	const parent = spawn('sh', ['-c', 'setsid sleep 0.1 & echo $!; exec sleep 600']);
	onTestFinished(() => void parent.kill('SIGKILL'));
	const ended = Number(String(await new Promise((resume) => parent.stdout.once('data', resume))));
	await until('the end of a process', async () =>
		/ Z /.test(readFileSync(`/proc/${ended}/stat`, 'utf8')),
	);
	for (const text of [`${ended}\n`, `${deadProcess()}\nprogram ${ended}\n`]) {
		writeFileSync(file, text);
		takeLock(PROJECT).release();
	}
});

it('takes over an old lock, although its number is in use again', () => {
	const file = lockFile();
	writeFileSync(file, String(process.ppid));
	const old = new Date(Date.now() - 2 * 60 * 60 * 1000);
	utimesSync(file, old, old);
	takeLock(PROJECT).release();
	expect(existsSync(file)).toBe(false);
});

it.each(['', 'garbage', '-1', '0', '1.5', '\u0000'])('takes over a lock that says %j', (text) => {
	writeFileSync(lockFile(), text);
	takeLock(PROJECT).release();
	expect(locks()).toEqual([]);
});

it('says BUSY of a lock that it cannot remove', () => {
	const file = lockFile();
	mkdirSync(file);
	const old = new Date(0);
	utimesSync(file, old, old);
	const error = refusalOf(() => takeLock(PROJECT));
	expect(error.code).toBe('BUSY');
	expect(error.hint).toContain(file);
});

it('does not call it another run when there is no place for a lock', () => {
	rmSync(folder, { recursive: true });
	const error = refusalOf(() => takeLock(PROJECT));
	expect(error).toMatchObject({ code: 'WRITE_FAILED', status: 1 });
	expect(error.message).toContain(folder);
});

it('makes a name that every file system takes, of any folder', () => {
	const root = `/${'long folder/ж'.repeat(60)}`;
	const { release } = takeLock(root);
	const name = basename(locks()[0] ?? '');
	expect(name).toMatch(/^[\w.-]+$/);
	expect(name.length).toBeLessThan(256);
	release();
});

it('tells the next run of the folders in which a killed one had staged files', () => {
	const file = lockFile();
	const killed = deadProcess();
	writeFileSync(file, `${killed}\n/some/project/a\n/some/project/b\n/some/project/a\n`);
	expect(wasKilled(PROJECT)).toBe(true);
	const lock = takeLock(PROJECT);
	expect(lock.killed).toEqual({ pid: killed, staging: ['/some/project/a', '/some/project/b'] });
	lock.note('/some/project/c');
	expect(readFileSync(file, 'utf8')).toBe(`${process.pid}\n/some/project/c\n`);
	expect(wasKilled(PROJECT)).toBe(false);
	lock.release();
	expect(wasKilled(PROJECT)).toBe(false);
});

it('is blocked by nothing that another user can make in the folder for temporary files', () => {
	const own = dirname(lockFile());
	rmSync(own, { recursive: true });
	// As a stranger's: anybody may write there; a link; a file.
	mkdirSync(own);
	chmodSync(own, 0o777);
	symlinkSync(makeTree({}), `${own}-2`);
	writeFileSync(`${own}-3`, '');
	const { release } = takeLock(PROJECT);
	expect(locks().map((name) => join(folder, dirname(name)))).toEqual([`${own}-4`]);
	release();
});

it('leaves no empty lock where it cannot be filled, and does not call that another run', () => {
	const file = lockFile();
	refusing('writeFileSync', 'ENOSPC', () => writeFileSync(file, ''));
	const error = refusalOf(() => takeLock(PROJECT));
	expect(error).toMatchObject({ code: 'WRITE_FAILED', status: 1 });
	expect(existsSync(file)).toBe(false);
});
