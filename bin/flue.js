#!/usr/bin/env node
// Starts the program: refuses a Node that cannot run it, turns the compile cache on, loads dist. No syntax newer than Node 12.
import module from 'node:module';
import { release } from 'node:os';

const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 12)) {
	process.stderr.write(
		`error BAD_NODE: flue-blueprints needs Node 20.12 or later, and this is ${process.versions.node}.\n`,
	);
	process.exitCode = 1;
} else {
	// Halves the time that loading the parser takes (Node 22.1 and later; measured by `npm run bench`).
	if (module.enableCompileCache) module.enableCompileCache();
	import('../dist/main.js')
		.then((main) => main.run())
		.catch(({ name, code }) => {
			// What the error says names folders of the user's.
			process.stderr.write(
				`error INTERNAL: flue-blueprints cannot be loaded (${code || name}).
hint: Install it again; in a checkout, run \`npm run build\`.
report:
  Node ${process.versions.node}, ${process.platform} ${process.arch} ${release()}
`,
			);
			process.exitCode = 1;
		});
}
