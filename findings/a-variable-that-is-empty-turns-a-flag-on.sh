#!/bin/sh
# A variable of the environment is declared as a boolean, false by default, or as a number, and read by a library that validates. Guess: FLAG= and FLAG=0 are
# false or an error, and the number 6379O, with a letter, is an error.
# Seen: convict 6.2.5 takes every text but "false" for true, the empty one and "0" too, and calls that valid; 6379O is 6379 to convict and to envalid
# 8.2.0. env-var 7.5.0 refuses what it does not know.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . convict@6.2.5 envalid@8.2.0 env-var@7.5.0 >/dev/null
cat > look.mjs <<'JS'
import convict from 'convict';
import envVar from 'env-var';
import { bool, cleanEnv, num } from 'envalid';
const env = (text) => ({ X: text });
const ways = {
	convict: (text, flag) => convict({ x: { format: flag ? Boolean : Number, default: flag ? false : 1, env: 'X' } }, { env: env(text) }).validate({ allowed: 'strict' }).get('x'),
	envalid: (text, flag) => cleanEnv(env(text), { X: flag ? bool({ default: false }) : num({ default: 1 }) }, { reporter: ({ errors }) => { if (errors.X) throw errors.X; } }).X,
	'env-var': (text, flag) => (flag ? envVar.from(env(text)).get('X').default('false').asBool() : envVar.from(env(text)).get('X').default(1).asFloat()),
};
const read = (way, text, flag) => {
	try {
		return way(text, flag);
	} catch {
		return 'an error';
	}
};
for (const [text, flag] of [['', true], ['0', true], ['off', true], ['false', true], ['6379O', false]])
	console.log(`${flag ? 'flag' : 'number'} "${text}": ${Object.entries(ways).map(([name, way]) => `${name} ${read(way, text, flag)}`).join(', ')}`);
JS
node look.mjs | tee seen
printf '%s\n' 'flag "": convict true, envalid an error, env-var an error' 'flag "0": convict true, envalid false, env-var false' \
	'flag "off": convict true, envalid false, env-var an error' 'flag "false": convict false, envalid false, env-var false' \
	'number "6379O": convict 6379, envalid 6379, env-var an error' | cmp - seen
