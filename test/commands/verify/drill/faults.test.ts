// What a drill has to notice: stores that forget, addresses that are not its own, servers that do not keep, db.ts files that do not run.
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { blueprint as redis } from '../../../../src/blueprints/redis.ts';
import { blueprint as valkey } from '../../../../src/blueprints/valkey.ts';
import { findServer } from '../../../../src/commands/verify/drill/programs.ts';
import { node22 } from '../../../node22.ts';
import {
	type Drilled,
	drill,
	drillProject,
	generated,
	NODE22,
	PATH,
	prepare,
	program,
	scripts,
	startBystander,
} from './project.ts';

beforeAll(prepare);

/** A project whose db.ts is what is made of the generated one. */
async function projectWith(
	change: (text: string) => string,
	files: Record<string, string> = {},
): Promise<string> {
	const env = 'TOKEN=canary-token\nPLAIN=canary-plain\nREDIS_URL=\n';
	const root = await drillProject('redis', { '.env': env, ...files });
	writeFileSync(join(root, 'src/db.ts'), change(generated(root)));
	return root;
}

/** The first check that failed; what is behind it was not reached, but for the cleaning. */
function firstFailure(ran: Drilled): { id: string; message: string; hint: string | null } {
	const at = ran.checks.findIndex(({ status }) => status === 'fail');
	const rest = ran.checks.slice(at + 1, -1);
	expect(rest.filter(({ status }) => status !== 'skipped')).toEqual([]);
	expect(ran.left).toEqual([]);
	expect(ran.output).not.toMatch(/canary/i);
	const { id, message, hint } = ran.checks[at] ?? { id: 'none', message: '', hint: null };
	return { id, message, hint };
}

const FORGETS = `
import { InMemoryAttachmentStore, InMemoryConversationStreamStore } from '@flue/runtime/adapter';
const rows = new Map();
const submissionStore = {
  async admitDirect(input) {
    rows.set(input.submissionId, { submissionId: input.submissionId, status: 'queued', input, canonicalReadyAt: null });
    return rows.get(input.submissionId);
  },
  async markSubmissionCanonicalReady(id) { return Object.assign(rows.get(id), { canonicalReadyAt: 1 }); },
  async getSubmission(id) { return rows.get(id) ?? null; },
  async listRunnableSubmissions() { return [...rows.values()]; },
};
const forgetting = {
  submissionStore,
  attachmentStore: new InMemoryAttachmentStore(),
  conversationStreamStore: new InMemoryConversationStreamStore(),
};
`;
const asAdapter = (text: string): string =>
	text.replace('export default redis(', 'const adapter = redis(');

describe('stores', () => {
	it('that forget fail the restart', async () => {
		const root = await projectWith(
			(text) =>
				`${FORGETS}${asAdapter(text)}export default { ...adapter, connect: () => forgetting };\n`,
		);
		const { id, message } = firstFailure(await drill(root));
		expect(id).toBe('drill.restart');
		expect(message).toContain('0 of 12 records, no submission, no attachment');
	});

	it('of which only the attachments forget fail the restart too', async () => {
		const root = await projectWith(
			(text) =>
				`${FORGETS}${asAdapter(text)}export default { ...adapter, connect: async () => ({ ...(await adapter.connect()), attachmentStore: forgetting.attachmentStore }) };\n`,
		);
		const { id, message } = firstFailure(await drill(root));
		expect(id).toBe('drill.restart');
		expect(message).toContain('12 of 12 records, the submission still runnable, no attachment');
	});

	it('that do not use the connection are not written to', async () => {
		const root = await projectWith(
			(text) =>
				`${FORGETS}${asAdapter(text)}void adapter;\nexport default { connect: () => forgetting };\n`,
		);
		const { id, message } = firstFailure(await drill(root));
		expect(id).toBe('drill.migrate');
		expect(message).toContain('asked nothing of it');
	});

	it('without any connection are not written to', async () => {
		const root = await projectWith(
			() => `${FORGETS}export default { connect: () => forgetting };\n`,
		);
		expect(firstFailure(await drill(root))).toMatchObject({ id: 'drill.connect' });
	});

	it('in a file of the project are not migrated', async () => {
		const root = await projectWith(
			() =>
				`import { sqlite } from '@flue/runtime/node';\nexport default sqlite('./data/flue.db');\n`,
		);
		expect(firstFailure(await drill(root))).toMatchObject({ id: 'drill.connect' });
	});
});

