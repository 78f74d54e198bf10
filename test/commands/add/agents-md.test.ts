// `add --agents-md` in real folders: what stands in AGENTS.md, that it is kept up to date, and that `remove` takes it away.
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { readVersion } from '../../../src/package/version.ts';
import { cleanEnvironment, flue } from '../../program.ts';
import { PROJECT } from '../../project.ts';
import { checkDocument } from '../../schema.ts';
import { makeTree, readTree } from '../../tree.ts';

async function ran(cwd: string, args: string[], expected = 0) {
	const { stdout, status } = await flue([...args, '--json'], { cwd, env: cleanEnvironment() });
	const document = JSON.parse(stdout);
	checkDocument(document);
	expect(status, stdout).toBe(expected);
	return document;
}

const ADD = ['add', 'database', 'redis', '--no-install'];
const REMOVE = ['remove', 'database', '--no-install'];

it.each([
	['no such file', {}],
	['a text without a last line end', { 'AGENTS.md': '# Mine\r\n\r\nNo end' }],
	['an empty file', { 'AGENTS.md': '' }],
	['CLAUDE.md alone', { 'CLAUDE.md': '\uFEFF# Mine\n' }],
])('comes and goes with %s, byte for byte', async (_, files) => {
	const before = { ...PROJECT, ...files };
	const cwd = makeTree(before);
	const shown = await ran(cwd, [...ADD, '--agents-md', '--dry-run']);
	const [path = 'AGENTS.md'] = Object.keys(files);
	expect(shown.steps.at(-1)).toMatchObject({ path, diff: expect.stringContaining('+## Durable') });
	expect(shown.next.command).toContain('--agents-md');
	expect(readTree(cwd)).toEqual(before);
	await ran(cwd, [...ADD, '--agents-md']);
	expect((await ran(cwd, ['list'])).projects).toMatchObject([{ agentsFile: path }]);
	expect((await ran(cwd, [...ADD, '--agents-md'])).status).toBe('unchanged');
	await ran(cwd, REMOVE);
	expect(readTree(cwd)).toEqual(before);
});

it('speaks of this project: its manager, its db.ts, its variable', async () => {
	const { 'package-lock.json': _, ...files } = PROJECT;
	const cwd = makeTree({ ...files, 'pnpm-lock.yaml': "lockfileVersion: '9.0'\n" });
	await ran(cwd, [...ADD, '--agents-md', '--env-var', 'STATE_URL']);
	const text = readFileSync(join(cwd, 'AGENTS.md'), 'utf8');
	for (const part of [
		'`src/db.ts`',
		'`STATE_URL`',
		'`pnpm install`',
		// No dependency of the project: what is fetched is what wrote it.
		`pnpm dlx flue-blueprints@${readVersion()} verify database --json`,
		'Never write a value into .env',
	])
		expect(text).toContain(part);
	expect(text).not.toContain(cwd);
	// Another database, without the flag: what is there is kept up to date.
	await ran(cwd, ['add', 'database', 'valkey', '--no-install', '--replace']);
	expect(readFileSync(join(cwd, 'AGENTS.md'), 'utf8')).toContain('`VALKEY_URL`');
	writeFileSync(join(cwd, 'AGENTS.md'), `# Mine\n\n${text}mine too\n`);
	expect((await ran(cwd, ['update', 'database'])).steps).toMatchObject([{ path: 'AGENTS.md' }]);
	expect(readFileSync(join(cwd, 'AGENTS.md'), 'utf8')).toMatch(
		/^# Mine\n.*VALKEY_URL.*\nmine too\n$/s,
	);
});

it('refuses marks that are damaged, keeps them in every other run, and follows no link out', async () => {
	const text = '# Mine\n<!-- flue-blueprints:begin -->\nmine\n';
	const cwd = makeTree({ ...PROJECT, 'AGENTS.md': text });
	const before = readTree(cwd);
	const { error } = await ran(cwd, [...ADD, '--agents-md'], 1);
	expect(error).toMatchObject({ code: 'UNREADABLE_PROJECT', reasons: [{ flag: '--agents-md' }] });
	expect(readTree(cwd)).toEqual(before);
	const kept = expect.objectContaining({ code: 'KEPT' });
	expect((await ran(cwd, ADD)).warnings).toContainEqual(kept);
	expect((await ran(cwd, REMOVE)).warnings).toContainEqual(kept);
	expect(readTree(cwd)).toEqual(before);
	const other = makeTree({ 'AGENTS.md': '# Theirs\n' });
	const linked = makeTree(PROJECT);
	symlinkSync(join(other, 'AGENTS.md'), join(linked, 'AGENTS.md'));
	expect((await ran(linked, [...ADD, '--agents-md'], 1)).error.code).toBe('UNSAFE_PATH');
	expect(readTree(other)).toEqual({ 'AGENTS.md': '# Theirs\n' });
});

it('is asked for in a document, and kept in a plan file', async () => {
	const cwd = makeTree({ ...PROJECT, 'AGENTS.md': '# Mine\n' });
	const twin = makeTree({ ...PROJECT, 'AGENTS.md': '# Mine\n' });
	const document = {
		command: 'add',
		kind: 'database',
		name: 'redis',
		install: false,
		agentsMd: true,
	};
	const input = join(makeTree({ 'input.json': JSON.stringify(document) }), 'input.json');
	const file = join(makeTree({}), 'plan.json');
	await ran(cwd, ['add', '--input', input, '--plan-out', file]);
	expect(readFileSync(file, 'utf8')).not.toContain('# Mine');
	await ran(twin, ['apply', file]);
	await ran(cwd, ['add', '--input', input]);
	expect(readTree(twin)).toEqual(readTree(cwd));
	await ran(twin, ['remove', 'database', '--no-install', '--plan-out', file]);
	await ran(twin, ['apply', file]);
	expect(readTree(twin)).toEqual({ ...PROJECT, 'AGENTS.md': '# Mine\n' });
});
