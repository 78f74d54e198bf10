// `flue mcp`, as the SDK's own client and a client that goes away see it.
import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';
import { describe, expect, it, onTestFinished } from 'vitest';
import { until } from '../../adapter/test/patience.ts';
import { fakeManager } from '../fake-manager.ts';
import { BIN, cleanEnvironment } from '../program.ts';
import { PROJECT } from '../project.ts';
import { checkDocument } from '../schema.ts';
import { makeTree, readTree } from '../tree.ts';

const ADD = { command: 'add', kind: 'database', name: 'redis' };

/** A client whose conversation is kept, and which has asked for the tools: from then on it holds each answer to its schema. */
async function meet(cwd: string, more: string[] = []) {
	const transport = new StdioClientTransport({
		...{ command: process.execPath, args: [BIN, 'mcp', ...more], cwd, env: cleanEnvironment() },
		stderr: 'pipe',
	});
	const client = new Client({ name: 'test', version: '1.0.0' });
	const said: string[] = [];
	transport.stderr?.on('data', (part) => said.push(String(part)));
	await client.connect(transport);
	onTestFinished(() => client.close());
	const { tools } = await client.listTools();
	const call = async (name: string, values: Record<string, unknown>) => {
		const answer = await client.callTool({ name, arguments: values });
		said.push(JSON.stringify(answer));
		const { plan, document } = answer.structuredContent as {
			plan: string | null;
			// biome-ignore lint/suspicious/noExplicitAny: a document is looked into by tests alone
			document: any;
		};
		checkDocument(document);
		return { isError: answer.isError === true, plan, document };
	};
	return { tools, call, said };
}

describe('flue mcp', () => {
	it('plans, does what was planned, lists and verifies, and says no secret', async () => {
		const cwd = makeTree({ 'app/.keep': '', ...below('app', PROJECT) });
		const { tools, call, said } = await meet(cwd);
		expect(tools.map(({ name }) => name)).toEqual(['plan', 'apply', 'list', 'verify']);
		const before = readTree(cwd);
		const planned = await call('plan', { ...ADD, cwd: 'app', install: false });
		expect(planned).toMatchObject({ isError: false, document: { status: 'previewed' } });
		expect(readTree(cwd)).toEqual(before);
		const done = await call('apply', { plan: planned.plan });
		expect(done).toMatchObject({ isError: false, document: { status: 'applied' } });
		expect(readFileSync(join(cwd, 'app/src/db.ts'), 'utf8')).toContain('@flue/redis');
		const again = await call('plan', { ...ADD, cwd: 'app', install: false });
		expect(again).toMatchObject({ plan: null, document: { status: 'unchanged' } });
		const listed = await call('list', { cwd: join(cwd, 'app') });
		expect(listed.document.projects[0]).toMatchObject({ state: 'unchanged' });
		const verified = await call('verify', { cwd: 'app' });
		// Nothing is installed: checks fail, and the call does not.
		expect(verified).toMatchObject({ isError: false, document: { status: 'failed' } });
		expect(said.join('\n')).not.toContain('canary');
	});

	it('refuses a plan when anything changed in between, and leaves it so', async () => {
		const cwd = makeTree(PROJECT);
		const { call } = await meet(cwd);
		const { plan } = await call('plan', { ...ADD, install: false });
		writeFileSync(join(cwd, 'flue.config.ts'), "export default { target: 'node' }; //\n");
		const before = readTree(cwd);
		const done = await call('apply', { plan });
		expect(done).toMatchObject({ isError: true, document: { error: { code: 'CHANGED_ON_DISK' } } });
		expect(done.document.error.hint).not.toContain('--');
		expect(readTree(cwd)).toEqual(before);
	});

	it('tells what does not fit, what is open, and where it has no business', async () => {
		const cwd = makeTree({ ...PROJECT, 'src/db.ts': 'export default {};\n' });
		const { call } = await meet(cwd);
		const unfit: [string, object, string][] = [
			['plan', { ...ADD, replace: 'canary' }, '/replace'],
			['plan', { ...ADD, command: 'verify' }, '/command'],
			['plan', { ...ADD, command: 'remove', replace: true }, '/replace'],
			['plan', { ...ADD, planOut: 'canary' }, '/planOut'],
			['plan', { ...ADD, cwd: '..' }, '/cwd'],
			['plan', { ...ADD, cwd: makeTree(PROJECT) }, '/cwd'],
			['verify', { drill: true }, '/drill'],
			['list', { command: 'add' }, '/command'],
			['apply', { plan: 'plan-9' }, '/plan'],
		];
		for (const [name, values, place] of unfit) {
			const { isError, document } = await call(name, values as Record<string, unknown>);
			expect({ isError, code: document.error?.code }).toEqual({ isError: true, code: 'BAD_INPUT' });
			expect(document.error.message).toContain(`at ${place}:`);
			if (place === '/replace') expect(document.command).toBe((values as typeof ADD).command);
			expect(JSON.stringify(document)).not.toContain('canary');
		}
		const open = await call('plan', { ...ADD, install: false });
		expect(open).toMatchObject({ isError: true, plan: null });
		expect(open.document.error.reasons).toMatchObject([{ flag: '--replace' }]);
	});

	it('puts every file back when the client goes away in the middle of an install', async () => {
		const cwd = makeTree(PROJECT);
		const aside = makeTree({});
		const mark = join(aside, 'installing');
		const PATH = fakeManager(
			aside,
			'npm',
			`require('node:fs').writeFileSync(${JSON.stringify(mark)}, ''); setInterval(() => {}, 1000);`,
		);
		const before = readTree(cwd);
		const child = spawn(process.execPath, [BIN, 'mcp'], {
			cwd,
			env: cleanEnvironment({ PATH }),
			stdio: ['pipe', 'pipe', 'ignore'],
		});
		let said = '';
		child.stdout.on('data', (part) => {
			said += part;
		});
		const ended = new Promise((resolve) => child.on('close', resolve));
		const ask = (id: number, method: string, params: object) =>
			child.stdin.write(`${JSON.stringify({ jsonrpc: '2.0', id, method, params })}\n`);
		const capabilities = {};
		const clientInfo = { name: 'test', version: '1.0.0' };
		ask(1, 'initialize', { protocolVersion: '2025-06-18', capabilities, clientInfo });
		child.stdin.write('canary\n');
		ask(2, 'tools/call', { name: 'plan', arguments: ADD });
		await until('the plan', () => said.includes('"id":2'));
		ask(3, 'tools/call', { name: 'apply', arguments: { plan: 'plan-1' } });
		await until('the install', () => existsSync(mark));
		expect(readTree(cwd)).not.toEqual(before);
		child.stdin.end();
		expect(await ended).toBe(0);
		expect(readTree(cwd)).toEqual(before);
		const lines = said.trimEnd().split('\n');
		const answers = lines.map((line) => JSON.parse(line));
		expect(answers.map(({ jsonrpc }) => jsonrpc)).toEqual(['2.0', '2.0', '2.0', '2.0']);
		expect(answers).toContainEqual(
			expect.objectContaining({ id: null, error: expect.objectContaining({ code: -32700 }) }),
		);
		expect(said).not.toContain('canary');
		expect(said).toContain('CANCELLED');
	});
});

function below(folder: string, files: Record<string, string>): Record<string, string> {
	return Object.fromEntries(
		Object.entries(files).map(([path, text]) => [`${folder}/${path}`, text]),
	);
}
