import { execFileSync, spawnSync } from 'node:child_process';
import {
	chmodSync,
	linkSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	readlinkSync,
	rmSync,
	statSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { type Journal, openJournal } from '../../src/apply/journal.ts';
import { refusalOf } from '../refusal.ts';
import { refusing } from '../refusing.ts';
import { makeTree, readTree } from '../tree.ts';

/** Writes one file through a journal. */
function put(journal: Journal, path: string, before: string | null, after: string): void {
	journal.stage(path, before, after)();
}

function modeOf(path: string): number {
	return statSync(path).mode & 0o777;
}

describe('stage', () => {
	it('leaves the file alone until it is put in place', () => {
		const root = makeTree({ 'a.txt': 'old' });
		const finish = openJournal().stage(join(root, 'a.txt'), 'old', 'new');
		expect(readFileSync(join(root, 'a.txt'), 'utf8')).toBe('old');
		finish();
		expect(readTree(root)).toEqual({ 'a.txt': 'new' });
	});

	it('writes text as it is, and leaves nothing beside it', () => {
		const root = makeTree({});
		const text = '\uFEFFä\r\n\u{1F600}';
		put(openJournal(), join(root, 'deep/er/b.txt'), null, text);
		expect(readTree(root)).toEqual({ 'deep/er/b.txt': text });
	});

	it.each([0o600, 0o640, 0o755])('keeps the mode %o', (mode) => {
		const root = makeTree({ 'a.txt': 'old' });
		const path = join(root, 'a.txt');
		chmodSync(path, mode);
		const journal = openJournal();
		put(journal, path, 'old', 'new');
		expect(modeOf(path)).toBe(mode);
		journal.undo();
		expect([modeOf(path), readFileSync(path, 'utf8')]).toEqual([mode, 'old']);
	});

	it('shows nobody else a private file while it is beside its place', () => {
		const root = makeTree({ '.env': 'A=canary\n' });
		chmodSync(join(root, '.env'), 0o600);
		openJournal().stage(join(root, '.env'), 'A=canary\n', 'A=canary\nB=\n');
		const staged = join(root, `.flue-blueprints-${process.pid}`);
		expect([modeOf(staged), modeOf(join(staged, '.env'))]).toEqual([0o700, 0o600]);
	});

	it('shows git nothing of a file that is beside its place', () => {
		const root = makeTree({ '.env': 'A=canary\n', '.gitignore': '.env\n' });
		const git = (...args: string[]) => execFileSync('git', args, { cwd: root, encoding: 'utf8' });
		git('init', '--quiet');
		const before = git('status', '--porcelain', '--untracked-files=all');
		const finish = openJournal().stage(join(root, '.env'), 'A=canary\n', 'A=canary\nB=\n');
		expect(readTree(root)).toHaveProperty([`.flue-blueprints-${process.pid}/.env`]);
		expect(git('status', '--porcelain', '--untracked-files=all')).toBe(before);
		git('add', '--all');
		expect(git('diff', '--cached', '--name-only')).toBe('.gitignore\n');
		finish();
		expect(readdirSync(root).sort()).toEqual(['.env', '.git', '.gitignore']);
	});

	it('tells of the folder before a file is in it', () => {
		const root = makeTree({ 'a.txt': 'old' });
		const noted: [string, string[]][] = [];
		const journal = openJournal((folder) => noted.push([folder, readdirSync(root)]));
		put(journal, join(root, 'a.txt'), 'old', 'new');
		expect(noted).toEqual([[join(root, `.flue-blueprints-${process.pid}`), ['a.txt']]]);
	});

	it.each(['EBUSY', 'EXDEV'])('writes into a file that cannot be replaced (%s)', (code) => {
		const root = makeTree({ 'a.txt': 'old' });
		const path = join(root, 'a.txt');
		const { ino } = statSync(path);
		refusing('renameSync', code);
		const journal = openJournal();
		put(journal, path, 'old', 'new');
		expect(readTree(root)).toEqual({ 'a.txt': 'new' });
		journal.undo();
		expect(readTree(root)).toEqual({ 'a.txt': 'old' });
		expect(statSync(path).ino).toBe(ino);
	});

	it('writes into a file that is a mount of its own, and puts it back', ({ skip }) => {
		const root = makeTree({ 'a.txt': 'old', elsewhere: 'old' });
		const path = join(root, 'a.txt');
		const mounted = spawnSync('mount', ['--bind', join(root, 'elsewhere'), path]);
		skip(mounted.status !== 0, 'this machine lets nobody mount a file');
		try {
			const journal = openJournal();
			put(journal, path, 'old', 'new');
			expect(readTree(root)).toEqual({ 'a.txt': 'new', elsewhere: 'new' });
			expect(journal.undo().lost).toEqual([]);
			expect(readTree(root)).toEqual({ 'a.txt': 'old', elsewhere: 'old' });
		} finally {
			spawnSync('umount', [path]);
		}
	});

	it.each([
		['fsyncSync', 'EINVAL'],
		['fsyncSync', 'ENOTSUP'],
		['chmodSync', 'EPERM'],
		['chmodSync', 'ENOTSUP'],
	] as const)('writes where the file system has no %s (%s)', (name, code) => {
		const root = makeTree({ 'a.txt': 'old' });
		chmodSync(join(root, 'a.txt'), 0o640);
		refusing(name, code);
		put(openJournal(), join(root, 'a.txt'), 'old', 'new');
		expect(readTree(root)).toEqual({ 'a.txt': 'new' });
		expect(modeOf(join(root, 'a.txt'))).toBe(0o640);
	});

	it('fails where the disk cannot keep what was written', () => {
		const root = makeTree({ 'a.txt': 'old' });
		refusing('fsyncSync', 'EIO');
		const journal = openJournal();
		expect(refusalOf(() => journal.stage(join(root, 'a.txt'), 'old', 'new')).code).toBe(
			'WRITE_FAILED',
		);
		journal.undo();
		expect(readTree(root)).toEqual({ 'a.txt': 'old' });
		expect(readdirSync(root)).toEqual(['a.txt']);
	});

	it('never replaces a file that has appeared', () => {
		const root = makeTree({});
		const path = join(root, 'a.txt');
		const journal = openJournal();
		const finish = journal.stage(path, null, 'ours');
		writeFileSync(path, 'theirs');
		expect(refusalOf(finish).code).toBe('WRITE_FAILED');
		expect(journal.undo().lost).toEqual([]);
		expect(readTree(root)).toEqual({ 'a.txt': 'theirs' });
	});

	it('leaves nothing beside the file when a folder has appeared in its place', () => {
		const root = makeTree({});
		const journal = openJournal();
		const finish = journal.stage(join(root, 'a.txt'), null, 'ours');
		mkdirSync(join(root, 'a.txt'));
		expect(refusalOf(finish).code).toBe('WRITE_FAILED');
		expect(journal.undo().lost).toEqual([]);
		expect(readdirSync(root)).toEqual(['a.txt']);
	});

	it('takes a staged file back when its folder is a file', () => {
		const root = makeTree({ 'a.txt': 'a', file: '' });
		const journal = openJournal();
		journal.stage(join(root, 'a.txt'), 'a', 'b');
		const error = refusalOf(() => journal.stage(join(root, 'file/b.txt'), null, 'x'));
		expect(error).toMatchObject({ code: 'WRITE_FAILED', path: join(root, 'file/b.txt') });
		expect(journal.undo().lost).toEqual([]);
		expect(readTree(root)).toEqual({ 'a.txt': 'a', file: '' });
	});

	it('separates a file from its hard links, as every replacement does', () => {
		const root = makeTree({ 'a.txt': 'old' });
		linkSync(join(root, 'a.txt'), join(root, 'b.txt'));
		put(openJournal(), join(root, 'a.txt'), 'old', 'new');
		expect(readTree(root)).toEqual({ 'a.txt': 'new', 'b.txt': 'old' });
	});
});

describe('undo', () => {
	it('takes back what was done, newest first', () => {
		const root = makeTree({ 'a.txt': 'one' });
		const journal = openJournal();
		put(journal, join(root, 'a.txt'), 'one', 'two');
		put(journal, join(root, 'a.txt'), 'two', 'three');
		put(journal, join(root, 'new/deep/b.txt'), null, 'b');
		put(journal, join(root, 'new/c.txt'), null, 'c');
		expect(journal.undo().lost).toEqual([]);
		expect(readTree(root)).toEqual({ 'a.txt': 'one' });
		expect(readdirSync(root)).toEqual(['a.txt']);
	});

	it('takes back what was staged and never put in place', () => {
		const root = makeTree({ 'a.txt': 'one' });
		const journal = openJournal();
		journal.stage(join(root, 'a.txt'), 'one', 'two');
		journal.stage(join(root, 'new/b.txt'), null, 'b');
		expect(journal.undo().lost).toEqual([]);
		expect(readdirSync(root)).toEqual(['a.txt']);
	});

	it('keeps a folder that was there, empty or not', () => {
		const root = makeTree({ 'empty/': '' });
		const journal = openJournal();
		put(journal, join(root, 'empty/a.txt'), null, 'a');
		journal.undo();
		expect(readdirSync(root)).toEqual(['empty']);
	});

	it('names a folder that it made and cannot remove, and goes on', () => {
		const root = makeTree({ 'a.txt': 'one' });
		const journal = openJournal();
		put(journal, join(root, 'a.txt'), 'one', 'two');
		put(journal, join(root, 'new/b.txt'), null, 'b');
		writeFileSync(join(root, 'new/theirs.txt'), '');
		expect(journal.undo().lost).toEqual([join(root, 'new')]);
		expect(readTree(root)).toEqual({ 'a.txt': 'one', 'new/theirs.txt': '' });
	});

	it('does nothing twice', () => {
		const root = makeTree({ 'a.txt': 'one' });
		const journal = openJournal();
		put(journal, join(root, 'a.txt'), 'one', 'two');
		journal.undo();
		writeFileSync(join(root, 'a.txt'), 'later');
		expect(journal.undo().lost).toEqual([]);
		expect(readTree(root)).toEqual({ 'a.txt': 'later' });
	});
});

describe('remember', () => {
	it('restores what somebody else changed, removed or made', () => {
		const root = makeTree({ changed: 'one', removed: 'two', kept: 'three' });
		chmodSync(join(root, 'removed'), 0o640);
		const journal = openJournal();
		for (const name of ['changed', 'removed', 'kept', 'made']) journal.remember(join(root, name));
		writeFileSync(join(root, 'changed'), 'x');
		rmSync(join(root, 'removed'));
		writeFileSync(join(root, 'made'), 'x');
		const { ino } = statSync(join(root, 'kept'));
		expect(journal.undo().lost).toEqual([]);
		expect(readTree(root)).toEqual({ changed: 'one', removed: 'two', kept: 'three' });
		expect(modeOf(join(root, 'removed'))).toBe(0o640);
		expect(statSync(join(root, 'kept')).ino).toBe(ino);
	});

	it('keeps no copy of a package.json that a manager wrote anew with what it was given', () => {
		const root = makeTree({ 'package.json': '{ "dependencies": {"b":"1"} }' });
		const journal = openJournal();
		const path = join(root, 'package.json');
		const ours = '{ "dependencies": {"b":"1","a":"2"}, "scripts": {} }';
		put(journal, path, '{ "dependencies": {"b":"1"} }', ours);
		journal.remember(path);
		writeFileSync(path, '{\n  "dependencies": {\n    "a": "2",\n    "b": "1"\n  }\n}\n');
		expect(journal.undo()).toEqual({ lost: [], kept: [] });
		expect(readTree(root)).toEqual({ 'package.json': '{ "dependencies": {"b":"1"} }' });
	});

	it('restores bytes that are not text', () => {
		const path = join(makeTree({}), 'bun.lockb');
		const bytes = Buffer.from([0, 255, 254, 13, 10, 128]);
		writeFileSync(path, bytes);
		const journal = openJournal();
		journal.remember(path);
		writeFileSync(path, 'x');
		journal.undo();
		expect(readFileSync(path)).toEqual(bytes);
	});

	it.each<[string, (link: string, target: string) => void]>([
		['written through', (link) => writeFileSync(link, 'new')],
		[
			'replaced by a file',
			(link) => {
				rmSync(link);
				writeFileSync(link, 'new');
			},
		],
		['removed', (link) => rmSync(link)],
		[
			'left without its target',
			(_, target) => {
				rmSync(target);
			},
		],
	])('keeps a link that was %s', (_, change) => {
		const root = makeTree({ 'real/lock': 'old' });
		const link = join(root, 'lock');
		symlinkSync('real/lock', link);
		const journal = openJournal();
		journal.remember(link);
		change(link, join(root, 'real/lock'));
		expect(journal.undo().lost).toEqual([]);
		expect(readlinkSync(link)).toBe('real/lock');
		expect(readFileSync(join(root, 'real/lock'), 'utf8')).toBe('old');
	});

	it('keeps a link that leads nowhere', () => {
		const root = makeTree({});
		symlinkSync('nowhere', join(root, 'lock'));
		const journal = openJournal();
		journal.remember(join(root, 'lock'));
		writeFileSync(join(root, 'lock'), 'new');
		expect(journal.undo().lost).toEqual([]);
		expect(readdirSync(root)).toEqual(['lock']);
		expect(readlinkSync(join(root, 'lock'))).toBe('nowhere');
	});
});

describe('rememberAbsentFolder', () => {
	it('removes a folder that somebody else made, with all that is in it', () => {
		const root = makeTree({});
		const journal = openJournal();
		journal.rememberAbsentFolder(join(root, 'node_modules'));
		mkdirSync(join(root, 'node_modules/a/b'), { recursive: true });
		expect(journal.undo().lost).toEqual([]);
		expect(readdirSync(root)).toEqual([]);
	});

	it('spares one that was there, and a link that leads nowhere', () => {
		const root = makeTree({ 'node_modules/': '' });
		symlinkSync('nowhere', join(root, 'linked'));
		const journal = openJournal();
		for (const name of ['node_modules', 'linked']) journal.rememberAbsentFolder(join(root, name));
		expect(journal.undo().lost).toEqual([]);
		expect(readdirSync(root)).toEqual(['linked', 'node_modules']);
		expect(lstatSync(join(root, 'linked')).isSymbolicLink()).toBe(true);
	});
});
