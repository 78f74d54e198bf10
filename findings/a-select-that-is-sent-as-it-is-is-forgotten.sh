#!/bin/sh
# SELECT 1 is sent as a command of one's own words, the connection is killed, the client connects again by itself, and writes a second key. Guess: both keys
# are in database 1, as they are after the client's own method select(1), or the client refuses the command.
# Seen with redis 5.12.1 and 6.3.1 (sendCommand) and ioredis 6.0.0 and iovalkey 0.4.0 (call with SELECT in capitals; in small letters they remember it):
# the second key is in database 0, without an error. @valkey/valkey-glide 2.5.2 remembers it. The number of a database belongs in a client's options.
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
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const official = (create) => async () => { const client = create({ url: `redis://127.0.0.1:${port}` }).on('error', () => {}); await client.connect(); return [client, () => client.destroy()]; };
const other = (Client) => async () => { const client = new Client({ port }).on('error', () => {}); return [client, () => client.disconnect()]; };
const glide = async () => { const client = await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port }], requestTimeout: 5000 }); return [client, () => client.close()]; };
const ways = [
	['redis 5.12.1, select(1)', official(createClient5), (client) => client.select(1)],
	['redis 5.12.1, SELECT', official(createClient5), (client) => client.sendCommand(['SELECT', '1'])],
	['redis 6.3.1, SELECT', official(createClient6), (client) => client.sendCommand(['SELECT', '1'])],
	['ioredis 6.0.0, select', other(Redis), (client) => client.call('select', '1')],
	['ioredis 6.0.0, SELECT', other(Redis), (client) => client.call('SELECT', '1')],
	['iovalkey 0.4.0, select', other(Valkey), (client) => client.call('select', '1')],
	['iovalkey 0.4.0, SELECT', other(Valkey), (client) => client.call('SELECT', '1')],
	['glide 2.5.2, SELECT', glide, (client) => client.customCommand(['SELECT', '1'])],
];
try {
	await up();
	const look = createClient5({ url: `redis://127.0.0.1:${port}` });
	await look.connect();
	for (const [name, open, select] of ways) {
		await look.flushAll();
		const [client, close] = await open();
		await select(client);
		await client.set('before', '1');
		await look.sendCommand(['CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes']);
		for (let i = 0; i < 20 && (await client.set('after', '1').catch(() => '')) !== 'OK'; i++) await new Promise((done) => setTimeout(done, 100));
		const numbers = [...(await look.sendCommand(['INFO', 'keyspace'])).matchAll(/db(\d+):keys=(\d+)/g)].map(([, db, keys]) => `${keys} in ${db}`);
		console.log(`${name}: ${numbers.join(', ')}`);
		close();
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^[a-z]+ [0-9.]+, ' | tee seen
printf '%s\n' 'redis 5.12.1, select(1): 2 in 1' 'redis 5.12.1, SELECT: 1 in 0, 1 in 1' 'redis 6.3.1, SELECT: 1 in 0, 1 in 1' \
	'ioredis 6.0.0, select: 2 in 1' 'ioredis 6.0.0, SELECT: 1 in 0, 1 in 1' \
	'iovalkey 0.4.0, select: 2 in 1' 'iovalkey 0.4.0, SELECT: 1 in 0, 1 in 1' 'glide 2.5.2, SELECT: 2 in 1' | cmp - seen
