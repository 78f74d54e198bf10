import { chmodSync, mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isWithin, safePath } from '../../src/apply/paths.ts';
import { refusalOf } from '../refusal.ts';
import { makeTree } from '../tree.ts';

function place(root: string, boundary = root) {
	return { root, boundary };
}

describe('safePath', () => {
	it.each(['a.txt', 'new.txt', 'new/deep/er.txt', './a.txt', 'sub/../a.txt', '..name/x', 'sub'])(
		'gives the place of %s',
		(path) => {
			const root = makeTree({ 'a.txt': 'a' });
			expect(safePath(place(root), path)).toBe(join(root, path));
		},
	);

	it.each(['../x', '..', 'a/../../x', '/etc/passwd', '/'])('refuses %s', (path) => {
		const error = refusalOf(() => safePath(place(makeTree({})), path));
		expect(error).toMatchObject({ code: 'UNSAFE_PATH', path });
	});

	it('lets a member reach up to its workspace and no further', () => {
		const boundary = makeTree({ 'apps/one/a.txt': 'a' });
		const inside = place(join(boundary, 'apps/one'), boundary);
		expect(safePath(inside, '../../.env.example')).toBe(join(boundary, '.env.example'));
		expect(refusalOf(() => safePath(inside, '../../../x')).code).toBe('UNSAFE_PATH');
	});

	it('is not fooled by a neighbour whose name begins the same', () => {
		const parent = makeTree({ 'app/': '', 'app-two/x': 'theirs' });
		expect(refusalOf(() => safePath(place(join(parent, 'app')), '../app-two/x')).code).toBe(
			'UNSAFE_PATH',
		);
	});

	it('follows a link inside the project, of a file and of a folder', () => {
		const root = makeTree({ 'real/.env': 'A=1' });
		symlinkSync('real/.env', join(root, '.env'));
		symlinkSync('real', join(root, 'linked'));
		expect(safePath(place(root), '.env')).toBe(join(root, 'real/.env'));
		expect(safePath(place(root), 'linked/new.txt')).toBe(join(root, 'real/new.txt'));
	});

	it('refuses links that lead out, into nothing, or in a circle', () => {
		const outside = makeTree({ 'x.txt': 'theirs' });
		const root = makeTree({});
		for (const [name, target] of [
			['out', outside],
			['file', join(outside, 'x.txt')],
			['dangling', 'nowhere'],
			['circle', 'circle'],
		] as const)
			symlinkSync(target, join(root, name));
		for (const path of ['out', 'out/x.txt', 'out/new/y.txt', 'file', 'dangling', 'circle'])
			expect(refusalOf(() => safePath(place(root), path)).code).toBe('UNSAFE_PATH');
	});

	it('reaches a project through a link to it', () => {
		const real = makeTree({ 'a.txt': 'a' });
		const link = join(makeTree({}), 'link');
		symlinkSync(real, link);
		expect(safePath(place(link), 'b.txt')).toBe(join(real, 'b.txt'));
	});

	it('refuses a folder in the place of the file, and a file in the place of a folder', () => {
		const root = makeTree({ 'file.txt': 'a' });
		mkdirSync(join(root, 'db.ts'));
		expect(refusalOf(() => safePath(place(root), 'db.ts')).code).toBe('UNSAFE_PATH');
		expect(refusalOf(() => safePath(place(root), 'file.txt/db.ts')).code).toBe('UNSAFE_PATH');
		expect(refusalOf(() => safePath(place(root), 'file.txt/deep/db.ts')).code).toBe('UNSAFE_PATH');
	});

	it('names a read-only file', () => {
		const root = makeTree({ 'a.txt': 'a' });
		chmodSync(join(root, 'a.txt'), 0o444);
		const error = refusalOf(() => safePath(place(root), 'a.txt'));
		expect(error).toMatchObject({ code: 'WRITE_FAILED', path: 'a.txt' });
		expect(error.hint).toContain('chmod u+w a.txt');
	});
});

describe('isWithin', () => {
	it.each([
		['/a', '/a', true],
		['/a', '/a/b', true],
		['/a', '/a/..b', true],
		['/', '/a', true],
		['/a', '/', false],
		['/a', '/ab', false],
		['/a/b', '/a/c', false],
	])('of %s and %s is %s', (folder, path, expected) => {
		expect(isWithin(folder, path)).toBe(expected);
	});
});
