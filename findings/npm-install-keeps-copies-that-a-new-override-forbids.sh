#!/bin/sh
# A tree has several copies of a package; an `overrides` entry that allows one is added; `npm install` runs and succeeds.
# Guess: the installed tree then obeys the override. Seen with npm 11.19.1 and @flue/runtime: "up to date", every copy stays, in the lockfile too.
# `npm dedupe` obeys it, and so does an exact version in `dependencies`.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix tool npm@11.19.1 >/dev/null
npm() { node "$folder/tool/node_modules/npm/bin/npm-cli.js" "$@" --silent --no-audit --no-fund --ignore-scripts --engine-strict=false; }
copies() { find project/node_modules -path '*@flue/runtime/package.json' -not -path '*/runtime/*/package.json' | wc -l | tr -d ' '; }
mkdir project
write() { printf '{"name":"p","private":true,"dependencies":{"@flue/runtime":"%s"},"devDependencies":{"@flue/cli":"2.0.3"}%s}\n' "$1" "$2" >project/package.json; }
{
	echo "npm $(npm --version)"
	write '>=2.0.3 <=2.1.0' '' && npm install --prefix project >/dev/null && echo "installed: $(copies)"
	write '>=2.0.3 <=2.1.0' ',"overrides":{"@flue/runtime":"$@flue/runtime"}' && npm install --prefix project >/dev/null && echo "override, install: $(copies)"
	npm dedupe --prefix project >/dev/null && echo "override, dedupe: $(copies)"
} | tee seen
printf 'npm 11.19.1\ninstalled: 3\noverride, install: 3\noverride, dedupe: 1\n' | cmp - seen
