// `flue mcp` as the inspector of the protocol sees it from a command line: the program of others, with no code of ours between.
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { node22 } from '../node22.ts';
import { BIN, cleanEnvironment } from '../program.ts';
import { PROJECT } from '../project.ts';
import { checkDocument } from '../schema.ts';
import { INSPECTOR, tool } from '../tools.ts';
import { makeTree, readTree } from '../tree.ts';

/** What one call prints, and how it ends. Each is a conversation of its own. */
function inspect(cwd: string, method: string, ...more: string[]) {
	const folder = tool('@modelcontextprotocol/inspector', INSPECTOR);
	const program = join(folder, 'clients/launcher/build/index.js');
	const args = [program, '--cli', process.execPath, BIN, 'mcp', '--method', method, ...more];
	// It ends with a status of its own where a tool answers with an error.
	return JSON.parse(
		spawnSync(node22(), args, { cwd, env: cleanEnvironment(), encoding: 'utf8' }).stdout,
	);
}

function call(cwd: string, name: string, values: Record<string, unknown>) {
	const said = Object.entries(values).flatMap(([key, value]) => ['--tool-arg', `${key}=${value}`]);
	const answer = inspect(cwd, 'tools/call', '--tool-name', name, ...said);
	const { plan, document } = answer.structuredContent;
	checkDocument(document);
	return { isError: answer.isError === true, plan, document };
}

const ADD = { command: 'add', kind: 'database', name: 'redis' };

test('it lists the tools, and plans without a change', () => {
	const cwd = makeTree(PROJECT);
	const { tools } = inspect(cwd, 'tools/list');
	expect(tools.map(({ name }: { name: string }) => name)).toEqual([
		'plan',
		'apply',
		'list',
		'verify',
	]);
	const before = readTree(cwd);
	const planned = call(cwd, 'plan', { ...ADD, install: false });
	expect(planned).toMatchObject({ isError: false, document: { status: 'previewed' } });
	expect(planned.plan).toMatch(/^plan-/);
	expect(call(cwd, 'list', {}).document).toMatchObject({ command: 'list', status: 'listed' });
	expect(readTree(cwd)).toEqual(before);
});

test('a plan of another conversation is none', () => {
	const cwd = makeTree(PROJECT);
	const { plan } = call(cwd, 'plan', { ...ADD, install: false });
	const before = readTree(cwd);
	expect(call(cwd, 'apply', { plan })).toMatchObject({ isError: true });
	expect(readTree(cwd)).toEqual(before);
});