describe('a db.ts with another address', () => {
	const url = (address: string) => (text: string) =>
		text.replace('process.env.REDIS_URL', JSON.stringify(address));

	it.each<[string, (address: string) => (text: string) => string]>([
		['in its text', url],
		[
			'in its text, retried for ever',
			(address) => (text) =>
				url(address)(text).replace(
					'await client.connect',
					"client.on('error', () => {});\nawait client.connect",
				),
		],
		[
			'given as host and port',
			(address) => (text) => {
				const { port, password } = new URL(address);
				return text.replace(
					'url: process.env.REDIS_URL',
					`password: '${password}', socket: { host: '127.0.0.1', port: ${port} }`,
				);
			},
		],
		['for TLS', (address) => url(address.replace('redis:', 'rediss:'))],
		[
			'that it restores into the variable',
			(address) => (text) =>
				text.replace('const client', `process.env.REDIS_URL = '${address}';\nconst client`),
		],
	])('%s is refused before a byte is sent', async (_, change) => {
		const bystander = await startBystander();
		const root = await projectWith(change(bystander.address));
		const { id, message, hint } = firstFailure(await drill(root));
		expect(id).toBe('drill.connect');
		expect(message).toContain(`127.0.0.1:${bystander.port}`);
		expect(hint).toContain('REDIS_URL');
		expect(await bystander.connections()).toBe(0);
		expect(await bystander.ask('DBSIZE')).toBe(0);
	});

	it('of which nobody heard is refused: the default of the client', async () => {
		const root = await projectWith((text) => text.replace('{ url: process.env.REDIS_URL }', ''));
		const { id, message } = firstFailure(await drill(root));
		expect(id).toBe('drill.connect');
		expect(message).toMatch(/(localhost|127\.0\.0\.1):6379/);
	});

	it.each<[string, (port: number) => string]>([
		[
			'a thread',
			(port) =>
				`import { once } from 'node:events';\nimport { Worker } from 'node:worker_threads';\nawait once(new Worker("require('node:net').connect(${port}, '127.0.0.1').on('error', () => {})", { eval: true }), 'exit');\n`,
		],
		['fetch', (port) => `await fetch('http://127.0.0.1:${port}/').catch(() => {});\n`],
		[
			'a socket of its own',
			(port) =>
				`import { Socket } from 'node:net';\nnew Socket().connect({ port: ${port}, host: '127.0.0.1' }).on('error', () => {});\n`,
		],
		[
			'a thread with an environment of its own',
			(port) =>
				`import { Worker } from 'node:worker_threads';\nconst code = "require('node:net').connect(${port}, '127.0.0.1').on('error', () => {})";\nconst thread = new Worker(code, { eval: true, env: { A: '1' } });\nawait new Promise((done) => thread.once('exit', done));\n`,
		],
	])('cannot reach it through %s either', async (_, text) => {
		const bystander = await startBystander();
		// It stops there, for the test to be short.
		const stop = `export default { ...adapter, migrate() { throw new Error('enough'); } };
`;
		const root = await projectWith((rest) => text(bystander.port) + asAdapter(rest) + stop);
		expect(firstFailure(await drill(root))).toMatchObject({ id: 'drill.migrate' });
		expect(await bystander.connections()).toBe(0);
	});

	it.each([
		[
			'waited for',
			`import { execSync } from 'node:child_process';\nexecSync('redis-cli -p PORT ping');\n`,
		],
		[
			'let go',
			`import { spawn } from 'node:child_process';\nspawn('sleep', ['60'], { detached: true }).unref();\n`,
		],
	])('cannot start a program that is %s', async (_, text) => {
		const bystander = await startBystander();
		const started = text.replace('PORT', `${bystander.port}`);
		const root = await projectWith((rest) => started + rest);
		const { id, message } = firstFailure(await drill(root));
		expect(id).toBe('drill.load');
		expect(message).toContain('a drill lets db.ts start no programs');
		expect(await bystander.connections()).toBe(0);
	});

	it.each([
		['', `import { connect } from 'node:net';\nconnect(4318, 'telemetry.invalid');\n`],
		[
			'udp ',
			`import { createSocket } from 'node:dgram';\nconst socket = createSocket('udp4');\nsocket.send('x', 4318, 'telemetry.invalid', () => socket.close());\n`,
		],
	])('beside the right one is a warning that names it: %s', async (kind, text) => {
		const ran = await drill(await projectWith((rest) => text + rest));
		expect(ran.of('drill.connect').status).toBe('warn');
		expect(ran.of('drill.connect').message).toContain(`${kind}telemetry.invalid:4318`);
		expect(ran.of('drill.loss.nothing').status).toBe('pass');
	});
});

