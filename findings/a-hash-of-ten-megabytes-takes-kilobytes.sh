#!/bin/sh
# A hash has 2,000 small fields and one of 10 MB. Guess: MEMORY USAGE, which is there to find the large keys, says 10 MB and something; or, as it samples, a client's
# memoryUsage(key, { SAMPLES: 0 }) does, since 0 asks for all of them.
# Seen with Redis 7.0.15 and Valkey 8.0.1: it looks at five fields and says less than 200 kB; with SAMPLES 0 in one's own words it says 10 MB. Seen with redis 5.12.1:
# its { SAMPLES: 0 } is left out of the command, so that the answer is again that of five; a large number is sent. redis 6.3.1 and ioredis 6.0.0 send the 0.
# Needs redis-server and valkey-server (Debian 12: apt-get install redis-server; apt-get install -t bookworm-backports valkey-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 ioredis@6.0.0 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { createClient as createClient5 } from 'redis5';
import { createClient as createClient6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const told = (bytes) => (bytes > 10_000_000 ? 'large' : bytes < 200_000 ? 'small' : String(bytes));
for (const name of ['redis', 'valkey']) {
	const server = spawn(`${name}-server`, ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
	try {
		await up();
		const url = `redis://127.0.0.1:${port}`;
		const five = await createClient5({ url }).on('error', () => {}).connect();
		const six = await createClient6({ url }).on('error', () => {}).connect();
		const other = new Redis(url).on('error', () => {});
		await five.hSet('k', Object.fromEntries(Array.from({ length: 2000 }, (_, i) => [`f${i}`, 'v'])));
		await five.hSet('k', 'attachment', 'x'.repeat(10_000_000));
		const said = {
			'in own words': await five.sendCommand(['MEMORY', 'USAGE', 'k']),
			'with SAMPLES 0': await five.sendCommand(['MEMORY', 'USAGE', 'k', 'SAMPLES', '0']),
			'redis 5.12.1 with 0': await five.memoryUsage('k', { SAMPLES: 0 }),
			'redis 6.3.1 with 0': await six.memoryUsage('k', { SAMPLES: 0 }),
			'redis 5.12.1 with 9999': await five.memoryUsage('k', { SAMPLES: 9999 }),
			'ioredis 6.0.0 with 0': await other.memory('USAGE', 'k', 'SAMPLES', 0),
		};
		console.log(`${name}: ${Object.entries(said).map(([what, bytes]) => `${what} ${told(bytes)}`).join(', ')}`);
		five.destroy();
		six.destroy();
		other.disconnect();
	} finally {
		const ended = new Promise((done) => server.once('exit', done));
		server.kill('SIGKILL');
		await ended;
	}
}
JS
node look.mjs | tee seen
for name in redis valkey; do
	echo "$name: in own words small, with SAMPLES 0 large, redis 5.12.1 with 0 small, redis 6.3.1 with 0 large, redis 5.12.1 with 9999 large, ioredis 6.0.0 with 0 large"
done | cmp - seen
