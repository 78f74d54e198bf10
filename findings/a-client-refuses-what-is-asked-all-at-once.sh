#!/bin/sh
# 3,000 keys are read at once, `Promise.all(keys.map((key) => client.get(key)))`, from a server that is well. Guess: the client queues what it cannot send yet,
# as redis 6.3.1 and ioredis 6.0.0 do.
# Seen with @valkey/valkey-glide 2.5.2: about 1,000 are answered, the others rejected at once with "Reached maximum inflight requests", so that the
# whole is rejected, though every request of it is sound. It depends on how many there are alone: 900 are all answered. Such a client wants a queue in front of it.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis6@npm:redis@6.3.1 ioredis@6.0.0 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { GlideClient } from '@valkey/valkey-glide';
import { Redis } from 'ioredis';
import { createClient } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
try {
	await up();
	const clients = {
		'redis 6.3.1': await createClient({ url: `redis://127.0.0.1:${port}` }).connect(),
		'ioredis 6.0.0': new Redis({ port }),
		'glide 2.5.2': await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port }], requestTimeout: 20000 }),
	};
	for (const [name, client] of Object.entries(clients))
		for (const count of [900, 3000]) {
			const all = await Promise.allSettled(Array.from({ length: count }, (_, i) => client.get(`k${i}`)));
			const reasons = new Set(all.filter(({ status }) => status === 'rejected').map(({ reason }) => /[A-Z][a-z ]*/.exec(reason.message)[0]));
			console.log(`${name}, ${count}: ${[...reasons].join(', ') || 'all answered'}`);
		}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^[a-z]+ [0-9.]+, ' | tee seen
printf '%s\n' 'redis 6.3.1, 900: all answered' 'redis 6.3.1, 3000: all answered' 'ioredis 6.0.0, 900: all answered' 'ioredis 6.0.0, 3000: all answered' \
	'glide 2.5.2, 900: all answered' 'glide 2.5.2, 3000: Reached maximum inflight requests' | cmp - seen
