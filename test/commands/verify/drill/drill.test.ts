// Whole drills, on projects made by the generator, with real servers and the adapter of this repository.
import { readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import { checkIdsOf } from '../../../../src/commands/verify/drill/checks.ts';
import { PROJECT } from '../../../project.ts';
import { pinned } from '../../../tools.ts';
import {
	drill,
	drillProject,
	generated,
	NODE22,
	prepare,
	program,
	scripts,
	startBystander,
} from './project.ts';

beforeAll(prepare);

/** Checks whose words depend on the machine. */
const NAMES_A_PLACE = ['drill.node', 'drill.server'];
const CHECK_IDS = checkIdsOf('2.x');
const ALL_PASS = Object.fromEntries(CHECK_IDS.map((id) => [id, 'pass']));

/** With `everysec` a server that waits for its disk may not have written the last second: how much of it is left is chance. */
function exceptLastSecond(text: string): string {
	return text.replace(/(just before the server was killed, )[^;\n]*;/, '$1…;');
}

describe('a drill on a generated project', () => {
	it.each([
		['redis', 'redis'],
		['valkey', 'redis6'],
	] as const)(
		'passes with %s and the client %s, and leaves nothing behind',
		async (server, client) => {
			const text = (PROJECT['package.json'] ?? '').replace(
				'"@flue/runtime"',
				`"redis": "${pinned(client)}",\n    "@flue/runtime"`,
			);
			const own = { ...PROJECT, 'package.json': text };
			const root = await drillProject(server, {}, { own, client });
			const installed = readFileSync(join(root, 'node_modules/redis/package.json'), 'utf8');
			expect(JSON.parse(installed).version).toBe(pinned(client));
			const ran = await drill(root, { server });
			expect(ran.statuses, ran.output).toEqual(ALL_PASS);
			expect(ran.checks.map(({ id }) => id)).toEqual(CHECK_IDS);
			expect(ran.of('drill.server').message).toContain(`${server}-server`);
			expect(ran.of('drill.restart').message).toContain('12 of 12 records');
			expect(ran.of('drill.loss.nothing').message).toContain('everything is lost');
			expect(ran.left).toEqual([]);
			const page = exceptLastSecond(readFileSync('docs/drill.md', 'utf8'));
			for (const { id, message } of ran.checks.filter(({ id }) => !NAMES_A_PLACE.includes(id)))
				expect(page).toContain(`  pass     ${id.padEnd(23)}  ${exceptLastSecond(message)}`);
		},
	);

	it('never reaches the configured server, whose address is in .env, in the shell and under another name', async () => {
		const bystander = await startBystander();
		const env = `REDIS_URL=${bystander.address}\nCACHE_URL=${bystander.address}\nTOKEN=canary-token\n`;
		const other = `import './cache.ts';\n`;
		const root = await drillProject('redis', { '.env': env });
		const cache = `import { createClient } from 'redis';\nconst client = createClient({ url: process.env.CACHE_URL });\nawait client.connect();\nawait client.set('flue:canary', '1');\nawait client.del('flue:canary');\nclient.destroy();\n`;
		writeFileSync(join(root, 'src/cache.ts'), cache);
		writeFileSync(join(root, 'src/db.ts'), other + generated(root));
		const ran = await drill(root, { env: { REDIS_URL: bystander.address } });
		expect(ran.statuses).toEqual(ALL_PASS);
		expect(await bystander.connections()).toBe(0);
		expect(await bystander.ask('DBSIZE')).toBe(0);
		expect(ran.output).not.toContain('canary');
	});

	it.each(['.js', ''])('follows imports that end in "%s", and a config module', async (end) => {
		const own = {
			...PROJECT,
			'tsconfig.json': '{ "compilerOptions": { "module": "NodeNext" } }\n',
			'src/config.ts':
				'export const config = {\n\tredisUrl: process.env.REDIS_URL,\n\ttoken: process.env.TOKEN,\n};\n',
			'src/agents/hello.ts': `import { config } from '../config${end}';\nexport const token = config.token;\n`,
		};
		const root = await drillProject('redis', {}, { own });
		expect(generated(root)).toContain(`from './config${end}'`);
		expect((await drill(root)).statuses).toEqual(ALL_PASS);
	});

	it('passes with the reconnecting listener, a key prefix and a server of the other kind', async () => {
		const root = await drillProject(
			'redis',
			{},
			{ add: ['--reconnect', '--key-prefix', 'shop:a'] },
		);
		const path = scripts({});
		symlinkSync(program('valkey-server'), join(path, 'valkey-server'));
		const ran = await drill(root, { path: `${path}:${NODE22}` });
		expect(ran.statuses).toEqual({ ...ALL_PASS, 'drill.server': 'warn' });
		expect(ran.of('drill.server').message).toContain('valkey-server');
	});
});

describe('a drill on a named server', () => {
	it('writes to an empty database, kills nothing, and deletes what it wrote', async () => {
		const root = await drillProject('redis', {}, { add: ['--key-prefix', 'shop:a'] });
		const bystander = await startBystander();
		const ran = await drill(root, { url: `${bystander.address}/3` });
		expect(ran.statuses).toMatchObject({
			'drill.server': 'pass',
			'drill.restart': 'pass',
			'drill.loss.aof-always': 'skipped',
			'drill.clean': 'pass',
		});
		expect(ran.of('drill.clean').message).toMatch(/^[1-9]\d* keys were deleted again/);
		await bystander.ask('SELECT', 3);
		expect(await bystander.ask('DBSIZE')).toBe(0);
		expect(ran.output).not.toContain('canary');
	});

	it('refuses a database that is not empty, and leaves it as it is', async () => {
		const root = await drillProject();
		const bystander = await startBystander();
		await bystander.ask('SET', 'flue:theirs', '1');
		const ran = await drill(root, { url: bystander.address });
		expect(ran.statuses).toMatchObject({ 'drill.server': 'fail', 'drill.load': 'skipped' });
		expect(await bystander.ask('KEYS', '*')).toEqual(['flue:theirs']);
		expect(ran.output).not.toContain('canary');
	});

	it('leaves what somebody else writes meanwhile, and lets no second drill in', async () => {
		const root = await drillProject();
		const text = generated(root).replace('export default redis(', 'const adapter = redis(');
		const writing = `${text}export default { ...adapter, async connect() { await client.set('flue:theirs', '1'); return adapter.connect(); } };\n`;
		writeFileSync(join(root, 'src/db.ts'), writing);
		const bystander = await startBystander();
		const both = await Promise.all([1, 2].map(() => drill(root, { url: bystander.address })));
		const servers = both.map(({ statuses }) => statuses['drill.server']).sort();
		expect(servers).toEqual(['fail', 'pass']);
		const refused = both.find(({ statuses }) => statuses['drill.server'] === 'fail');
		expect(refused?.of('drill.server').message).toContain('in use by another drill');
		const cleaned = both.find(({ statuses }) => statuses['drill.server'] === 'pass');
		expect(cleaned?.of('drill.clean')).toMatchObject({ status: 'warn' });
		expect(await bystander.ask('KEYS', '*')).toEqual(['flue:theirs']);
	});

	it('does not let a db.ts write that chooses another database than the empty one', async () => {
		const root = await drillProject();
		const text = generated(root).replace('REDIS_URL', 'REDIS_URL, database: 5');
		writeFileSync(join(root, 'src/db.ts'), text);
		const bystander = await startBystander();
		const ran = await drill(root, { url: bystander.address });
		expect(ran.statuses).toMatchObject({ 'drill.connect': 'fail', 'drill.clean': 'pass' });
		await bystander.ask('SELECT', 5);
		expect(await bystander.ask('DBSIZE')).toBe(0);
	});

	it.each([
		['redis://:canary-wrong@127.0.0.1:PORT', 'WRONGPASS'],
		['redis://canary-user:canary-wrong@127.0.0.1:1', 'ECONNREFUSED'],
		['redis://:canary@wrong@@[', 'is not an address'],
		['redis://canary#x@127.0.0.1:PORT', 'percent-encoded'],
		['redis://canary?x@127.0.0.1:PORT', 'percent-encoded'],
	])('says why %s cannot be used, without its password', async (url, reason) => {
		const root = await drillProject();
		const bystander = await startBystander();
		const ran = await drill(root, { url: url.replace('PORT', `${bystander.port}`) });
		expect(ran.of('drill.server')).toMatchObject({ status: 'fail' });
		expect(ran.of('drill.server').message).toContain(reason);
		expect(ran.output).not.toContain('canary');
	});

	it('deletes what it wrote also when its db.ts fails half-way', async () => {
		const root = await drillProject();
		const text = generated(root).replace('export default redis(', 'const adapter = redis(');
		const broken = `${text}export default { ...adapter, async connect() { throw new Error('canary'.length + ' broken'); } };\n`;
		writeFileSync(join(root, 'src/db.ts'), broken);
		const bystander = await startBystander();
		const ran = await drill(root, { url: bystander.address });
		expect(ran.statuses).toMatchObject({ 'drill.migrate': 'fail', 'drill.clean': 'pass' });
		expect(await bystander.ask('DBSIZE')).toBe(0);
	});
});
