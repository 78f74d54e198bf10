#!/bin/sh
# A cache is made from an address, createKeyv(url), as its documentation shows, in a database in which somebody else keeps keys too: flue:conversation, session, and other::key. Its clear() is called.
# Guess: what this cache has stored is gone, and nothing else; @keyv/redis has an option that allows it to clear all keys where there is no namespace, and it is off.
# Seen with @keyv/redis 5.1.6, keyv 5.6.0, cache-manager 7.2.9 and unstorage 1.17.6 on Redis 7.0.15: without a namespace clear() of the first three deletes every key of the database that has no "::" in its name, whoever
# wrote it; unstorage without a base deletes every key. With a namespace, a base, or with new Keyv({ store }), which makes up a namespace, others' keys stay. No error, and nothing in the address asks for it:
# one cache, cleared in a test or after a deploy, costs every conversation.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . keyv@5.6.0 @keyv/redis@5.1.6 cache-manager@7.2.9 unstorage@1.17.6 ioredis@5.11.1 >/dev/null
cat > look.mjs <<'JS'
import { execFileSync, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import KeyvRedis, { createKeyv } from '@keyv/redis';
import { createCache } from 'cache-manager';
import { Keyv } from 'keyv';
import { createStorage } from 'unstorage';
import redis from 'unstorage/drivers/redis';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const ask = (...words) => execFileSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' }).trim();
const url = `redis://127.0.0.1:${port}`;
const CACHES = {
	createKeyv: () => createKeyv(url),
	'createKeyv, namespace': () => createKeyv(url, { namespace: 'cache' }),
	'new Keyv': () => new Keyv({ store: new KeyvRedis(url) }),
	'cache-manager': () => createCache({ stores: [createKeyv(url)] }),
	unstorage: () => createStorage({ driver: redis({ url }) }),
	'unstorage, base': () => createStorage({ driver: redis({ url, base: 'cache' }) }),
};
try {
	await up();
	for (const [name, make] of Object.entries(CACHES)) {
		ask('FLUSHALL');
		ask('MSET', 'flue:conversation', '1', 'session', '1', 'other::key', '1');
		const cache = make();
		await (cache.setItem ? cache.setItem('own', '1') : cache.set('own', '1'));
		await cache.clear();
		console.log(`${name}: left ${ask('KEYS', '*').split('\n').sort().join(' ') || 'nothing'}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
cmp - seen <<'END'
createKeyv: left other::key
createKeyv, namespace: left flue:conversation other::key session
new Keyv: left flue:conversation other::key session
cache-manager: left other::key
unstorage: left nothing
unstorage, base: left flue:conversation other::key session
END
