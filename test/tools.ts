// What tests run at an exact version: devDependencies, and packages that may not be one, since their programs would stand on the PATH of
// every npm script or their packages beside ours.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
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

/** The inspector of the Model Context Protocol. */
export const INSPECTOR = '2.12.0';

/** The nub that is tried: its program for each system is too heavy for a devDependency. */
export const NUB = '0.9.2';

const FOLDER = fileURLToPath(new URL('../node_modules/.tools', import.meta.url));

/** For the environment of whatever runs with Node 22: what one process has compiled need not be compiled by the next. */
export const COMPILED = { NODE_COMPILE_CACHE: join(FOLDER, 'compiled') };

/** The version of a devDependency, under its own name or another. */
export function pinned(name: string): string {
	const path = fileURLToPath(new URL('../package.json', import.meta.url));
	const spec: string | undefined = JSON.parse(readFileSync(path, 'utf8')).devDependencies[name];
	if (!spec) throw new Error(`${name} is no devDependency.`);
	return spec.replace(/^npm:.*@/, '');
}

/** Makes a folder once: beside its place, and there when it is whole. */
function makeOnce(place: string, make: (folder: string) => void): string {
	if (existsSync(place)) return place;
	mkdirSync(FOLDER, { recursive: true });
	const beside = mkdtempSync(`${place}-`);
	make(beside);
	try {
		renameSync(beside, place);
	} catch (error) {
		// Another process was faster.
		rmSync(beside, { recursive: true });
		if (!existsSync(place)) throw error;
	}
	return place;
}

function install(cwd: string, words: string[]): void {
	const quietly = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];
	execFileSync('npm', ['install', ...quietly, ...words], {
		cwd,
		stdio: ['ignore', 'ignore', 'inherit'],
	});
}

/** The folder of a package at an exact version. Installs it on first use, which takes some seconds and the network. */
export function tool(name: string, version: string): string {
	const place = join(FOLDER, `${name.replace('/', '-')}-${version}`);
	const made = makeOnce(place, (folder) => {
		writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
		// npm 12 asks for a newer Node than the one that installs it.
		install(folder, ['--save-exact', `${name}@${version}`]);
	});
	return join(made, 'node_modules', name);
}

/** A folder with what a package.json of exact versions asks for. Installs it on first use; who wants to change it takes a copy. */
export function installedFrom(manifest: string): string {
	const digest = createHash('sha256').update(manifest).digest('hex').slice(0, 8);
	return makeOnce(join(FOLDER, `installed-${digest}`), (folder) => {
		writeFileSync(join(folder, 'package.json'), manifest);
		install(folder, []);
	});
}
