#!/bin/sh
# The options of a client are written into its address, as REDIS_URL is often all that one can set: redis://host:port/?lazyConnect=false, or ?enableOfflineQueue=false.
# Guess: they are off, as with the same options in an object.
# Seen with ioredis 6.0.0 and iovalkey 0.4.0: what stands in the query of an address stays the text "false", which counts as true: the client does not connect until it is asked
# for something, and requests are queued where they should be refused at once. "=" with nothing behind it is off.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . ioredis@6.0.0 iovalkey@0.4.0 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
try {
	await up();
	for (const [name, Client] of Object.entries({ 'ioredis 6.0.0': Redis, 'iovalkey 0.4.0': Valkey })) {
		const made = (query, options = {}) => new Client(`redis://127.0.0.1:${port}/${query}`, options).on('error', () => {});
		for (const [how, query, options] of [['object', '', false], ['address', '=false'], ['empty', '=']]) {
			const lazy = made(query && `?lazyConnect${query}`, query ? {} : { lazyConnect: options });
			await sleep(300);
			const connects = lazy.status === 'ready' ? 'connects' : 'does not connect';
			lazy.disconnect();
			const queueing = made(query && `?enableOfflineQueue${query}`, query ? {} : { enableOfflineQueue: options });
			const early = await queueing.get('k').then(() => 'queued', () => 'refused');
			queueing.disconnect();
			console.log(`${name}, ${how}: ${connects}, early request ${early}`);
		}
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
for name in 'ioredis 6.0.0' 'iovalkey 0.4.0'; do
	printf '%s\n' "$name, object: connects, early request refused" "$name, address: does not connect, early request queued" "$name, empty: connects, early request refused"
done | cmp - seen
