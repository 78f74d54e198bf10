#!/bin/sh
# The server is gone, one read waits for it, and the program ends in order: it awaits close(), or quit() where that is the method. Guess: it resolves, or rejects, within some
# seconds, since there is no connection left to close; so it does when nothing waits.
# Seen with redis 5.12.1 and 6.3.1, ioredis 6.0.0 and iovalkey 0.4.0: it is pending after 10 s, with redis 6.3.1 although that read itself was rejected meanwhile, so that
# a program that waits for it before it ends does not end. @valkey/valkey-glide 2.5.2 closes at once and rejects the read. Whoever closes sets a time limit of
# their own, and calls destroy() or disconnect() behind it.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { GlideClient } from '@valkey/valkey-glide';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { createClient as createClient5 } from 'redis5';
import { createClient as createClient6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const official = (create) => async () => { const client = await create({ url: `redis://127.0.0.1:${port}` }).on('error', () => {}).connect(); return [client, () => client.close()]; };
const other = (Client) => async () => { const client = new Client({ port }).on('error', () => {}); return [client, () => client.quit()]; };
const glide = async () => { const client = await GlideClient.createClient({ addresses: [{ host: '127.0.0.1', port }] }); return [client, async () => client.close()]; };
const clients = { 'redis 5.12.1': official(createClient5), 'redis 6.3.1': official(createClient6), 'ioredis 6.0.0': other(Redis), 'iovalkey 0.4.0': other(Valkey), 'glide 2.5.2': glide };
const within10s = (promise) => Promise.race([promise.then(() => 'resolved', () => 'rejected'), sleep(10_000, 'pending')]);
const told = {};
for (const waits of [false, true]) {
	const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
	let open;
	try {
		await up();
		open = await Promise.all(Object.entries(clients).map(async ([name, make]) => {
			const [client, close] = await make();
			await client.get('k');
			return { name, client, close };
		}));
	} finally {
		const ended = new Promise((done) => server.once('exit', done));
		server.kill('SIGKILL');
		await ended;
	}
	await sleep(300);
	await Promise.all(open.map(async ({ name, client, close }) => {
		const read = waits ? within10s(client.get('k')) : undefined;
		const closed = within10s(close());
		(told[name] ??= []).push(waits ? `with a read that waits ${await closed} (the read ${await read})` : `close ${await closed}`);
	}));
}
for (const name of Object.keys(clients)) console.log(`${name}: ${told[name].join(', ')}`);
process.exit(0);
JS
# One client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^[a-z]+ [0-9.]+: ' | tee seen
printf '%s\n' 'redis 5.12.1: close resolved, with a read that waits pending (the read pending)' 'redis 6.3.1: close resolved, with a read that waits pending (the read rejected)' \
	'ioredis 6.0.0: close resolved, with a read that waits pending (the read pending)' 'iovalkey 0.4.0: close resolved, with a read that waits pending (the read pending)' \
	'glide 2.5.2: close resolved, with a read that waits resolved (the read rejected)' | cmp - seen
