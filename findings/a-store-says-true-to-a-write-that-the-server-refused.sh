#!/bin/sh
# Keyv with its Redis adapter, as cache-manager and others build on it. The server is well and its memory is used up (noeviction), and a value is replaced.
# Guess: set() rejects, or at least answers false, and get() rejects when the server answers with an error; or all of that with throwOnErrors: true, which Keyv has for it.
# Seen with keyv 5.6.0, @keyv/redis 5.1.6 and cache-manager 7.2.9 on Redis 7.0.15: set() answers true, and the server has the old value; a read that the server refuses answers undefined, as if nothing
# were stored. Only an "error" event tells. throwOnErrors of Keyv changes neither; that of the adapter (the second argument of createKeyv) makes both reject. cache-manager gives the value back as set.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . keyv@5.6.0 @keyv/redis@5.1.6 cache-manager@7.2.9 >/dev/null
cat > look.mjs <<'JS'
import { execFileSync, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import KeyvRedis, { createKeyv } from '@keyv/redis';
import { createCache } from 'cache-manager';
import { Keyv } from 'keyv';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const ask = (...words) => execFileSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' }).trim();
const said = (promise) => promise.then((value) => JSON.stringify(value) ?? 'undefined', () => 'an error');
const url = `redis://127.0.0.1:${port}`;
const STORES = {
	keyv: () => new Keyv({ store: new KeyvRedis(url), useKeyPrefix: false }),
	'keyv, throwOnErrors': () => new Keyv({ store: new KeyvRedis(url), useKeyPrefix: false, throwOnErrors: true }),
	createKeyv: () => createKeyv(url),
	'createKeyv, throwOnErrors': () => createKeyv(url, { throwOnErrors: true }),
	'cache-manager': () => createCache({ stores: [createKeyv(url)] }),
};
try {
	await up();
	for (const [name, make] of Object.entries(STORES)) {
		ask('CONFIG', 'SET', 'maxmemory', '0');
		ask('FLUSHALL');
		const store = make();
		store.on('error', () => {});
		await store.set('turn', 'old');
		ask('CONFIG', 'SET', 'maxmemory', '1');
		const set = await said(store.set('turn', 'new'));
		const kept = JSON.parse(ask('GET', ask('KEYS', '*'))).value;
		// A refusal of a read: the user may no longer read keys.
		ask('ACL', 'SETUSER', 'default', '-get');
		const got = await said(store.get('turn'));
		ask('ACL', 'SETUSER', 'default', '+get');
		console.log(`${name}: set ${set}, stored "${kept}", get ${got}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
cmp - seen <<'END'
keyv: set true, stored "old", get undefined
keyv, throwOnErrors: set true, stored "old", get undefined
createKeyv: set true, stored "old", get undefined
createKeyv, throwOnErrors: set an error, stored "old", get an error
cache-manager: set "new", stored "old", get undefined
END
