#!/bin/sh
# set('k', …) is called, and right behind it, on the same client, a transaction that reads k; neither waits for the other. Guess: the server gets them in that order,
# since there is one connection; so a get or a script behind the set finds the value.
# Seen with ioredis 5.11.1, ioredis 6.0.0 and iovalkey 0.4.0, each with enableAutoPipelining: a transaction and a pipeline are sent at once, the set with the next turn of
# the event loop, so that they read nothing, and what the transaction wrote is overwritten by the set before it. Without the option the order is kept.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . ioredis5@npm:ioredis@5.11.1 ioredis@6.0.0 iovalkey@0.4.0 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { Redis as Redis5 } from 'ioredis5';
import { Redis as Valkey } from 'iovalkey';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
try {
	await up();
	for (const [name, Client] of Object.entries({ 'ioredis 5.11.1': Redis5, 'ioredis 6.0.0': Redis, 'iovalkey 0.4.0': Valkey }))
		for (const enableAutoPipelining of [false, true]) {
			const client = new Client({ port, enableAutoPipelining });
			const behind = {
				get: () => client.get('k'),
				script: () => client.eval("return redis.call('GET', KEYS[1])", 1, 'k'),
				transaction: () => client.multi().get('k').exec().then(([[, value]]) => value),
				pipeline: () => client.pipeline().get('k').exec().then(([[, value]]) => value),
			};
			const said = [];
			for (const [what, read] of Object.entries(behind)) {
				await client.del('k');
				const [, value] = await Promise.all([client.set('k', 'v'), read()]);
				said.push(`${what} ${value}`);
			}
			await Promise.all([client.set('k', 'earlier'), client.multi().set('k', 'later').exec()]);
			said.push(`stays ${await client.get('k')}`);
			console.log(`${name}${enableAutoPipelining ? ', automatic pipelines' : ''}: ${said.join(', ')}`);
			client.disconnect();
		}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
for name in 'ioredis 5.11.1' 'ioredis 6.0.0' 'iovalkey 0.4.0'; do
	printf '%s\n' "$name: get v, script v, transaction v, pipeline v, stays later" "$name, automatic pipelines: get v, script v, transaction null, pipeline null, stays earlier"
done | cmp - seen
