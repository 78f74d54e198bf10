#!/bin/sh
# MULTI, SET, WAIT 1 0, EXEC on a primary whose one replica is stopped. Guess: WAIT, being queued behind SET, answers for it or blocks.
# Seen with redis 5.12.1 on Redis 7.0.15: WAIT inside the transaction says 1 at once, for what the connection wrote before; the same WAIT right after EXEC, with
# a time limit, says 0. A write is known to be replicated only by a WAIT of its own behind it.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis@5.12.1 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { mkdirSync } from 'node:fs';
import { createClient } from 'redis';
const port = () => new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const children = [];
const start = async (...more) => {
	const at = await port();
	mkdirSync(String(at));
	children.push(spawn('redis-server', ['--port', String(at), '--bind', '127.0.0.1', '--save', '', '--dir', String(at), ...more], { stdio: 'ignore' }));
	return at;
};
const pause = (ms) => new Promise((done) => setTimeout(done, ms));
try {
	const primary = await start('--repl-diskless-sync-delay', '0');
	await pause(500);
	await start('--replicaof', '127.0.0.1', String(primary));
	const client = createClient({ url: `redis://127.0.0.1:${primary}` });
	await client.connect();
	for (let i = 0; i < 100 && !/state=online/.test(await client.sendCommand(['INFO', 'replication'])); i++) await pause(100);
	const version = /redis_version:(.*)/.exec(await client.sendCommand(['INFO', 'server']))[1].trim();
	await client.sendCommand(['SET', 'a', '1']);
	if ((await client.sendCommand(['WAIT', '1', '5000'])) !== 1) throw new Error('no replica');
	// The replica acknowledges by itself once a second.
	await pause(2500);
	children[1].kill('SIGSTOP');
	await pause(100);
	const [, inside] = await client.multi().addCommand(['SET', 'a', '2']).addCommand(['WAIT', '1', '0']).exec();
	const behind = await client.sendCommand(['WAIT', '1', '500']);
	console.log(`Redis ${version}: inside MULTI ${inside}, behind EXEC ${behind}`);
	client.destroy();
} finally {
	for (const child of children) child.kill('SIGKILL');
}
JS
node look.mjs | tee seen; status=0
grep -qx 'Redis [0-9.]*: inside MULTI 1, behind EXEC 0' seen || status=1
cd / && rm -rf "$folder"; exit $status
