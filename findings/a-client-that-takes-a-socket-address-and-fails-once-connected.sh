#!/bin/sh
# An address of a unix socket with a password, which redis documents since 6.0. Guess: it is refused when the client is made, or it works.
# Seen with redis 6.3.1 on Redis 7.0.15: without a password the client works; with one it is made, reaches the server, and then fails with "Invalid URL".
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis@6.3.1 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createClient } from 'redis';
const socket = `${process.cwd()}/s`;
const start = (...more) => spawn('redis-server', ['--port', '0', '--unixsocket', socket, '--save', '', ...more], { stdio: 'ignore' });
const look = async (url, ...more) => {
	const server = start(...more);
	try {
		for (let i = 0; i < 50 && !existsSync(socket); i++) await new Promise((done) => setTimeout(done, 100));
		const client = createClient({ url, socket: { reconnectStrategy: false } });
		client.on('error', () => {});
		return await client.connect().then(() => client.ping(), (error) => error.message);
	} finally {
		server.kill('SIGKILL');
		await new Promise((done) => server.once('exit', done));
	}
};
console.log(`without: ${await look(`unix://${socket}`)}`);
console.log(`with: ${await look(`unix://:word@${socket}`, '--requirepass', 'word')}`);
process.exit(0);
JS
node look.mjs | tee seen
printf 'without: PONG\nwith: Invalid URL\n' | cmp - seen
rm -rf "$folder"
