#!/bin/sh
# A client with clientSideCache reads a key in database 0, is told select(1), and reads the key of that name again. Guess: it reads database 1, as the same client
# without a cache does.
# Seen with redis 5.12.1 and 6.3.1: it answers what database 0 holds, without asking the server, and goes on doing so: entries are found by command and arguments
# alone, and select leaves them. A client with a cache is given its database when it is made, and keeps it.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { createClient as createClient5 } from 'redis5';
import { createClient as createClient6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const url = `redis://127.0.0.1:${port}`;
try {
	await up();
	for (const [name, create] of Object.entries({ 'redis 5.12.1': createClient5, 'redis 6.3.1': createClient6 }))
		for (const cached of [false, true]) {
			const client = await create({ url, RESP: 3, ...(cached && { clientSideCache: { ttl: 0, maxEntries: 0, evictPolicy: 'LRU' } }) }).on('error', () => {}).connect();
			await client.set('k', 'zero');
			await client.select(1);
			await client.set('k', 'one');
			await client.select(0);
			const before = await client.get('k');
			await client.select(1);
			console.log(`${name}, ${cached ? 'cache' : 'no cache'}: ${before}, and after select(1) ${await client.get('k')}, ${await client.get('k')}`);
			client.destroy();
		}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
printf '%s\n' 'redis 5.12.1, no cache: zero, and after select(1) one, one' 'redis 5.12.1, cache: zero, and after select(1) zero, zero' \
	'redis 6.3.1, no cache: zero, and after select(1) one, one' 'redis 6.3.1, cache: zero, and after select(1) zero, zero' | cmp - seen
