import { execFileSync } from 'node:child_process';
import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import {
	exists,
	filesBelow,
	isDirectory,
	isFile,
	listNames,
	readText,
} from '../../src/inspect/files.ts';
import { refusalOf } from '../refusal.ts';
import { makeTree } from '../tree.ts';

describe('reading the disk', () => {
	it('keeps BOM and line endings, and gives null for what is not there', () => {
		const root = makeTree({ 'a.txt': '\ufeffa\r\n', 'folder/': '' });
		expect(readText(join(root, 'a.txt'))).toBe('\ufeffa\r\n');
		expect(readText(join(root, 'b.txt'))).toBeNull();
		expect(readText(join(root, 'folder'))).toBeNull();
		expect(readText(join(root, 'a.txt/below'))).toBeNull();
		expect([
			isFile(join(root, 'a.txt')),
			isDirectory(join(root, 'folder')),
			exists(join(root, 'b.txt')),
		]).toEqual([true, true, false]);
	});

	it('walks over what somebody wrote, the nearest first, and follows no link', async () => {
		const root = makeTree({
			...{ 'a.ts': '', 'b.md': '', '.hidden/c.ts': '', 'src/deep/d.ts': '', 'src/e.ts': '' },
			...{ 'node_modules/f.ts': '', 'src/dist/g.ts': '', '.git/h.ts': '', 'dist.ts': '' },
		});
		symlinkSync(root, join(root, 'src/round'));
		symlinkSync(join(root, 'a.ts'), join(root, 'src/link.ts'));
		const found: string[] = [];
		for await (const path of filesBelow(root, /\.ts$/)) found.push(path);
		expect([...found].sort()).toEqual([
			...['.hidden/c.ts', 'a.ts', 'dist.ts', 'src/deep/d.ts', 'src/e.ts'],
		]);
		expect(found.at(-1)).toBe('src/deep/d.ts');
		for await (const path of filesBelow(join(root, 'nowhere'), /./)) expect(path).toBe('');
	});

	it('refuses text that is not UTF-8', () => {
		const root = makeTree({});
		writeFileSync(join(root, 'latin1'), Buffer.from([0x61, 0xe9]));
		expect(() => readText(join(root, 'latin1'))).toThrowError(
			expect.objectContaining({ code: 'UNREADABLE_PROJECT' }),
		);
	});

	it('opens neither a pipe nor a device, which could wait for ever or never end', () => {
		const root = makeTree({});
		execFileSync('mkfifo', [join(root, 'pipe')]);
		symlinkSync('/dev/zero', join(root, 'device'));
		for (const name of ['pipe', 'device'])
			expect(refusalOf(() => readText(join(root, name)))).toMatchObject({
				code: 'UNREADABLE_PROJECT',
				message: `${join(root, name)} is not a file.`,
			});
	});

	it('refuses what nests deeper than a parser can follow', () => {
		const nested = (depth: number) => `${'[{'.repeat(depth)}${'}]'.repeat(depth)}`;
		const root = makeTree({ shallow: nested(100), deep: nested(101), wide: '[]{}()'.repeat(1000) });
		for (const name of ['shallow', 'wide']) expect(readText(join(root, name))).not.toBeNull();
		expect(refusalOf(() => readText(join(root, 'deep')))).toMatchObject({
			code: 'UNREADABLE_PROJECT',
			path: join(root, 'deep'),
		});
	});

	it('lists names in order, and known ones in a folder of any size', () => {
		const root = makeTree({ 'b.txt': '', 'a.txt': '' });
		expect(listNames(root)).toEqual(['a.txt', 'b.txt']);
		expect(listNames(join(root, 'nowhere'))).toEqual([]);
		const large = join(root, 'large');
		mkdirSync(large);
		for (let index = 0; index < 3000; index++) writeFileSync(join(large, `file-${index}`), '');
		writeFileSync(join(large, '.env'), '');
		const names = listNames(large, ['.env', '.env.local']);
		expect(names.length).toBeLessThan(1100);
		expect(names).toContain('.env');
		expect(names).not.toContain('.env.local');
	});
});
