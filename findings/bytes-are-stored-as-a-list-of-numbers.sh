#!/bin/sh
# The fields of an object are written with hset(key, object), which the types allow for any object: one that is undefined, bytes as Web APIs give them (a Uint8Array), a list and a Date.
# Guess: bytes are stored as bytes, and what is no text, number or bytes is refused, as redis 5.12.1 and 6.3.1 refuse all four; or what is undefined is left out, as JSON leaves it.
# Seen with ioredis 6.0.0, iovalkey 0.4.0 and @valkey/valkey-glide 2.5.2: the two bytes of "hi" are stored as the text "104,105", seven bytes; a Buffer is stored as it is. A list is joined, a Date is a sentence in
# English. ioredis and iovalkey store what is undefined (null too) as an empty text, so that what was there is gone, and it is there for HEXISTS; glide refuses it. Each of them resolves. Bytes
# are given as Buffer.from(bytes), and all else is made a text before.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { execFileSync, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { GlideClient } from '@valkey/valkey-glide';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { createClient as five } from 'redis5';
import { createClient as six } from 'redis6';
process.env.TZ = 'UTC';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const ask = (...words) => execFileSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' }).trim();
const url = `redis://127.0.0.1:${port}`;
const FIELDS = { bytes: new TextEncoder().encode('hi'), buffer: Buffer.from('hi'), list: ['a', 'b'], date: new Date(0), unset: undefined };
try {
	await up();
	const [redis5, redis6] = [await five({ url }).connect(), await six({ url }).connect()];
	const [ioredis, iovalkey] = [new Redis(url), new Valkey(url)];
	const glide = await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port }], requestTimeout: 5000 });
	const CLIENTS = {
		'redis 5': (fields) => redis5.hSet('k', fields),
		'redis 6': (fields) => redis6.hSet('k', fields),
		ioredis: (fields) => ioredis.hset('k', fields),
		iovalkey: (fields) => iovalkey.hset('k', fields),
		glide: (fields) => glide.hset('k', fields),
	};
	for (const [name, set] of Object.entries(CLIENTS)) {
		const seen = [];
		for (const [field, value] of Object.entries(FIELDS)) {
			ask('HSET', 'k', field, 'before');
			// glide throws at once what the others reject with.
			const said = await Promise.resolve().then(() => set({ [field]: value })).then(() => 'stored', () => 'refused');
			seen.push(`${field} ${said === 'stored' ? JSON.stringify(ask('HGET', 'k', field)) : said}`);
		}
		console.log(`${name}: ${seen.join(', ')}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^(redis|io|glide)[a-z 0-9]*: ' | tee seen
cmp - seen <<'END'
redis 5: bytes refused, buffer "hi", list refused, date refused, unset refused
redis 6: bytes refused, buffer "hi", list refused, date refused, unset refused
ioredis: bytes "104,105", buffer "hi", list "a,b", date "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)", unset ""
iovalkey: bytes "104,105", buffer "hi", list "a,b", date "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)", unset ""
glide: bytes "104,105", buffer "hi", list "a,b", date "Thu Jan 01 1970 00:00:00 GMT+0000 (Coordinated Universal Time)", unset refused
END
