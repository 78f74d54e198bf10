#!/bin/sh
# A client is made with keyPrefix: 'p:'. Guess: every key that it writes begins with that, or the raw commands' keys do not and those of the others do.
# Seen with ioredis 6.0.0: all do, raw commands too. redis 6.3.1: a queued set() does and a queued addCommand() of the same transaction does not, nor does sendCommand.
# iovalkey 0.4.0: call('set') does and call('SET') does not, and so with eval. A program that mixes them writes a key that it does not find. (A key whose name
# a script makes up never has it.) A prefix that is part of the name is the same for everybody.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { createClient } from 'redis';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const keyPrefix = 'p:';
const script = "return redis.call('SET', KEYS[1], '1')";
try {
	await up();
	const url = `redis://127.0.0.1:${port}`;
	const plain = await createClient({ url }).connect();
	const told = async (name) => {
		console.log(`${name}: ${(await plain.keys('*')).sort().join(' ')}`);
		await plain.flushAll();
	};
	const official = await createClient({ url, keyPrefix }).connect();
	await official.set('set', '1');
	await official.sendCommand(['SET', 'send', '1']);
	await official.eval(script, { keys: ['eval'] });
	await official.multi().set('queuedSet', '1').addCommand(['SET', 'queuedAdd', '1']).exec();
	await told('redis 6.3.1');
	for (const [name, Client] of Object.entries({ 'ioredis 6.0.0': Redis, 'iovalkey 0.4.0': Valkey })) {
		const client = new Client(url, { keyPrefix });
		await client.set('set', '1');
		await client.call('set', 'callSet', '1');
		await client.call('SET', 'callCapitals', '1');
		await client.eval(script, 1, 'eval');
		await client.call('EVAL', script, '1', 'evalCapitals');
		await told(name);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
printf '%s\n' 'redis 6.3.1: p:eval p:queuedSet p:set queuedAdd send' 'ioredis 6.0.0: p:callCapitals p:callSet p:eval p:evalCapitals p:set' \
	'iovalkey 0.4.0: callCapitals evalCapitals p:callSet p:eval p:set' | cmp - seen
