#!/bin/sh
# The first line of a program is `import './env.js';`, which fills process.env, and a module below it reads REDIS_URL. Imports are sorted by a tool, in the editor or before a commit.
# Guess: an import without names is there for what it does, so that a sorter does not move anything across it.
# Seen: Biome 2.6.8, oxfmt 0.79.0, dprint's TypeScript plugin 0.96.1, @ianvs/prettier-plugin-sort-imports 4.7.1, eslint-plugin-perfectionist 5.14.0, eslint-plugin-simple-import-sort 14.0.0 and
# eslint-plugin-import-x 4.18.1 keep it first. prettier-plugin-organize-imports 4.3.0, which is TypeScript's own "organize imports" of the editors (typescript 5.9.3), and
# @trivago/prettier-plugin-sort-imports 6.0.2 put it behind ./db.js, by the alphabet: the file compiles, and the program has no address and takes its client's default.
# Reading the variable where it is used, or --env-file, does not depend on the order.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix . @biomejs/biome@2.6.8 oxfmt@0.79.0 dprint@0.57.4 @dprint/typescript@0.96.1 prettier@3.10.1 prettier-plugin-organize-imports@4.3.0 typescript@5.9.3 \
	@trivago/prettier-plugin-sort-imports@6.0.2 @ianvs/prettier-plugin-sort-imports@4.7.1 eslint@10.15.0 eslint-plugin-perfectionist@5.14.0 eslint-plugin-simple-import-sort@14.0.0 eslint-plugin-import-x@4.18.1 >/dev/null
PATH="$folder/node_modules/.bin:$PATH" DPRINT_CACHE_DIR="$folder/cache"
export DPRINT_CACHE_DIR
printf '{"type":"module"}\n' >package.json
printf "process.env.REDIS_URL = 'redis://the-one-of-the-project';\n" >env.js
printf "export const url = process.env.REDIS_URL ?? 'the default of the client';\n" >db.js
printf "export const name = 'app';\n" >app.js
echo '{"assist":{"actions":{"source":{"organizeImports":"on"}}}}' >biome.json
echo '{"sortImports":{}}' >.oxfmtrc.json
echo '{"plugins":["./node_modules/@dprint/typescript/plugin.wasm"],"typescript":{}}' >dprint.json
cat >eslint.config.js <<'JS'
import x from 'eslint-plugin-import-x';
import perfectionist from 'eslint-plugin-perfectionist';
import simple from 'eslint-plugin-simple-import-sort';
const of = (name, plugin, rule, ...options) => ({ files: [`${name}.js`], plugins: { [name]: plugin }, rules: { [`${name}/${rule}`]: ['error', ...options] } });
export default [of('perfectionist', perfectionist, 'sort-imports'), of('simple', simple, 'imports'), of('import-x', x, 'order', { alphabetize: { order: 'asc' } })];
JS
see() {
	printf "import './env.js';\nimport { url } from './db.js';\nimport { name } from './app.js';\n\nconsole.log(name, 'connects to', url);\n" >"$1.js"
	name=$1 && shift
	"$@" "$name.js" >/dev/null 2>&1
	order=$(sed -n "s/^import.*[\"']\.\/\([a-z]*\)\.js.*/\1/p" "$name.js" | tr '\n' ' ')
	echo "$name: $order| $(node "$name.js")"
}
{
	see biome biome check --write
	see oxfmt oxfmt
	see dprint dprint fmt
	see perfectionist eslint --fix
	see simple eslint --fix
	see import-x eslint --fix
	see ianvs prettier --no-config --plugin @ianvs/prettier-plugin-sort-imports --write
	see organize prettier --no-config --plugin prettier-plugin-organize-imports --write
	see trivago prettier --no-config --plugin @trivago/prettier-plugin-sort-imports --write
} | tee seen
cmp - seen <<'END'
biome: env app db | app connects to redis://the-one-of-the-project
oxfmt: env app db | app connects to redis://the-one-of-the-project
dprint: env app db | app connects to redis://the-one-of-the-project
perfectionist: env app db | app connects to redis://the-one-of-the-project
simple: env app db | app connects to redis://the-one-of-the-project
import-x: env app db | app connects to redis://the-one-of-the-project
ianvs: env app db | app connects to redis://the-one-of-the-project
organize: app db env | app connects to the default of the client
trivago: app db env | app connects to the default of the client
END
