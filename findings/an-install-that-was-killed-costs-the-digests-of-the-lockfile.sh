#!/bin/sh
# npm is killed (SIGKILL, power, the memory's killer of a container) while it adds a package, and `npm install` is run again.
# Guess: the lockfile is the old or the new one, as it is written beside its place and renamed; or the second run stops at one that it cannot read; or it makes a whole one.
# Seen with npm 10.9.4, 11.21.2 and 12.2.2: the file is emptied and then filled. Killed in between it stays empty; the next `npm install` ends with 0 and no word of it, and writes a lockfile in which the
# packages that lie in node_modules have no "integrity" any more. `npm ci` takes that lockfile, and checks nothing of what it downloads. Where node_modules is deleted first, the digests come back.
# Each npm is killed by a hook in itself, at the moment after it has opened its lockfile for writing.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
cat > hook.cjs <<'JS'
const fs = require('node:fs');
const { writeFile } = fs.promises;
fs.promises.writeFile = (path, ...more) => {
	if (!/[/\\]package-lock\.json$/.test(String(path))) return writeFile(path, ...more);
	fs.closeSync(fs.openSync(path, 'w'));
	process.kill(process.pid, 'SIGKILL');
};
JS
for version in 10.9.4 11.21.2 12.2.2; do
	npm install --silent --no-audit --no-fund --prefix "npm-$version" "npm@$version" >/dev/null
	npm="node $folder/npm-$version/node_modules/npm/bin/npm-cli.js"
	mkdir "project-$version" && cd "project-$version"
	echo '{ "private": true, "dependencies": { "redis": "6.3.1" } }' > package.json
	$npm install --silent --no-audit --no-fund >/dev/null 2>&1
	echo '{ "private": true, "dependencies": { "redis": "6.3.1", "ms": "2.1.3" } }' > package.json
	NODE_OPTIONS="--require $folder/hook.cjs" $npm install --silent --no-audit --no-fund >/dev/null 2>&1 || true
	killed=$(wc -c < package-lock.json)
	again=$($npm install --loglevel warn --no-audit --no-fund >said 2>&1 && echo 0 || echo "$?")
	words=$(grep -ciE 'lock|integrity' said || true)
	packages=$(grep -c '"node_modules/' package-lock.json)
	digests=$(grep -c '"integrity"' package-lock.json || true)
	ci=$($npm ci --silent --no-audit --no-fund >/dev/null 2>&1 && echo 0 || echo "$?")
	rm -rf node_modules package-lock.json
	$npm install --silent --no-audit --no-fund >/dev/null 2>&1
	anew=$(grep -c '"integrity"' package-lock.json)
	cd ..
	echo "npm $version: lockfile of $killed bytes, then install ends with $again and $words words of it, $packages packages, $digests digests, ci ends with $ci; from nothing $anew digests"
done | tee seen
for version in 10.9.4 11.21.2 12.2.2; do
	echo "npm $version: lockfile of 0 bytes, then install ends with 0 and 0 words of it, 7 packages, 0 digests, ci ends with 0; from nothing 7 digests"
done | cmp - seen
