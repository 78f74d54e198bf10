#!/bin/sh
# Ours deletes a line, theirs edits it. Guess: every three-way merge reports a conflict, as git does.
# Seen: node-diff3 3.2.1 reports one; three-way-merge 0.1.0 says that there is none.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . node-diff3@3.2.1 three-way-merge@0.1.0 >/dev/null
cat > look.cjs <<'JS'
const { merge: diff3 } = require('node-diff3');
const other = require('three-way-merge');
const merge = other.default ?? other.merge ?? other;
const base = 'one\ntwo\nthree\n';
const ours = 'one\nthree\n';
const theirs = 'one\ntwo, edited\nthree\n';
const first = diff3(ours.split('\n'), base.split('\n'), theirs.split('\n'));
const second = merge(ours, base, theirs);
const conflict = typeof second.isConflict === 'function' ? second.isConflict() : second.conflict;
console.log(`node-diff3: ${first.conflict ? 'conflict' : 'clean'}\nthree-way-merge: ${conflict ? 'conflict' : 'clean'}`);
JS
node look.cjs | tee seen
printf 'node-diff3: conflict\nthree-way-merge: clean\n' | cmp - seen
