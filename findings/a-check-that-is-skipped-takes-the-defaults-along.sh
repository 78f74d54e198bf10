#!/bin/sh
# A config module of t3-env is loaded with skipValidation: true, as images are built and linters run. Guess: nothing is refused then, and what the module exports is as its types say:
# a default where nothing is set, a boolean for FLAG=false, and nothing that is not declared.
# Seen with @t3-oss/env-core 0.13.11 and zod 4.6.7: it exports the environment as it is. The default is not there, so that a client that takes no address for its own
# default connects to localhost; FLAG is the text "false", which counts as true; and a secret of somebody else is in what is logged as this program's settings.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @t3-oss/env-core@0.13.11 zod@4.6.7 >/dev/null
cat > look.mjs <<'JS'
import { createEnv } from '@t3-oss/env-core';
import { z } from 'zod';
for (const skipValidation of [false, true]) {
	const env = createEnv({
		server: { REDIS_URL: z.string().default('redis://redis:6379'), FLAG: z.stringbool() },
		runtimeEnv: { FLAG: 'false', OTHERS_SECRET: 'word' },
		skipValidation,
	});
	console.log(`${skipValidation ? 'skipped' : 'checked'}: address ${env.REDIS_URL}, flag ${env.FLAG ? 'on' : 'off'}, holds ${Object.keys(env).sort().join(' ')}`);
}
JS
node look.mjs | tee seen
printf '%s\n' 'checked: address redis://redis:6379, flag off, holds FLAG REDIS_URL' 'skipped: address undefined, flag on, holds FLAG OTHERS_SECRET' | cmp - seen
