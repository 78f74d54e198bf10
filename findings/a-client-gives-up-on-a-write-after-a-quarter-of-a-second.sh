#!/bin/sh
# A server takes 600 ms for a write, as one does that forks for a snapshot, waits for its disk or hands over to a replica (here CLIENT PAUSE); a client that was given an address and nothing else counts up.
# Guess: the client waits, or gives up after some seconds; and where it gives up, the write was not done or is easily told from one that was not.
# Seen with @valkey/valkey-glide 2.5.2 on Redis 7.0.15: it rejects after 250 ms, which is what it takes where requestTimeout is not set, and the counter is at 1; a caller that tries again counts twice.
# redis 5.12.1 and 6.3.1, ioredis 6.0.0 and iovalkey 0.4.0 wait and answer 1. A time limit is set by whoever knows the server, and what it ends is repeated only where that does no harm.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { execFileSync, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { GlideClient } from '@valkey/valkey-glide';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { createClient as five } from 'redis5';
import { createClient as six } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const ask = (...words) => execFileSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' }).trim();
const url = `redis://127.0.0.1:${port}`;
try {
	await up();
	const CLIENTS = {
		'redis 5': await five({ url }).connect(),
		'redis 6': await six({ url }).connect(),
		ioredis: new Redis(url),
		iovalkey: new Valkey(url),
		glide: await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port }] }),
	};
	for (const [name, client] of Object.entries(CLIENTS)) {
		await client.get('n').catch(() => {});
		ask('SET', 'n', '0');
		ask('CLIENT', 'PAUSE', '600', 'WRITE');
		const said = await client.incr('n').then((n) => `answers ${n}`, () => 'rejects');
		await sleep(1000);
		console.log(`${name}: ${said}, the counter is at ${ask('GET', 'n')}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^(redis|io|glide)[a-z 0-9]*: ' | tee seen
cmp - seen <<'END'
redis 5: answers 1, the counter is at 1
redis 6: answers 1, the counter is at 1
ioredis: answers 1, the counter is at 1
iovalkey: answers 1, the counter is at 1
glide: rejects, the counter is at 1
END
