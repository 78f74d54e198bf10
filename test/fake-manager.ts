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

/** Makes `<folder>/bin/<name>` and returns the PATH with it in front. Calls are recorded in `<folder>/calls.txt`. */
export function fakeManager(folder: string, name: string, script: string): string {
	const file = join(folder, 'bin', name);
	mkdirSync(dirname(file), { recursive: true });
	const record = `require('node:fs').appendFileSync(${JSON.stringify(join(folder, 'calls.txt'))}, JSON.stringify(process.argv.slice(2)) + '\\n');`;
	writeFileSync(file, `#!${process.execPath}\n${record}\n${script}\n`);
	chmodSync(file, 0o755);
	return `${join(folder, 'bin')}:${process.env.PATH ?? ''}`;
}
