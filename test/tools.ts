// What tests run at an exact version: devDependencies, and packages that may not be one, since their programs would stand on the PATH of
// every npm script or their packages beside ours.
import { execFileSync } from 'node:child_process';
import {
	existsSync,
	mkdirSync,
	mkdtempSync,
	readFileSync,
	renameSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The versions of npm that are tried. */
export const NPM = ['11.21.2', '12.2.2'] as const;

/** The newest pnpm that is tried; the older one is a devDependency. */
export const PNPM_12 = '12.21.0';

const FOLDER = fileURLToPath(new URL('../node_modules/.tools', import.meta.url));

/** The version of a devDependency, under its own name or another. */
export function pinned(name: string): string {
	const path = fileURLToPath(new URL('../package.json', import.meta.url));
	const spec: string | undefined = JSON.parse(readFileSync(path, 'utf8')).devDependencies[name];
	if (!spec) throw new Error(`${name} is no devDependency.`);
	return spec.replace(/^npm:.*@/, '');
}

/** The folder of a package at an exact version. Installs it on first use, which takes some seconds and the network. */
export function tool(name: string, version: string): string {
	const place = join(FOLDER, `${name.replace('/', '-')}-${version}`);
	const folder = join(place, 'node_modules', name);
	if (existsSync(folder)) return folder;
	mkdirSync(FOLDER, { recursive: true });
	const beside = mkdtempSync(`${place}-`);
	writeFileSync(join(beside, 'package.json'), '{ "private": true }\n');
	// npm 12 asks for a newer Node than the one that installs it.
	const args = [
		'--no-audit',
		'--no-fund',
		'--loglevel=error',
		'--save-exact',
		`${name}@${version}`,
	];
	execFileSync('npm', ['install', ...args], {
		cwd: beside,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
	try {
		renameSync(beside, place);
	} catch (error) {
		// Another process was faster.
		rmSync(beside, { recursive: true });
		if (!existsSync(folder)) throw error;
	}
	return folder;
}
