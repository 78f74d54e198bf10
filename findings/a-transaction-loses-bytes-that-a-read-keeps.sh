#!/bin/sh
# A client is made with a type mapping that gives texts as Buffers, and a key holds bytes that are no UTF-8. Guess: GET gives the same bytes alone, in a pipeline and in a
# transaction of that client.
# Seen with redis 5.12.1 and 6.3.1: get() and execAsPipeline() give them, exec() gives a string in which each such byte has become U+FFFD, without an error; the mapping goes
# with the queued commands, which answer QUEUED, and not with EXEC, which carries the replies. Bytes that are read in a transaction have to be stored as text.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { createClient as createClient5, RESP_TYPES as TYPES5 } from 'redis5';
import { createClient as createClient6, RESP_TYPES as TYPES6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const told = (value) => (Buffer.isBuffer(value) ? value.toString('hex') : Array.from(value, (one) => `U+${one.codePointAt(0).toString(16).toUpperCase().padStart(4, '0')}`).join(' '));
try {
	await up();
	for (const [name, create, types] of [['redis 5.12.1', createClient5, TYPES5], ['redis 6.3.1', createClient6, TYPES6]]) {
		const commandOptions = { typeMapping: { [types.BLOB_STRING]: Buffer } };
		const client = await create({ url: `redis://127.0.0.1:${port}`, commandOptions }).on('error', () => {}).connect();
		await client.set('k', Buffer.from([0x41, 0xff, 0x80]));
		const [piped] = await client.multi().get('k').execAsPipeline();
		const [held] = await client.multi().get('k').exec();
		console.log(`${name}: get ${told(await client.get('k'))}, pipeline ${told(piped)}, transaction ${told(held)}`);
		client.destroy();
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
printf '%s\n' 'redis 5.12.1: get 41ff80, pipeline 41ff80, transaction U+0041 U+FFFD U+FFFD' 'redis 6.3.1: get 41ff80, pipeline 41ff80, transaction U+0041 U+FFFD U+FFFD' | cmp - seen
