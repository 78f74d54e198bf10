#!/bin/sh
# Two packages of one project have a bin of the same name. Guess: the first keeps it, or the install complains; and when one goes, the other's is there.
# Seen with npm 11.19.1: a later `npm install` of the second takes the name without a word, `npm uninstall` of the second leaves no bin at all, and only
# a clean install (or `npm rebuild`) brings the first one's back.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix tool npm@11.19.1 >/dev/null
npm() { node "$folder/tool/node_modules/npm/bin/npm-cli.js" "$@" --silent --no-audit --no-fund --ignore-scripts >/dev/null; }
mkdir second && printf '{"name":"second","version":"1.0.0","bin":{"semver":"bin.js"}}' >second/package.json
printf '#!/usr/bin/env node\nconsole.log("second");\n' >second/bin.js && (cd second && npm pack --pack-destination ..)
mkdir project && cd project && printf '{"name":"p","private":true}' >package.json
# The public package semver 7.8.6 stands for the framework: it has a bin of that name too.
who() { if [ -e node_modules/.bin/semver ]; then node_modules/.bin/semver 1.0.0; else echo none; fi; }
{
	npm install semver@7.8.6 && echo "alone: $(who)"
	npm install ../second-1.0.0.tgz && echo "second installed: $(who)"
	npm uninstall second && echo "second uninstalled: $(who)"
	npm rebuild && echo "rebuilt: $(who)"
} | tee ../seen
printf 'alone: 1.0.0\nsecond installed: second\nsecond uninstalled: none\nrebuilt: 1.0.0\n' | cmp - ../seen
