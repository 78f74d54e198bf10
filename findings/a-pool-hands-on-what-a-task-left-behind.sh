#!/bin/sh
# A task of a pool watches a key and throws before its transaction, as one does that found nothing to do; another selects a database. Guess: the pool resets a
# connection before the next task gets it; the client has a method for that (resetIfDirty), whose comment names the pool.
# Seen with redis 5.12.1 and 6.3.1: the pool does not call it. A transaction of the pool in which nobody watched anything is rejected with a WatchError, and the next
# task writes to the database of the one before. So a task unwatches and selects back in a finally of its own.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { createClientPool as createPool5 } from 'redis5';
import { createClientPool as createPool6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
try {
	await up();
	for (const [name, create] of Object.entries({ 'redis 5.12.1': createPool5, 'redis 6.3.1': createPool6 })) {
		const url = `redis://127.0.0.1:${port}`;
		const pool = create({ url }, { minimum: 1, maximum: 1 }).on('error', () => {});
		const other = create({ url }, { minimum: 1, maximum: 1 }).on('error', () => {});
		await Promise.all([pool.connect(), other.connect()]);
		await other.sendCommand(['FLUSHALL']);
		await pool.execute(async (client) => { await client.watch('watched'); throw new Error('nothing to do'); }).catch(() => {});
		await other.set('watched', '1');
		const transaction = await pool.multi().set('a', '1').exec().then(() => 'done', (error) => error.constructor.name);
		await pool.execute((client) => client.select(1));
		await pool.set('b', '1');
		console.log(`${name}: transaction ${transaction}; the next write is ${(await other.get('b')) === '1' ? 'in database 0' : 'in another database'}`);
		pool.destroy();
		other.destroy();
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
printf '%s\n' 'redis 5.12.1: transaction WatchError; the next write is in another database' \
	'redis 6.3.1: transaction WatchError; the next write is in another database' | cmp - seen
