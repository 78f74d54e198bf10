#!/bin/sh
# What somebody wrote, or a model answered, is stored as a text with unstorage, the storage layer of Nitro and Nuxt, and read again. Guess: the same text, as with every other key-value store; and a text
# that looks like JSON is kept as one, since it is written as JSON is.
# Seen with unstorage 1.17.6, in memory and on Redis 7.0.15 alike: "1.10" comes back as the number 1.1, "1e5" as 100000, "true" as a boolean, '"yes"' without its quotes, "null" and "undefined" as nothing,
# "NaN" as a number that is none, and a text that is a JSON document as an object; "0123" and "12345678901234567890" stay. keyv 5.6.0 beside it gives all of them back as they were. Inside of an object
# a text stays too: { text }, not the text alone, is what one stores.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . unstorage@1.17.6 ioredis@5.11.1 keyv@5.6.0 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { inspect } from 'node:util';
import { Keyv } from 'keyv';
import { createStorage } from 'unstorage';
import redis from 'unstorage/drivers/redis';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const TEXTS = ['1.10', '1e5', 'true', '"yes"', 'null', 'undefined', 'NaN', '{"a":1}', '0123', '12345678901234567890'];
try {
	await up();
	const memory = createStorage();
	const server = createStorage({ driver: redis({ url: `redis://127.0.0.1:${port}` }) });
	const keyv = new Keyv();
	const stores = {
		memory: (text) => memory.setItem('k', text).then(() => memory.getItem('k')),
		redis: (text) => server.setItem('k', text).then(() => server.getItem('k')),
		'redis, in an object': (text) => server.setItem('k', { text }).then(() => server.getItem('k')).then((got) => got.text),
		keyv: (text) => keyv.set('k', text).then(() => keyv.get('k')),
	};
	for (const [name, through] of Object.entries(stores)) {
		const changed = [];
		for (const text of TEXTS) {
			const got = await through(text);
			if (got !== text) changed.push(`${text} is ${typeof got} ${inspect(got)}`);
		}
		console.log(`${name}: ${changed.join(', ') || 'all as they were'}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
cmp - seen <<'END'
memory: 1.10 is number 1.1, 1e5 is number 100000, true is boolean true, "yes" is string 'yes', null is object null, undefined is undefined undefined, NaN is number NaN, {"a":1} is object { a: 1 }
redis: 1.10 is number 1.1, 1e5 is number 100000, true is boolean true, "yes" is string 'yes', null is object null, undefined is undefined undefined, NaN is number NaN, {"a":1} is object { a: 1 }
redis, in an object: all as they were
keyv: all as they were
END
