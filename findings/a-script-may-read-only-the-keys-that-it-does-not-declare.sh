#!/bin/sh
# A user may read the keys of app:* and not write them (%R~app:*), and runs a script with EVAL that reads one of them, declared among KEYS as the documentation asks.
# Guess: it may; each command of a script is looked at by itself, and GET is allowed; and "#!lua flags=no-writes" says that nothing is written.
# Seen with Redis 7.0.15 and Valkey 8.0.1: NOPERM, with the flag too, since EVAL counts as reading and writing each declared key; the same script with the name among ARGV
# answers (each command in it is still looked at, so that no right is gained). EVAL_RO is the command for that user: it answers with a declared key.
# Needs redis-server and valkey-server (Debian 12: apt-get install redis-server; apt-get install -t bookworm-backports valkey-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis@5.12.1 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { createClient } from 'redis';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const cases = {
	GET: ['GET', 'app:a'],
	'EVAL, declared': ['EVAL', "return redis.call('GET', KEYS[1])", '1', 'app:a'],
	'with no-writes': ['EVAL', "#!lua flags=no-writes\nreturn redis.call('GET', KEYS[1])", '1', 'app:a'],
	'not declared': ['EVAL', "return redis.call('GET', ARGV[1])", '0', 'app:a'],
	'EVAL_RO, declared': ['EVAL_RO', "return redis.call('GET', KEYS[1])", '1', 'app:a'],
};
for (const name of ['redis', 'valkey']) {
	const server = spawn(`${name}-server`, ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--user', 'reader', 'on', '>word', '%R~app:*', '+@all'], { stdio: 'ignore' });
	try {
		await up();
		const all = await createClient({ url: `redis://127.0.0.1:${port}` }).on('error', () => {}).connect();
		await all.set('app:a', '1');
		const reader = await createClient({ url: `redis://reader:word@127.0.0.1:${port}` }).on('error', () => {}).connect();
		const said = [];
		for (const [what, words] of Object.entries(cases)) said.push(`${what} ${await reader.sendCommand(words).catch((error) => error.message.split(' ')[0])}`);
		console.log(`${name}: ${said.join('; ')}`);
		all.destroy();
		reader.destroy();
	} finally {
		const ended = new Promise((done) => server.once('exit', done));
		server.kill('SIGKILL');
		await ended;
	}
}
JS
node look.mjs | tee seen
for name in redis valkey; do
	echo "$name: GET 1; EVAL, declared NOPERM; with no-writes NOPERM; not declared 1; EVAL_RO, declared 1"
done | cmp - seen
