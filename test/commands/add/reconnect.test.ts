// The db.ts of --reconnect, with a real primary, its replica and a promotion: a connection that leads to what is a replica now, and
// one whose other end is gone without a word, are made again.
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, renameSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { it, onTestFinished } from 'vitest';
import { until } from '../../../adapter/test/patience.ts';
import { startProxy } from '../../../adapter/test/proxy.ts';
import { type ServerKind, startServer } from '../../../adapter/test/servers.ts';
import { blueprint as redis } from '../../../src/blueprints/redis.ts';
import { listAdapterCopies } from '../../../src/package/bundled-adapter.ts';
import { ownPath } from '../../../src/package/own-path.ts';
import { readTemplate } from '../../../src/package/template.ts';
import { renderDb } from '../../../src/plan/render.ts';
import { CANONICAL_STYLE } from '../../../src/plan/style-text.ts';
import { node22 } from '../../node22.ts';
import { makeTree } from '../../tree.ts';
import { tell } from '../verify/servers.ts';

/** Asks again and again, and says what came of it when that is another thing than before. */
const PROGRAM = `import db from './db.ts';
await db.migrate();
const { submissionStore } = await db.connect();
let last = '';
for (let n = 0; ; n += 1) {
	const begun = Date.now();
	const waited = () => Date.now() - begun > 4000;
	const told = await submissionStore.renewLeases('nobody', ['none']).then(() => waited() ? 'made again' : 'taken', (error) => 'refused: ' + error.message);
	if (told !== last) console.log(told);
	last = told;
	await new Promise((resume) => setTimeout(resume, 20));
}
`;

/** A project with the db.ts, a client and the packed adapter. */
function makeProject(client: string): string {
	const text = renderDb(readTemplate(redis), {
		blueprint: redis,
		variable: 'REDIS_URL',
		module: null,
		keyPrefix: 'shop',
		inspectServer: true,
		reconnect: true,
		style: CANONICAL_STYLE,
	});
	const root = makeTree({
		'db.ts': text,
		'main.ts': PROGRAM,
		'package.json': '{ "type": "module" }\n',
	});
	const modules = join(root, 'node_modules');
	mkdirSync(join(modules, '@flue'), { recursive: true });
	symlinkSync(resolve('node_modules', client), join(modules, 'redis'), 'junction');
	const runtime = resolve('adapter/node_modules/@flue/runtime');
	symlinkSync(runtime, join(modules, '@flue/runtime'), 'junction');
	const [copy] = listAdapterCopies();
	const file = ownPath(`dist/adapter/${copy?.file}`);
	execFileSync('tar', ['-xzf', file, '-C', join(modules, '@flue')]);
	renameSync(join(modules, '@flue/package'), join(modules, '@flue/redis'));
	return root;
}

function runProgram(client: string, url: string) {
	const flags = ['--experimental-strip-types', '--no-warnings'];
	const child = spawn(node22(), [...flags, 'main.ts'], {
		cwd: makeProject(client),
		env: { PATH: process.env.PATH, REDIS_URL: url },
		stdio: ['ignore', 'pipe', 'pipe'],
	});
	onTestFinished(() => void child.kill('SIGKILL'));
	let said = '';
	for (const stream of [child.stdout, child.stderr])
		stream.setEncoding('utf8').on('data', (text) => {
			said += text;
		});
	/** Waits for a line that begins so, behind the ones that were waited for. */
	return async (line: string) => {
		const behind = await until(
			() => `${line}:\n${said}`,
			() => {
				if (child.exitCode !== null) throw new Error(`The program ended:\n${said}`);
				return said.includes(line) ? said.indexOf(line) + line.length : undefined;
			},
		);
		said = said.slice(behind);
	};
}

async function start(kind: ServerKind, settings: Record<string, string> = {}) {
	const server = await startServer(kind, settings);
	onTestFinished(() => server.stop());
	return { port: server.port, tell: (...words: string[]) => tell(server.port, words) };
}

async function failOver(client: string, kind: ServerKind): Promise<void> {
	const old = await start(kind, { 'repl-diskless-sync-delay': '0' });
	const next = await start(kind, { replicaof: `127.0.0.1 ${old.port}` });
	await until('the replica', async () =>
		String(await old.tell('INFO', 'replication')).includes('state=online'),
	);
	const proxy = await startProxy(old.port);
	onTestFinished(proxy.stop);
	const heard = runProgram(client, `redis://127.0.0.1:${proxy.port}`);
	await heard('taken');
	await next.tell('REPLICAOF', 'NO', 'ONE');
	proxy.redirect(next.port);
	await old.tell('REPLICAOF', '127.0.0.1', String(next.port));
	await heard('refused: [flue] The server is a read-only replica.');
	await heard('taken');
	proxy.strand();
	// The request that was under way is made over the new connection.
	await heard('made again');
	await heard('taken');
}

it('redis 5 on Redis and redis 6 on Valkey', async () => {
	// At once: each waits for the seconds that db.ts names.
	await Promise.all([failOver('redis', 'redis'), failOver('redis6', 'valkey')]);
});
