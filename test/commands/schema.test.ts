// `flue schema` and `--input`, as a program uses them.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { BIN, cleanEnvironment, flue } from '../program.ts';
import { PROJECT } from '../project.ts';
import { checkDocument } from '../schema.ts';
import { makeTree, readTree } from '../tree.ts';

function withStdin(args: string[], cwd: string, input: string) {
	const options = { cwd, input, env: cleanEnvironment(), encoding: 'utf8' as const };
	return spawnSync(process.execPath, [BIN, ...args], options);
}

describe('flue schema', () => {
	it('prints both schemas: a request that fits the one is answered as the other says', async () => {
		const { stdout, status } = await flue(['schema'], { cwd: '.' });
		expect(status).toBe(0);
		const document = JSON.parse(stdout);
		checkDocument(document);
		const ajv = new Ajv2020({ strict: true, strictRequired: false });
		const [asks, answers] = [ajv.compile(document.input), ajv.compile(document.output)];
		const request = { command: 'add', kind: 'database', name: 'redis', dryRun: true, json: true };
		expect(asks(request), JSON.stringify(asks.errors)).toBe(true);
		const cwd = makeTree(PROJECT);
		const ran = withStdin(['add', '--input', '-'], cwd, JSON.stringify(request));
		expect(answers(JSON.parse(ran.stdout)), JSON.stringify(answers.errors)).toBe(true);
		expect(JSON.parse(ran.stdout)).toMatchObject({ status: 'previewed' });
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('takes a file, and the next command says what it said', () => {
		const cwd = makeTree(PROJECT);
		const file = join(makeTree({}), 'options.json');
		writeFileSync(file, JSON.stringify({ command: 'add', keyPrefix: 'mine', dryRun: true }));
		const ran = withStdin(['add', 'database', 'redis', '--json', '--input', file], cwd, '');
		const { next, status } = JSON.parse(ran.stdout);
		expect(status).toBe('previewed');
		expect(next.command).toContain('--key-prefix mine');
		expect(next.command).not.toContain('--input');
	});

	it.each([
		['{ "command": "add", "adapter": canary }', /is not JSON: see line 1/],
		['{ "command": "add", "packageManager": "canary" }', /at \/packageManager: expected "npm"/],
		['"canary"', /at its root/],
		['', /is not JSON/],
	])('refuses %s, changes nothing and repeats no value', (text, place) => {
		const cwd = makeTree(PROJECT);
		const ran = withStdin(['add', 'database', 'redis', '--json', '--input', '-'], cwd, text);
		const document = JSON.parse(ran.stdout);
		checkDocument(document);
		expect(document.error).toMatchObject({ code: 'BAD_INPUT' });
		expect(document.error.message).toMatch(place);
		expect(ran.stdout + ran.stderr).not.toContain('canary');
		expect(ran.status).toBe(2);
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('answers in JSON where the document asks for it, also where it does not fit', () => {
		for (const [command, json, isJson] of [
			['add', true, true],
			['list', true, true],
			['verify', true, true],
			['add', 'yes', false],
		] as const) {
			const text = JSON.stringify({ command, json, dryRun: 'no' });
			const ran = withStdin([command, '--input', '-'], makeTree({}), text);
			expect([ran.status, ran.stdout !== '']).toEqual([2, isJson]);
			if (!isJson) continue;
			checkDocument(JSON.parse(ran.stdout));
			expect(JSON.parse(ran.stdout).error).toMatchObject({ code: 'BAD_INPUT' });
		}
	});

	it('tells what does not fit beside words that are refused', () => {
		const text = JSON.stringify({ command: 'add', json: true, adapter: 7 });
		const ran = withStdin(['add', '--bogus', '--input', '-'], makeTree({}), text);
		const document = JSON.parse(ran.stdout);
		checkDocument(document);
		const codes = document.error.reasons.map(({ code }: { code: string }) => code);
		expect(codes).toEqual(['BAD_USAGE', 'BAD_INPUT']);
		const fit = JSON.stringify({ command: 'add', json: true });
		const refused = withStdin(['add', '--bogus', '--input', '-'], makeTree({}), fit);
		expect(JSON.parse(refused.stdout).error).toMatchObject({ code: 'BAD_USAGE' });
	});

	it('refuses a file that is not there', () => {
		const cwd = makeTree(PROJECT);
		const ran = withStdin(['remove', '--json', '--input', 'gone.json'], cwd, '');
		expect(JSON.parse(ran.stdout).error).toMatchObject({ code: 'BAD_INPUT' });
	});
});
