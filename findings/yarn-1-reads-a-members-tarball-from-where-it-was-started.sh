#!/bin/sh
# A workspace member depends on `file:./vendor/x.tgz`. Guess: `yarn install` does the same wherever in the workspace it is started, as it does for
# every other dependency. Seen with Yarn 1.22.22: started at the root it finds the tarball; started in the member it looks for it below
# packages/app/packages/app, and fails, unless an earlier install has left the tarball in its cache.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
npm install --silent --no-audit --no-fund --prefix tool yarn@1.22.22 >/dev/null
mkdir -p ws/packages/app/vendor && cd ws
(cd packages/app/vendor && npm pack --silent is-number@7.0.0 >/dev/null)
printf '{"name":"ws","private":true,"workspaces":["packages/*"]}\n' >package.json
printf '{"name":"app","version":"1.0.0","dependencies":{"is-number":"file:./vendor/is-number-7.0.0.tgz"}}\n' >packages/app/package.json
yarn() { node "$folder/tool/node_modules/yarn/bin/yarn.js" "$@" --no-lockfile --cache-folder "$folder/cache" >"$folder/log" 2>&1; }
clean() { rm -rf node_modules packages/app/node_modules "$1"; }
{
	clean "$folder/cache"; (cd packages/app && yarn install) && echo 'in the member: installed' || echo 'in the member: fails'
	grep -q 'packages/app/packages/app/vendor' "$folder/log" && echo 'it looked in packages/app/packages/app'
	clean "$folder/cache"; yarn install && echo 'at the root: installed' || echo 'at the root: fails'
	clean nothing; (cd packages/app && yarn install) && echo 'in the member, with the cache: installed' || echo 'in the member, with the cache: fails'
} | tee ../seen
printf 'in the member: fails\nit looked in packages/app/packages/app\nat the root: installed\nin the member, with the cache: installed\n' | cmp - ../seen
