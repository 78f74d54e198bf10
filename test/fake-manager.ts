// A package manager for tests: first on PATH, it records its arguments and does what its script says.
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** Statements of the fake, as source text of a Node program that runs in the project's folder. */
export const INSTALLS = `
const { mkdirSync, writeFileSync } = require('node:fs');
for (const [name, version] of [['@flue/redis', '2.0.3'], ['redis', '5.12.1'], ['@flue/runtime', '2.0.3']]) {
	mkdirSync('node_modules/' + name, { recursive: true });
	writeFileSync('node_modules/' + name + '/package.json', JSON.stringify({ name, version }));
}
writeFileSync('package-lock.json', '{ "lockfileVersion": 3 }');
`;

/** What npm 11 prints. */
export const NOT_IN_REGISTRY =
	'npm error code E404\nnpm error 404 Not Found - GET https://registry.example/@flue%2fredis - Not found';

/**
 * Makes `<folder>/bin/<name>` and returns the PATH with it in front. Calls are recorded in `<folder>/calls.txt`. Asked for
 * a version it has one, unless it `lacks` everything; for any other call the script runs.
 */
export function fakeManager(folder: string, name: string, script: string, lacks = false): string {
	const file = join(folder, 'bin', name);
	mkdirSync(dirname(file), { recursive: true });
	const record = `require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'calls.txt'))}, JSON.stringify(process.argv.slice(2)) + '\\n');`;
	const answer = lacks
		? `console.error(${JSON.stringify(NOT_IN_REGISTRY)}); process.exit(1);`
		: "console.log('2.0.3'); process.exit(0);";
	const view = `if (process.argv[2] === 'view') { ${answer} }`;
	writeFileSync(file, `#!${process.execPath}\n${record}\n${view}\n${script}\n`);
	chmodSync(file, 0o755);
	return `${join(folder, 'bin')}:${process.env.PATH ?? ''}`;
}
