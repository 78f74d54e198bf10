#!/bin/sh
# maxmemory is used up and maxmemory-policy is noeviction, and old keys are deleted to make room, in a transaction, as a store removes what belongs together. Guess: what frees memory, and what only reads,
# is allowed there as it is outside of a transaction: DEL, UNLINK, LTRIM and GET are no commands that use memory.
# Seen with redis 5.12.1: Valkey 8.0.1 does so. Redis 7.0.15 refuses whatever is put behind MULTI, a GET too, with OOM, so that nothing of the transaction is done, while the same commands alone, in
# a pipeline or in a script are done. A job that is to free memory by transactions works as long as there is no need for it.
# Needs redis-server and valkey-server (Debian 12: apt-get install redis-server; apt-get install -t bookworm-backports valkey-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis@5.12.1 >/dev/null
cat > look.mjs <<'JS'
import { execFileSync, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { createClient } from 'redis';
const freePort = () => new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const up = (port) => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up(port)), 50)); });
const started = [];
const said = (promise) => promise.then((answer) => JSON.stringify(answer), (error) => `rejected (${/OOM|EXECABORT/.exec(String(error.message))?.[0] ?? error.message})`);
try {
	for (const kind of ['redis', 'valkey']) {
		const port = await freePort();
		started.push(spawn(`${kind}-server`, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--maxmemory-policy', 'noeviction'], { stdio: 'ignore' }));
		await up(port);
		const client = await createClient({ url: `redis://127.0.0.1:${port}` }).on('error', () => {}).connect();
		for (const key of ['a', 'b', 'c', 'd', 'e', 'f', 'g']) await client.set(key, '1');
		await client.configSet('maxmemory', '1');
		const version = execFileSync(`${kind}-server`, ['--version'], { encoding: 'utf8' }).match(/v=([\d.]+)/)[1];
		console.log(`${kind} ${version}: ${[
			`SET ${await said(client.set('z', '1'))}`,
			`DEL ${await said(client.del('a'))}`,
			`in a pipeline ${await said(client.multi().del('b').del('c').execAsPipeline())}`,
			`in a script ${await said(client.eval("return redis.call('DEL', KEYS[1])", { keys: ['d'] }))}`,
			`in a transaction ${await said(client.multi().del('e').del('f').exec())}`,
			`GET in a transaction ${await said(client.multi().get('g').exec())}`,
		].join(', ')}`);
		client.destroy();
	}
} finally {
	for (const server of started) server.kill('SIGKILL');
}
JS
node look.mjs | tee seen
cmp - seen <<'END'
redis 7.0.15: SET rejected (OOM), DEL 1, in a pipeline [1,1], in a script 1, in a transaction rejected (OOM), GET in a transaction rejected (OOM)
valkey 8.0.1: SET rejected (OOM), DEL 1, in a pipeline [1,1], in a script 1, in a transaction [1,1], GET in a transaction ["1"]
END
