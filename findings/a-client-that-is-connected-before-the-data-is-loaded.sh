#!/bin/sh
# A server is started again and reads its data, which takes it some seconds; a client connects meanwhile and reads a key. Guess: it is connected when the server
# can answer, or waits with the command until then, as ioredis 6.0.0 and iovalkey 0.4.0 do.
# Seen with redis 5.12.1, redis 6.3.1 and @valkey/valkey-glide 2.5.2: connect() resolves, and the first command is rejected with LOADING. Who connects at
# its start and exits on an error does not outlast a restart of the server, although it waited for the connection.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { GlideClient } from '@valkey/valkey-glide';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { createClient as createClient5 } from 'redis5';
import { createClient as createClient6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
let server;
const start = (...more) => { server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', ...more], { stdio: 'ignore' }); return up(); };
const end = (signal) => new Promise((done) => { server.once('exit', done); server.kill(signal); });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const official = (create) => async () => { const client = create({ url: `redis://127.0.0.1:${port}` }).on('error', () => {}); await client.connect(); return [client, () => client.destroy()]; };
const other = (Client) => async () => { const client = new Client({ port }).on('error', () => {}); return [client, () => client.disconnect()]; };
const glide = async () => { const client = await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port }], requestTimeout: 5000 }); return [client, () => client.close()]; };
const clients = {
	'redis 5.12.1': official(createClient5),
	'redis 6.3.1': official(createClient6),
	'glide 2.5.2': glide,
	'ioredis 6.0.0': other(Redis),
	'iovalkey 0.4.0': other(Valkey),
};
try {
	await start();
	const filler = createClient5({ url: `redis://127.0.0.1:${port}` }).on('error', () => {});
	await filler.connect();
	await Promise.all(Array.from({ length: 4000 }, (_, i) => filler.set(`k${i}`, 'x')));
	await filler.sendCommand(['SAVE']);
	filler.destroy();
	for (const [name, open] of Object.entries(clients)) {
		await end('SIGKILL');
		// Stands for much data: a millisecond for each key.
		await start('--save', '', '--key-load-delay', '1000', '--loading-process-events-interval-bytes', '1024');
		const said = await open().then(async ([client, close]) => {
			const read = await client.get('k1').then((value) => `reads ${value}`, (error) => (/loading/i.test(error.message) ? 'rejected, LOADING' : error.message));
			close();
			return `connected, ${read}`;
		}, () => 'not connected');
		console.log(`${name}: ${said}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^[a-z]+ [0-9.]+: ' | tee seen
printf '%s\n' 'redis 5.12.1: connected, rejected, LOADING' 'redis 6.3.1: connected, rejected, LOADING' 'glide 2.5.2: connected, rejected, LOADING' \
	'ioredis 6.0.0: connected, reads x' 'iovalkey 0.4.0: connected, reads x' | cmp - seen
