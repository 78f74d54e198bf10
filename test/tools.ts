// Packages that tests use and no devDependency may bring: its programs would stand on the PATH of every npm script, or its packages beside ours.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDER = fileURLToPath(new URL('../node_modules/.tools', import.meta.url));

/** The folder of a package at an exact version. Installs it on first use, which takes some seconds and the network. */
export function tool(name: string, version: string): string {
	const place = join(FOLDER, `${name.replace('/', '-')}-${version}`);
	const folder = join(place, 'node_modules', name);
	if (existsSync(folder)) return folder;
	mkdirSync(FOLDER, { recursive: true });
	const beside = mkdtempSync(`${place}-`);
	writeFileSync(join(beside, 'package.json'), '{ "private": true }\n');
	execFileSync(
		'npm',
		['install', '--no-audit', '--no-fund', '--save-exact', `${name}@${version}`],
		{
			cwd: beside,
			stdio: ['ignore', 'ignore', 'inherit'],
		},
	);
	try {
		renameSync(beside, place);
	} catch (error) {
		// Another process was faster.
		rmSync(beside, { recursive: true });
		if (!existsSync(folder)) throw error;
	}
	return folder;
}
