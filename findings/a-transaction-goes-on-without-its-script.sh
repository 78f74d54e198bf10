#!/bin/sh
# A script is declared with the client (defineCommand, scripts) and has been used; then the server loses its scripts (SCRIPT FLUSH; a replica that takes over has none).
# A transaction of two writes with the script between them follows. Guess: the client sends the script again, as it does when it is called alone, or the transaction fails.
# Seen with ioredis 6.0.0 and iovalkey 0.4.0: exec() resolves, both writes are done, and among the results stands NOSCRIPT; every later transaction is the same,
# and it is right only after somebody has called the script alone. redis 5.12.1 and 6.3.1 send the text in each transaction. So scripts are not put into
# transactions of such a client, and each result of exec() is looked at.
# Needs redis-server (Debian: apt-get install redis-server).
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . redis5@npm:redis@5.12.1 redis6@npm:redis@6.3.1 ioredis@6.0.0 iovalkey@0.4.0 >/dev/null
cat > look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { connect, createServer } from 'node:net';
import { Redis } from 'ioredis';
import { Redis as Valkey } from 'iovalkey';
import { createClient as createClient5, defineScript as defineScript5 } from 'redis5';
import { createClient as createClient6, defineScript as defineScript6 } from 'redis6';
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn('redis-server', ['--port', String(port), '--bind', '127.0.0.1', '--save', ''], { stdio: 'ignore' });
const up = () => new Promise((done) => { const s = connect(port, '127.0.0.1', () => done(s.end())).on('error', () => setTimeout(() => done(up()), 50)); });
const text = "return redis.call('INCR', KEYS[1])";
const official = (create, defineScript) => async (url) => {
	const count = defineScript({ SCRIPT: text, NUMBER_OF_KEYS: 1, parseCommand: (parser, key) => parser.pushKey(key), transformReply: (reply) => reply });
	const client = await create({ url, scripts: { count } }).on('error', () => {}).connect();
	return {
		alone: () => client.count('n'),
		transaction: () => client.multi().set('before', '1').count('n').set('after', '1').exec().then((all) => all.map(String)),
		send: (...words) => client.sendCommand(words),
	};
};
const other = (Client) => async (url) => {
	const client = new Client(url).on('error', () => {});
	client.defineCommand('count', { numberOfKeys: 1, lua: text });
	return {
		alone: () => client.count('n'),
		transaction: () => client.multi().set('before', '1').count('n').set('after', '1').exec().then((all) => all.map(([error, value]) => (error ? error.message.split(' ')[0] : String(value)))),
		send: (...words) => client.call(...words),
	};
};
const clients = { 'redis 5.12.1': official(createClient5, defineScript5), 'redis 6.3.1': official(createClient6, defineScript6), 'ioredis 6.0.0': other(Redis), 'iovalkey 0.4.0': other(Valkey) };
try {
	await up();
	for (const [name, open] of Object.entries(clients)) {
		const { alone, transaction, send } = await open(`redis://127.0.0.1:${port}`);
		await send('FLUSHALL');
		await alone();
		await send('SCRIPT', 'FLUSH');
		const first = await transaction();
		const second = await transaction();
		await alone();
		console.log(`${name}: ${first.join(' ')}, ${second.join(' ')}, after a call alone ${(await transaction()).join(' ')}`);
	}
} finally {
	server.kill('SIGKILL');
}
process.exit(0);
JS
node look.mjs | tee seen
printf '%s\n' 'redis 5.12.1: OK 2 OK, OK 3 OK, after a call alone OK 5 OK' 'redis 6.3.1: OK 2 OK, OK 3 OK, after a call alone OK 5 OK' \
	'ioredis 6.0.0: OK NOSCRIPT OK, OK NOSCRIPT OK, after a call alone OK 3 OK' 'iovalkey 0.4.0: OK NOSCRIPT OK, OK NOSCRIPT OK, after a call alone OK 3 OK' | cmp - seen
