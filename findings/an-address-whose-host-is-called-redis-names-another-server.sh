#!/bin/sh
# An address without a scheme, as compose files and dashboards show it: redis:6380, where "redis" is the name of the service. And one with its database in the query: redis://127.0.0.1:6380?db=3.
# Guess: the first is refused for want of a scheme, as localhost:6380 is, or means the host redis; the second means database 3.
# Seen: ioredis 6.0.0 and iovalkey 0.4.0 take the first as host redis, port 6380, database 0, and the second as database 3. redis 6.3.1 takes "redis:" for the scheme: it asks for no host, which is
# localhost:6379, and for database 380, what stands behind the first sign of the "path"; where a server with so many databases listens there, it writes into that one. Of the second it takes database 0.
# Needs redis-server (Debian: apt-get install redis-server). Every connection is led to a server of this script's own; what is printed is where it was meant to go.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { syncBuiltinESMExports } from 'node:module';
import net from 'node:net';
const { connect, createConnection } = net;
const port = await new Promise((done) => { const s = net.createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--databases', '1000'], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
let meant;
net.createConnection = net.connect = (options, ...more) => {
	meant = `${options.host || 'localhost'}:${options.port}`;
	return createConnection({ ...options, host: '127.0.0.1', port }, ...more);
};
syncBuiltinESMExports();
const { createClient } = await import('redis');
const { Redis } = await import('ioredis');
const { Redis: Valkey } = await import('iovalkey');
const CLIENTS = {
	'redis 6.3.1': async (url) => {
		const client = createClient({ url, socket: { reconnectStrategy: false } }).on('error', () => {});
		await client.connect();
		const said = await client.sendCommand(['CLIENT', 'INFO']);
		client.destroy();
		return said;
	},
	'ioredis 6.0.0': async (url) => { const client = new Redis(url); const said = await client.call('CLIENT', 'INFO'); client.disconnect(); return said; },
	'iovalkey 0.4.0': async (url) => { const client = new Valkey(url); const said = await client.call('CLIENT', 'INFO'); client.disconnect(); return said; },
};
try {
	await up();
	for (const [name, ask] of Object.entries(CLIENTS))
		for (const url of ['redis:6380', 'localhost:6380', 'redis://127.0.0.1:6380?db=3']) {
			const seen = await ask(url).then((said) => `${meant}, database ${/ db=(\d+)/.exec(said)[1]}`, (error) => `refused, ${error.message.split('.')[0]}`);
			console.log(`${name}, ${url} -> ${seen}`);
		}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
cmp - seen <<'END'
redis 6.3.1, redis:6380 -> localhost:6379, database 380
redis 6.3.1, localhost:6380 -> refused, Protocol - localhost: - is not a valid Redis protocol
redis 6.3.1, redis://127.0.0.1:6380?db=3 -> 127.0.0.1:6380, database 0
ioredis 6.0.0, redis:6380 -> redis:6380, database 0
ioredis 6.0.0, localhost:6380 -> localhost:6380, database 0
ioredis 6.0.0, redis://127.0.0.1:6380?db=3 -> 127.0.0.1:6380, database 3
iovalkey 0.4.0, redis:6380 -> redis:6380, database 0
iovalkey 0.4.0, localhost:6380 -> localhost:6380, database 0
iovalkey 0.4.0, redis://127.0.0.1:6380?db=3 -> 127.0.0.1:6380, database 3
END
