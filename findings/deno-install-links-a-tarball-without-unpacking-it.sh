#!/bin/sh
# `file:./vendor/x.tgz` in the dependencies of a package.json, and `deno install`. Guess: the tarball is unpacked, as npm does, or it is an error.
# Seen with deno 2.9.6: status 0, and node_modules/x is a symbolic link to the tarball itself, a file; the import fails only when the program runs.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix tool deno@2.9.6 npm@11.19.1 >/dev/null
export DENO_DIR="$folder/cache" DENO_NO_UPDATE_CHECK=1 npm_config_cache="$folder/cache"
mkdir -p project/vendor package && cd project
printf '{"name":"x","version":"1.0.0","main":"index.js"}' >../package/package.json
printf 'module.exports = "x";\n' >../package/index.js
tar czf vendor/x.tgz -C .. package
printf '{"name":"p","private":true,"dependencies":{"x":"file:./vendor/x.tgz"}}\n' >package.json
printf 'import x from "x";\nconsole.log(x);\n' >main.mjs
look() {
	if [ -L node_modules/x ]; then echo "$1: a link to $(readlink node_modules/x)"; elif [ -d node_modules/x ]; then echo "$1: a folder"; else echo "$1: nothing"; fi
}
deno() { "$folder/tool/node_modules/.bin/deno" "$@" </dev/null 2>../log; }
{
	node ../tool/node_modules/npm/bin/npm-cli.js install --silent --no-audit --no-fund --no-package-lock && look 'npm 11.19.1'
	echo "run: $(deno run main.mjs || echo fails)"
	rm -rf node_modules
	deno install >/dev/null && look "$(deno --version | sed -n 's/^\(deno [0-9.]*\).*/\1/p')"
	echo "run: $(deno run main.mjs || echo fails)"
} | tee ../seen
printf '%s\n' 'npm 11.19.1: a folder' 'run: x' 'deno 2.9.6: a link to ../vendor/x.tgz' 'run: fails' | cmp - ../seen
