#!/bin/sh
# Commands are sent in one's own words with customCommand, as they are with sendCommand or call of other clients, by a program that compares what comes back with 1.
# Guess: the answer is what the server sent.
# Seen with @valkey/valkey-glide 2.5.2 and redis 5.12.1 beside it: glide makes something of it by the first word: EXPIRE, PERSIST and HSETNX answer true or false, SETNX
# and EXISTS 1 or 0; HGETALL is a list of { key, value }, ZSCORE a number; the same commands in a script answer as the server does. true is not 1,
# so that a lock which was taken with HSETNX is not seen as taken; a script gives the answer that one compares.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis@5.12.1 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { GlideClient } from '@valkey/valkey-glide';
import { createClient } from 'redis';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const commands = [['HSETNX', 'h', 'b', '1'], ['HGETALL', 'h'], ['EXPIRE', 'h', '100'], ['PERSIST', 'h'], ['SETNX', 's', '1'], ['EXISTS', 'h'], ['ZSCORE', 'z', 'm'], ['EVAL', "return redis.call('EXPIRE', KEYS[1], 100)", '1', 'h'], ['EVAL', "return redis.call('HGETALL', KEYS[1])", '1', 'h']];
try {
	await up();
	const redis = await createClient({ url: `redis://127.0.0.1:${port}` }).on('error', () => {}).connect();
	const glide = await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port }], requestTimeout: 5000 });
	for (const [name, send] of Object.entries({ redis: (words) => redis.sendCommand(words), glide: (words) => glide.customCommand(words) })) {
		await redis.flushAll();
		await redis.hSet('h', 'a', '1');
		await redis.zAdd('z', { score: 2, value: 'm' });
		const said = [];
		for (const words of commands) said.push(`${words[0] === 'EVAL' ? 'in a script ' : ''}${words[0] === 'EVAL' ? /'([A-Z]+)'/.exec(words[1])[1] : words[0]} ${JSON.stringify(await send(words))}`);
		console.log(`${name}: ${said.join(', ')}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^(redis|glide): ' | tee seen
printf '%s\n' 'redis: HSETNX 1, HGETALL ["a","1","b","1"], EXPIRE 1, PERSIST 1, SETNX 1, EXISTS 1, ZSCORE "2", in a script EXPIRE 1, in a script HGETALL ["a","1","b","1"]' \
	'glide: HSETNX true, HGETALL [{"key":"a","value":"1"},{"key":"b","value":"1"}], EXPIRE true, PERSIST true, SETNX 1, EXISTS 1, ZSCORE 2, in a script EXPIRE 1, in a script HGETALL ["a","1","b","1"]' | cmp - seen
