// From one database to the other: one plan, and what becomes of the data and of the old variable is said.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { flue } from '../../program.ts';
import { makeTree, readTree } from '../../tree.ts';

it('says what stays before it asks, and which variable is no longer read', async () => {
	const cwd = makeTree({
		'package.json': JSON.stringify({ dependencies: { '@flue/runtime': '2.0.3' } }),
		'.env': 'A=1\n',
	});
	const add = async (...words: string[]) => {
		const args = ['add', 'database', ...words, '--no-install', '--json'];
		return JSON.parse((await flue(args, { cwd })).stdout);
	};
	await add('redis', '--key-prefix', 'mine', '--reconnect');
	const before = readTree(cwd);
	const { error } = await add('valkey');
	expect(error).toMatchObject({
		code: 'NEEDS_ANSWER',
		message: expect.stringContaining('what is stored there is not moved'),
		hint: expect.stringContaining('--replace'),
	});
	expect(readTree(cwd)).toEqual(before);
	const { status, warnings, nextSteps } = await add('valkey', '--replace', '--reconnect');
	expect(status).toBe('applied');
	expect(warnings).toContainEqual({
		code: 'DATA_LEFT_BEHIND',
		message: expect.stringContaining('What is stored in redis stays there'),
	});
	const told = 'db.ts no longer reads REDIS_URL: take it away when nobody else reads it.';
	expect(nextSteps).toContain(`${told} Its key stays in .env.`);
	const after = readTree(cwd);
	expect(after['package.json']).toBe(before['package.json']);
	expect(after['.env']).toContain('VALKEY_URL=');
	const entry = readFileSync(join(cwd, 'db.ts'), 'utf8');
	expect(entry).toMatch(/^\/\/ flue-blueprint: database\/valkey@1\n/);
	expect(entry).toContain("keyPrefix: 'mine'");
	expect(entry).toContain("client.on('error'");
	const again = await add('valkey');
	expect(again).toMatchObject({ status: 'unchanged', warnings: [] });
	const moved = await add('valkey', '--key-prefix', 'other', '--replace', '--dry-run');
	expect(moved.warnings).toContainEqual({
		code: 'DATA_LEFT_BEHIND',
		message: expect.stringContaining('nothing reads it under other'),
	});
});
