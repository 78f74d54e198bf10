#!/bin/sh
# A transaction of three commands, the second of which has a number where the client wants text. Guess: exec() rejects and nothing is done: the client sees it before
# it sends anything, and MULTI is all or nothing.
# Seen with redis 5.12.1 and 6.3.1: exec() rejects with the TypeError, and the first and the third command were sent between MULTI and EXEC and are done.
# @valkey/valkey-glide 2.5.2 and ioredis 6.0.0 make text of the number. So every argument is made a text before it is queued.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 ioredis@6.0.0 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { Batch, GlideClient } from '@valkey/valkey-glide';
import { Redis } from 'ioredis';
import { createClient as createClient5 } from 'redis5';
import { createClient as createClient6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const official = (create) => async () => {
	const client = create({ url: `redis://127.0.0.1:${port}` });
	await client.connect();
	await client.multi().addCommand(['SET', 'first', '1']).addCommand(['SET', 'second', 2]).addCommand(['SET', 'third', '3']).exec();
};
const ways = {
	'redis 5.12.1': official(createClient5),
	'redis 6.3.1': official(createClient6),
	'ioredis 6.0.0': () => new Redis({ port }).multi().call('SET', 'first', '1').call('SET', 'second', 2).call('SET', 'third', '3').exec(),
	'glide 2.5.2': async () => {
		const client = await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port }], requestTimeout: 5000 });
		await client.exec(new Batch(true).customCommand(['SET', 'first', '1']).customCommand(['SET', 'second', 2]).customCommand(['SET', 'third', '3']), true);
	},
};
try {
	await up();
	const look = createClient5({ url: `redis://127.0.0.1:${port}` });
	await look.connect();
	for (const [name, write] of Object.entries(ways)) {
		await look.flushAll();
		const said = await write().then(() => 'resolves', (error) => `rejects with ${error.name}`);
		console.log(`${name}: ${said}, there is ${(await look.keys('*')).sort().join(' ')}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^(redis|ioredis|glide) ' | tee seen
printf '%s\n' 'redis 5.12.1: rejects with TypeError, there is first third' 'redis 6.3.1: rejects with TypeError, there is first third' \
	'ioredis 6.0.0: resolves, there is first second third' 'glide 2.5.2: resolves, there is first second third' | cmp - seen
