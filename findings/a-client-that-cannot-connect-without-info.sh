#!/bin/sh
# A user that may do everything but INFO. Guess: a client connects, and only a call of INFO is refused.
# Seen with @valkey/valkey-glide 2.5.2 on Redis 7.0.15 and redis 5.12.1 beside it: redis connects and writes; glide asks for INFO by itself while it connects, and never
# connects. Rights for an application that is run through glide need +info.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis@5.12.1 @valkey/valkey-glide@2.5.2 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { GlideClient } from '@valkey/valkey-glide';
import { createClient } from 'redis';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', '', '--user', 'app', 'on', '>word', '~*', '&*', '+@all', '-info'], { stdio: 'ignore' });
const glide = (username, password) => GlideClient.createClient({
	addresses: [{ host: '127.0.0.1', port }],
	credentials: username && { username, password },
	connectionBackoff: { numberOfRetries: 1, factor: 50, exponentBase: 2 },
});
try {
	let redis;
	for (let i = 0; i < 50 && !redis; i++) {
		await new Promise((done) => setTimeout(done, 100));
		const one = createClient({ url: `redis://app:word@127.0.0.1:${port}`, socket: { reconnectStrategy: false } });
		one.on('error', () => {});
		redis = await one.connect().catch(() => null);
	}
	console.log(`redis: ${await redis.set('a', '1')}`);
	redis.destroy();
	const all = await glide();
	console.log(`glide, all rights: ${await all.set('a', '1')}`);
	all.close();
	console.log(`glide, without info: ${await glide('app', 'word').then(() => 'connected', () => 'refused')}`);
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
# The client's own log goes to stdout too.
node look.mjs 2>/dev/null | grep -aE '^(redis|glide)[:,]' | tee seen
printf 'redis: OK\nglide, all rights: OK\nglide, without info: refused\n' | cmp - seen
rm -rf "$folder"