it('a db.ts that throws from a timer, when it has long loaded, is noticed', async () => {
	const late = `setTimeout(() => { throw new Error('late redis://:canary@h'); }, 1500);\n`;
	const { id, message } = firstFailure(await drill(await projectWith((text) => late + text)));
	// Whichever it is doing at that moment.
	expect(id).toMatch(/^drill\.(load|migrate|restart)$/);
	expect(message).toContain('late');
});

describe('a db.ts that does not run', () => {
	it.each<[string, string | ((text: string) => string), RegExp, RegExp]>([
		[
			'throws an address',
			`throw new Error('no redis://user:canary@db.example:6379/0');\n`,
			/db\.example/,
			/Mend src\/db\.ts/,
		],
		[
			'throws a variable of .env',
			`throw new Error('bad token ' + process.env.TOKEN + ' or ' + process.env.PLAIN);\n`,
			/bad token \*\*\* or \*\*\*/,
			/Mend/,
		],
		['throws an object', `throw { password: 'canary' };\n`, /does not load/, /Mend/],
		[
			'throws in passing',
			`setTimeout(() => { throw new Error('late redis://:canary@h'); });\nawait new Promise(() => {});\nexport default {};\n`,
			/late/,
			/Mend/,
		],
		['ends the process', `process.exit(3);\n`, /ended by itself \(3\)/, /process\.exit/],
		[
			'is no address',
			(text) => text.replace('process.env.REDIS_URL', `'redis://:canary@:bad'`),
			/Invalid URL/,
			/Mend/,
		],
		[
			'lacks a package',
			`import 'no-such-package';\n`,
			/no-such-package.*ERR_MODULE_NOT_FOUND|ERR_MODULE_NOT_FOUND/,
			/install of your package manager.*alias/,
		],
		['imports by an alias', `import '@/config';\n`, /@\/config/, /relative path/],
		['has an enum', `enum A { B }\nexport default A;\n`, /enum/, /erasableSyntaxOnly/],
		['is no TypeScript', `export default redis({;\n`, /does not load/, /Mend/],
		[
			'imports a type as a value',
			`import { RedisRunner } from '@flue/redis';\nexport default null as unknown as RedisRunner;\n`,
			/RedisRunner/,
			/import type/,
		],
		['exports nothing', `export const a = 1;\n`, /default export/, /export default redis/],
	])('is told apart: it %s', async (_, given, message, hint) => {
		const root = await projectWith((text) => (typeof given === 'string' ? given : given(text)));
		const failure = firstFailure(await drill(root));
		expect(failure.id).toBe('drill.load');
		expect(failure.message).toMatch(message);
		expect(failure.hint).toMatch(hint);
	});

	it('says what migrate() says, and which stores are too old', async () => {
		const fails = await projectWith(
			(text) =>
				`${asAdapter(text)}export default { ...adapter, migrate() { throw new Error('redis://:canary@h says no'); } };\n`,
		);
		expect(firstFailure(await drill(fails))).toMatchObject({ id: 'drill.migrate' });
		const beta = await projectWith(
			(text) =>
				`${asAdapter(text)}export default { ...adapter, connect: () => ({ runStore: {} }) };\n`,
		);
		expect(firstFailure(await drill(beta)).message).toContain('Flue 2.x');
	});
});

