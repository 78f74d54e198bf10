#!/bin/sh
# A client is told to use database 9 of a server that has two, 0 and 1. Guess: it does not become usable, as redis 5.12.1, redis 6.3.1 and
# @valkey/valkey-glide 2.5.2 do not.
# Seen: ioredis 6.0.0 and iovalkey 0.4.0 raise an "error" event, which programs only log, and go on: SET answers OK and the key is in database 0,
# among somebody else's. redis-cli 7.0.15 and valkey-cli 8.0.1 too, with status 0 even with -e, which is there to make an error a status.
# Needs redis-server and valkey-server (Debian 12: apt-get install redis-server; apt-get install -t bookworm-backports valkey-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { spawn, spawnSync } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { GlideClient } from '@valkey/valkey-glide';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { createClient as createClient5 } from 'redis5';
import { createClient as createClient6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--databases', '2'], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const official = (create) => async () => {
	const client = create({ url: `redis://127.0.0.1:${port}/9`, socket: { reconnectStrategy: false } }).on('error', () => {});
	await client.connect();
	return client.set('k', '1');
};
const other = (Client) => async () => {
	const client = new Client(`redis://127.0.0.1:${port}/9`).on('error', () => {});
	return client.set('k', '1').finally(() => client.disconnect());
};
const glide = async () => {
	const client = await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port }], databaseId: 9, connectionBackoff: { numberOfRetries: 1, factor: 50, exponentBase: 2 } });
	return client.set('k', '1');
};
const command = (name) => async () => {
	const { status, stdout } = spawnSync(name, ['-e', '-p', String(port), '-n', '9', 'SET', 'k', '1'], { encoding: 'utf8' });
	return `${stdout.trim()}, status ${status}`;
};
const clients = {
	'redis 5.12.1': official(createClient5),
	'redis 6.3.1': official(createClient6),
	'glide 2.5.2': glide,
	'ioredis 6.0.0': other(Redis),
	'iovalkey 0.4.0': other(Valkey),
	'redis-cli -e': command('redis-cli'),
	'valkey-cli -e': command('valkey-cli'),
};
try {
	await up();
	const look = createClient5({ url: `redis://127.0.0.1:${port}` });
	await look.connect();
	for (const [name, set] of Object.entries(clients)) {
		await look.flushAll();
		const said = await set().catch(() => 'an error');
		console.log(`${name}: ${said}, keys in database 0: ${await look.dbSize()}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^[a-z-]+ [0-9.e-]+: ' | tee seen
printf '%s\n' 'redis 5.12.1: an error, keys in database 0: 0' 'redis 6.3.1: an error, keys in database 0: 0' 'glide 2.5.2: an error, keys in database 0: 0' \
	'ioredis 6.0.0: OK, keys in database 0: 1' 'iovalkey 0.4.0: OK, keys in database 0: 1' \
	'redis-cli -e: OK, status 0, keys in database 0: 1' 'valkey-cli -e: OK, status 0, keys in database 0: 1' | cmp - seen
