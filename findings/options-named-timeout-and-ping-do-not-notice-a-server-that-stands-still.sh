#!/bin/sh
# A server stops answering and its connections stay open (a frozen machine; here SIGSTOP). The client was made with commandOptions: { timeout: 200 }, "timeout
# for the command in milliseconds", or with pingInterval: 200. Guess: the one rejects the command after 200 ms, the other finds the connection dead.
# Seen with redis 5.12.1 and 6.3.1: neither does anything. The timeout counts only until a command is written, and no one times the PING. Only
# socket.socketTimeout ends the connection, and with it the command.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { createClient as createClient5 } from 'redis5';
import { createClient as createClient6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const ways = {
	pingInterval: { pingInterval: 200 },
	'commandOptions.timeout': { commandOptions: { timeout: 200 } },
	'socket.socketTimeout': { socket: { socketTimeout: 1000, reconnectStrategy: false } },
};
const look = async (create, options) => {
	let heard = 'no error event';
	const client = create({ url: `redis://127.0.0.1:${port}`, ...options }).on('error', () => { heard = 'an error event'; });
	await client.connect();
	return { said: async () => `${await Promise.race([client.get('a').then(() => 'an answer', () => 'an error'), new Promise((done) => setTimeout(done, 4000, 'nothing'))])}, ${heard}`, end: () => client.destroy() };
};
try {
	await up();
	for (const [version, create] of [['5.12.1', createClient5], ['6.3.1', createClient6]]) {
		const clients = await Promise.all(Object.values(ways).map((options) => look(create, options)));
		server.kill('SIGSTOP');
		const said = await Promise.all(clients.map((client) => client.said()));
		server.kill('SIGCONT');
		Object.keys(ways).forEach((name, i) => console.log(`redis ${version}, ${name}: ${said[i]}`));
		for (const client of clients.slice(0, 2)) client.end();
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
for version in 5.12.1 6.3.1; do
	printf "redis $version, %s\n" 'pingInterval: nothing, no error event' 'commandOptions.timeout: nothing, no error event' 'socket.socketTimeout: an error, an error event'
done | cmp - seen
