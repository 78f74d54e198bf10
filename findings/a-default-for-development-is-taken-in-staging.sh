#!/bin/sh
# A config module gives its address a devDefault, redis://localhost:6379, so that only developers can do without REDIS_URL; elsewhere the program has to refuse to start.
# Guess: "development" is where NODE_ENV says so; and two libraries that have an option of this name take it in the same places.
# Seen with envalid 8.2.0 and envsafe 2.0.3: both take it wherever NODE_ENV is set and is not "production": "staging", "prod" and "test" too. Where NODE_ENV is not set, or empty, as on a server that nobody told,
# they part: envalid refuses, envsafe connects to localhost. A server of staging that lost its address so starts, and keeps its state in whatever listens there.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . envalid@8.2.0 envsafe@2.0.3 >/dev/null
cat > look.mjs <<'JS'
import * as envalid from 'envalid';
import * as envsafe from 'envsafe';
const devDefault = 'redis://localhost:6379';
const reporter = ({ errors }) => { if (Object.keys(errors).length > 0) throw new Error('refused'); };
const LIBRARIES = {
	envalid: (env) => envalid.cleanEnv(env, { REDIS_URL: envalid.str({ devDefault }) }, { reporter }),
	envsafe: (env) => envsafe.envsafe({ REDIS_URL: envsafe.str({ devDefault }) }, { env, reporter }),
};
const where = (make, env) => { try { return make(env).REDIS_URL === devDefault ? 'localhost' : 'elsewhere'; } catch { return 'refused'; } };
for (const [name, make] of Object.entries(LIBRARIES))
	console.log(`${name}: ${['development', 'test', 'staging', 'prod', 'production', '', undefined].map((NODE_ENV) => `${NODE_ENV === undefined ? 'not set' : NODE_ENV || 'empty'} ${where(make, NODE_ENV === undefined ? {} : { NODE_ENV })}`).join(', ')}`);
JS
node look.mjs | tee seen
cmp - seen <<'END'
envalid: development localhost, test localhost, staging localhost, prod localhost, production refused, empty refused, not set refused
envsafe: development localhost, test localhost, staging localhost, prod localhost, production refused, empty localhost, not set localhost
END
