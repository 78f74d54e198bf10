#!/bin/sh
# A script is run once with EVAL, 500 other texts are, and it is called by its digest. Guess: the server knows it until it is restarted or told SCRIPT FLUSH, as the
# one that was loaded with SCRIPT LOAD.
# Seen: Redis 7.0.15 knows it; Valkey 8.0.1 answers NOSCRIPT: of those that EVAL brought it keeps the 500 that were used last, and those of SCRIPT LOAD for good. Others on the
# server who put values into the text of their scripts are enough. What a transaction calls by digest is loaded with SCRIPT LOAD.
# Needs redis-server and valkey-server (Debian 12: apt-get install redis-server; apt-get install -t bookworm-backports valkey-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis@5.12.1 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { createHash } from 'node:crypto';
import { createClient } from 'redis';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const known = (client, text) => client.sendCommand(['EVALSHA', createHash('sha1').update(text).digest('hex'), '0']).then(() => 'known', (error) => error.message.split(' ')[0]);
for (const name of ['redis', 'valkey']) {
	const server = spawn(`${name}-server`, ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
	try {
		await up();
		const client = await createClient({ url: `redis://127.0.0.1:${port}` }).on('error', () => {}).connect();
		const said = [];
		for (const others of [400, 500]) {
			await client.sendCommand(['SCRIPT', 'FLUSH']);
			await client.sendCommand(['SCRIPT', 'LOAD', "return 'loaded'"]);
			await client.eval("return 'run'");
			for (let i = 0; i < others; i++) await client.eval(`return ${i}`);
			said.push(`after ${others}: run ${await known(client, "return 'run'")}, loaded ${await known(client, "return 'loaded'")}`);
		}
		console.log(`${name}: ${said.join('; ')}`);
		client.destroy();
	} finally {
		const ended = new Promise((done) => server.once('exit', done));
		server.kill('SIGKILL');
		await ended;
	}
}
JS
node look.mjs | tee seen
printf '%s\n' 'redis: after 400: run known, loaded known; after 500: run known, loaded known' \
	'valkey: after 400: run known, loaded known; after 500: run NOSCRIPT, loaded known' | cmp - seen