describe('programs', () => {
	const server = `'${program('redis-server')}'`;
	const wrapper = (line: string, call = `exec ${server} "$1"`): string =>
		`#!/bin/sh\n[ "$1" = --version ] && exec ${server} --version\n${line}\n${call}\n`;
	const pathOf = (text: string): string => `${scripts({ 'redis-server': text })}:${PATH}`;

	it('a server without AOF loses what it should keep, and that is told', async () => {
		const path = pathOf(wrapper(`echo 'appendonly no' >> "$1"`));
		const ran = await drill(await drillProject(), { path });
		expect(ran.statuses).toMatchObject({
			'drill.restart': 'pass',
			'drill.loss.aof-always': 'fail',
			'drill.loss.aof-everysec': 'fail',
			'drill.loss.snapshots': 'pass',
			'drill.clean': 'pass',
		});
		expect(ran.of('drill.loss.aof-always').message).toContain(
			'0 of 12 records, no submission, no attachment',
		);
	});

	it('a server that keeps what it should not is told, and one behind a shell ends too', async () => {
		const keep = `printf 'appendonly yes\\nappendfsync always\\n' >> "$1"`;
		const path = pathOf(wrapper(keep, `${server} "$1"`));
		const ran = await drill(await drillProject(), { path });
		expect(ran.statuses).toMatchObject({
			'drill.loss.aof-always': 'pass',
			'drill.loss.nothing': 'fail',
			'drill.clean': 'pass',
		});
		expect(ran.left).toEqual([]);
	});

	it('a server that does not start is shown with its words', async () => {
		const ran = await drill(await drillProject(), {
			path: pathOf(wrapper('echo out of order; exit 1')),
		});
		expect(ran.of('drill.server')).toMatchObject({ status: 'fail' });
		expect(ran.of('drill.server').message).toContain('out of order');
	});

	it('a relative without a blueprint is taken where it is the only server', async () => {
		const folder = scripts({ 'redict-server': '#!/bin/sh\necho "Redict server v=7.3.6 sha=0"\n' });
		const found = await findServer(redis, [redis, valkey], { PATH: folder });
		expect(found).toMatchObject({ name: 'redict-server', version: '7.3.6', isWanted: false });
	});

	it('no server on PATH is a failure that says how to get one', async () => {
		const { id, hint } = firstFailure(await drill(await drillProject(), { path: NODE22 }));
		expect(id).toBe('drill.server');
		expect(hint).toContain('apt-get install redis-server');
	});

	it('no Node that Flue runs on is a failure that says so; one in the project is enough', async ({
		skip,
	}) => {
		skip(node22() === process.execPath, 'Flue runs on the very Node of these tests');
		const root = await drillProject();
		const path = scripts({});
		symlinkSync(program('redis-server'), join(path, 'redis-server'));
		const { id, message } = firstFailure(await drill(root, { path }));
		expect(id).toBe('drill.node');
		expect(message).toContain(process.versions.node);
		const bin = scripts({});
		symlinkSync(bin, join(root, 'node_modules/.bin'));
		symlinkSync(join(NODE22, 'node'), join(bin, 'node'));
		expect((await drill(root, { path })).of('drill.restart').status).toBe('pass');
	});
});
