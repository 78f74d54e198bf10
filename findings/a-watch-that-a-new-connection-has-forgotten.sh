#!/bin/sh
# A key is watched and read, the connection is cut and the client connects again by itself, somebody else writes the key, and the transaction that puts the read value back follows.
# Guess: exec() answers null or rejects, as it does when the connection holds, since a client that connects again knows that what it watched is lost; redis 5.12.1 and 6.3.1 reject.
# Seen with ioredis 6.0.0, iovalkey 0.4.0 and @valkey/valkey-glide 2.5.2: they send MULTI over the new connection, which watches nothing; it answers OK and overwrites the other's value. No error is seen
# anywhere: what WATCH is there for is off exactly when things go wrong. A script that compares and sets keeps the promise with any client.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { execFileSync, spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { Batch, GlideClient } from '@valkey/valkey-glide';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { createClient as five } from 'redis5';
import { createClient as six } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const ask = (...words) => execFileSync('redis-cli', ['-p', String(port), ...words], { encoding: 'utf8' }).trim();
const url = `redis://127.0.0.1:${port}`;
const quiet = (client) => client.on('error', () => {});
const redis = (createClient) => async () => {
	const client = await quiet(createClient({ url })).connect();
	return { watch: () => client.watch('k'), get: () => client.get('k'), put: (value) => client.multi().set('k', value).exec(), end: () => client.destroy() };
};
const io = (Client) => async () => {
	const client = quiet(new Client(url));
	return { watch: () => client.watch('k'), get: () => client.get('k'), put: (value) => client.multi().set('k', value).exec(), end: () => client.disconnect() };
};
const glide = async () => {
	const client = await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port }], requestTimeout: 5000 });
	return { watch: () => client.watch(['k']), get: () => client.get('k'), put: (value) => client.exec(new Batch(true).set('k', value), true), end: () => client.close() };
};
const clients = () => ask('CLIENT', 'LIST', 'TYPE', 'normal').split('\n').filter((line) => !line.includes('cmd=client')).length;
try {
	await up();
	for (const [name, make] of Object.entries({ 'redis 5': redis(five), 'redis 6': redis(six), ioredis: io(Redis), iovalkey: io(Valkey), glide })) {
		const seen = [];
		for (const cut of [false, true]) {
			ask('SET', 'k', '1');
			const client = await make();
			await client.watch();
			const read = await client.get();
			if (cut) {
				ask('CLIENT', 'KILL', 'TYPE', 'normal', 'SKIPME', 'yes');
				while (clients() < 1) await new Promise((done) => setTimeout(done, 50));
				await new Promise((done) => setTimeout(done, 1000));
			}
			ask('SET', 'k', 'theirs');
			const said = await client.put(`${read}+mine`).then((answer) => (answer === null ? 'null' : 'OK'), () => 'rejected');
			seen.push(`${cut ? 'cut' : 'not cut'}: ${said}, k is ${ask('GET', 'k')}`);
			client.end();
		}
		console.log(`${name}: ${seen.join('; ')}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^(redis|io|glide)[a-z 0-9]*: ' | tee seen
cmp - seen <<'END'
redis 5: not cut: rejected, k is theirs; cut: rejected, k is theirs
redis 6: not cut: rejected, k is theirs; cut: rejected, k is theirs
ioredis: not cut: null, k is theirs; cut: OK, k is 1+mine
iovalkey: not cut: null, k is theirs; cut: OK, k is 1+mine
glide: not cut: null, k is theirs; cut: OK, k is 1+mine
END
