// Finds a Node that Flue itself can run on (22.19 or later), or takes it from the npm package `node`.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const VERSION = '22.23.3';
/** Below node_modules and outside every PATH: in devDependencies it would run the npm scripts too. */
const FOLDER = fileURLToPath(new URL('../node_modules/.tools/node22', import.meta.url));

/** The path of the executable. Installs it on first use, which takes some seconds and the network. */
export function node22(): string {
	const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
	if (major > 22 || (major === 22 && minor >= 19)) return process.execPath;
	const binary = join(FOLDER, 'node_modules/node/bin/node');
	if (existsSync(binary)) return binary;
	mkdirSync(FOLDER, { recursive: true });
	writeFileSync(join(FOLDER, 'package.json'), '{ "private": true }\n');
	execFileSync('npm', ['install', '--no-audit', '--no-fund', '--save-exact', `node@${VERSION}`], {
		cwd: FOLDER,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	return binary;
}
