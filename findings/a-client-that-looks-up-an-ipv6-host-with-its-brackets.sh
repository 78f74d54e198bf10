#!/bin/sh
# The server listens on an IPv6 address, and REDIS_URL is redis://[::1]:6379, as RFC 3986 writes it and as new URL() reads it.
# Guess: every client that takes an address takes this one; and what an older version connects to the next major does too.
# Seen: redis 5.12.1 connects, as do ioredis 6.0.0 and iovalkey 0.4.0; redis 6.0.0 and 6.3.1 look up a host that is called "[::1]", and fail with ENOTFOUND. Given as { socket: { host: '::1' } } they connect.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis60@npm:redis@6.0.0 redis63@npm:redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { createClient as five } from 'redis5';
import { createClient as sixZero } from 'redis60';
import { createClient as sixThree } from 'redis63';
const port = await new Promise((done) => { const s = createServer().listen(0, '::1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '::1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '::1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const url = `redis://[::1]:${port}`;
const node = (make) => async (options) => {
	const client = make({ ...options, socket: { reconnectStrategy: false, ...options.socket } }).on('error', () => {});
	await client.connect();
	const said = await client.ping();
	client.destroy();
	return said;
};
const io = (Client) => async () => { const client = new Client(url, { retryStrategy: () => null }).on('error', () => {}); const said = await client.ping(); client.disconnect(); return said; };
const CLIENTS = { 'redis 5.12.1': node(five), 'redis 6.0.0': node(sixZero), 'redis 6.3.1': node(sixThree), 'ioredis 6.0.0': io(Redis), 'iovalkey 0.4.0': io(Valkey) };
try {
	await up();
	for (const [name, ping] of Object.entries(CLIENTS)) console.log(`${name}, by the address: ${await ping({ url }).catch(({ code, message }) => code ?? message)}`);
	for (const name of ['redis 6.0.0', 'redis 6.3.1']) console.log(`${name}, by its parts: ${await CLIENTS[name]({ socket: { host: '::1', port } })}`);
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
cmp - seen <<'END'
redis 5.12.1, by the address: PONG
redis 6.0.0, by the address: ENOTFOUND
redis 6.3.1, by the address: ENOTFOUND
ioredis 6.0.0, by the address: PONG
iovalkey 0.4.0, by the address: PONG
redis 6.0.0, by its parts: PONG
redis 6.3.1, by its parts: PONG
END
