#!/bin/sh
# A patch made by `diff` that appends lines at the end of a file is applied to a file that has them already.
# Guess: `applyPatch` answers false, as for any patch whose context is not there. Seen with diff 9.0.0: it succeeds and appends a second time,
# since context is not anchored at the end of the file. git says that the patch does not apply.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . diff@9.0.0 >/dev/null
cat > look.mjs <<'JS'
import { writeFileSync } from 'node:fs';
import { applyPatch, createPatch } from 'diff';
const before = 'A=1\nB=2\n';
const after = `${before}REDIS_URL=\n`;
const patch = createPatch('env', before, after);
writeFileSync('env', after);
writeFileSync('env.patch', `diff --git a/env b/env\n${patch.slice(patch.indexOf('---'))}`.replace('--- env', '--- a/env').replace('+++ env', '+++ b/env'));
const again = applyPatch(after, patch);
console.log(`diff: ${again === `${after}REDIS_URL=\n` ? 'applied twice' : JSON.stringify(again)}`);
JS
{
	node look.mjs
	git apply --check env.patch 2>/dev/null && echo 'git: applies' || echo 'git: refuses'
} | tee seen
printf 'diff: applied twice\ngit: refuses\n' | cmp - seen
