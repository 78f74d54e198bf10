#!/bin/sh
# INCR reaches the server and is done, and the connection breaks before the answer. Guess: the caller gets an error, since nobody can know whether it was
# done; so redis 5.12.1, redis 6.3.1 and @valkey/valkey-glide 2.5.2 do.
# Seen with ioredis 6.0.0 and iovalkey 0.4.0: as soon as they are connected again they send it a second time and answer 2; no error is seen anywhere. With
# autoResendUnfulfilledCommands: false it is not sent again, but the promise never settles either. Whatever is sent over such a client has to be harmless
# when it is done twice.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { GlideClient } from '@valkey/valkey-glide';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { createClient as createClient5 } from 'redis5';
import { createClient as createClient6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
// Hands everything on, but ends the connection in place of the next answer to INCR.
let loses = false;
const between = createServer((near) => {
	const far = connect(port, '127.0.0.1');
	let lost = false;
	near.on('data', (data) => {
		if (loses && /incr/i.test(data)) [loses, lost] = [false, true];
		far.write(data);
	});
	far.on('data', (data) => (lost ? near.destroy() : near.write(data)));
	near.on('error', () => {}).on('close', () => far.destroy());
	far.on('error', () => {}).on('close', () => near.destroy());
});
await new Promise((done) => between.listen(0, '127.0.0.1', done));
const at = between.address().port;
const official = (create) => async () => { const client = create({ url: `redis://127.0.0.1:${at}` }).on('error', () => {}); await client.connect(); return [client, () => client.destroy()]; };
const other = (Client, options) => async () => { const client = new Client({ port: at, ...options }).on('error', () => {}); await client.ping(); return [client, () => client.disconnect()]; };
const glide = async () => { const client = await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port: at }], requestTimeout: 5000 }); return [client, () => client.close()]; };
const clients = {
	'redis 5.12.1': official(createClient5),
	'redis 6.3.1': official(createClient6),
	'glide 2.5.2': glide,
	'ioredis 6.0.0': other(Redis),
	'iovalkey 0.4.0': other(Valkey),
	'ioredis, told not to': other(Redis, { autoResendUnfulfilledCommands: false }),
	'iovalkey, told not to': other(Valkey, { autoResendUnfulfilledCommands: false }),
};
try {
	await up();
	const look = createClient5({ url: `redis://127.0.0.1:${port}` });
	await look.connect();
	for (const [name, open] of Object.entries(clients)) {
		await look.set('n', '0');
		const [client, close] = await open();
		loses = true;
		const said = await Promise.race([client.incr('n').then((n) => `answers ${n}`, () => 'an error'), new Promise((done) => setTimeout(done, 5000, 'nothing for 5 s'))]);
		console.log(`${name}: ${said}, the counter is ${await look.get('n')}`);
		close();
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^(redis|glide|ioredis|iovalkey)[ ,]' | tee seen
printf '%s\n' 'redis 5.12.1: an error, the counter is 1' 'redis 6.3.1: an error, the counter is 1' 'glide 2.5.2: an error, the counter is 1' \
	'ioredis 6.0.0: answers 2, the counter is 2' 'iovalkey 0.4.0: answers 2, the counter is 2' \
	'ioredis, told not to: nothing for 5 s, the counter is 1' 'iovalkey, told not to: nothing for 5 s, the counter is 1' | cmp - seen
