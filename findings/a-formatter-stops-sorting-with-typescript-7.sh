#!/bin/sh
# A project has Prettier with prettier-plugin-organize-imports, which leaves the sorting to TypeScript, and goes from TypeScript 5.9 or 6 to 7; npm finds that the plugin's peer is there.
# Guess: Prettier fails, or says that the plugin cannot work without TypeScript's programming interface, which 7 does not have; so `prettier --check` in CI would tell.
# Seen with prettier 3.10.1, the plugin 4.3.0 and typescript 7.0.2: no word, status 0, and imports are neither sorted nor removed any more; --check passes files that it refused the day before. With
# typescript 5.9.3 and 6.0.3 it sorts. Whoever formats a file by the project's own means, to leave it as the project wants it, leaves it as the older version would not.
set -eu
folder=$(mktemp -d) && trap 'rm -rf "$folder"' EXIT && cd "$folder"
for version in 5.9.3 6.0.3 7.0.2; do
	mkdir "$version" && cd "$version"
	npm install --silent --no-audit --no-fund --prefix . prettier@3.10.1 prettier-plugin-organize-imports@4.3.0 "typescript@$version" >/dev/null
	printf "import { unused } from './unused.js';\nimport { b } from './b.js';\nimport { a } from './a.js';\n\nconsole.log(a, b);\n" >x.ts
	echo '{ "plugins": ["prettier-plugin-organize-imports"], "singleQuote": true }' >.prettierrc
	node_modules/.bin/prettier --check x.ts >said 2>&1 && check=passes || check=refuses
	node_modules/.bin/prettier --write x.ts >>said 2>&1
	echo "typescript $version: --check $check, --write leaves $(sed -n "s/^import.*'\.\/\([a-z]*\).*/\1/p" x.ts | tr '\n' ' ')| warnings $(grep -ciE 'error|typescript' said)" || true
	cd ..
done | tee seen
cmp - seen <<'END'
typescript 5.9.3: --check refuses, --write leaves a b | warnings 0
typescript 6.0.3: --check refuses, --write leaves a b | warnings 0
typescript 7.0.2: --check passes, --write leaves unused b a | warnings 0
END
