#!/usr/bin/env node
// Starts the program: refuses a Node that cannot run it, turns the compile cache on, loads dist. No syntax newer than Node 12.
'use strict';

const [major, minor] = process.versions.node.split('.').map(Number);

/** What the error says names folders of the user's. */
function refuse({ name, code }) {
	process.stderr.write(
		`error INTERNAL: flue-blueprints cannot be loaded (${code || name}).
hint: Install it again; in a checkout, run \`npm run build\`.
report:
  Node ${process.versions.node}, ${process.platform} ${process.arch} ${require('node:os').release()}
`,
	);
	process.exitCode = 1;
}

if (major < 20 || (major === 20 && minor < 12)) {
	process.stderr.write(
		`error BAD_NODE: flue-blueprints needs Node 20.12 or later, and this is ${process.versions.node}.\n`,
	);
	process.exitCode = 1;
} else {
	try {
		// Halves the time that loading the parser takes (Node 22.1 and later; measured by `npm run bench`).
		const { enableCompileCache } = require('node:module');
		if (enableCompileCache) enableCompileCache();
		// Help and the version take two words at most, and a file of their own has them.
		const words = process.argv.slice(2);
		const asks =
			words.length === 0 ||
			(words.length < 3 && words.some((word) => /^(?:help|-h|--help|-V|--version)$/.test(word)));
		const said = asks ? require('../dist/at-once.cjs').sayAtOnce() : Promise.resolve(false);
		said.then((isAll) => isAll || require('../dist/main.cjs').run()).catch(refuse);
	} catch (error) {
		refuse(error);
	}
}
