#!/bin/sh
# Three small projects, and three libraries that tell which package manager one uses. Guess: they agree wherever a lockfile or the packageManager field says
# it, and where two say different things one of them tells so.
# Seen with detect-package-manager 3.0.2, package-manager-detector 1.9.0 and nypm 0.6.12: with bun.lock alone (bun's lockfile since 1.2) the first says npm, and it
# does not read packageManager either; of two lockfiles each takes the first of its own list, without a word.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . detect-package-manager@3.0.2 package-manager-detector@1.9.0 nypm@0.6.12 >/dev/null
cat > look.mjs <<'JS'
import { mkdirSync, writeFileSync } from 'node:fs';
import { detect as first } from 'detect-package-manager';
import { detectPackageManager as third } from 'nypm';
import { detect as second } from 'package-manager-detector';
const projects = {
	'bun.lock': [{}, 'bun.lock'],
	'pnpm in packageManager, package-lock.json': [{ packageManager: 'pnpm@10.34.9' }, 'package-lock.json'],
	'package-lock.json, yarn.lock': [{}, 'package-lock.json', 'yarn.lock'],
};
for (const [i, [name, [manifest, ...locks]]] of Object.entries(projects).entries()) {
	const cwd = `${process.cwd()}/project${i}`;
	mkdirSync(cwd);
	writeFileSync(`${cwd}/package.json`, JSON.stringify(manifest));
	for (const lock of locks) writeFileSync(`${cwd}/${lock}`, '');
	console.log(`${name}: ${await first({ cwd })}, ${(await second({ cwd }))?.name}, ${(await third(cwd, { ignoreArgv: true }))?.name}`);
}
JS
# Without a PATH, since the first falls back on what is installed on the machine.
node=$(command -v node)
env PATH=/nowhere "$node" look.mjs | tee seen
printf '%s\n' 'bun.lock: npm, bun, bun' 'pnpm in packageManager, package-lock.json: npm, pnpm, pnpm' 'package-lock.json, yarn.lock: yarn, yarn, npm' | cmp - seen
