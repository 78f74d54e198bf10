#!/bin/sh
# envin's defineEnv, asked for one variable of its own. Guess: it reads process.env, and at most leaves empty texts out of what it gives back.
# Seen with envin 1.3.0: every variable of the process that is empty is deleted from process.env, also those that it was not asked for, so that a program
# that it starts afterwards, or another module, no longer sees that they were set.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . envin@1.3.0 zod@4.1.13 >/dev/null
cat > look.mjs <<'JS'
import { defineEnv } from 'envin';
import { z } from 'zod';
const seen = (when) => console.log(`${when}: ${'SOMEBODY_ELSES' in process.env ? 'there' : 'gone'}`);
seen('before');
defineEnv({ server: { OURS: z.string() }, skip: false });
seen('after');
JS
OURS=text SOMEBODY_ELSES='' node look.mjs | tee seen
printf 'before: there\nafter: gone\n' | cmp - seen
