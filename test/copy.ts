// A copy of the sources of this repository, in which a change can be built and tried: what is installed is linked, not copied.
import { execFile } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, realpathSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cleanEnvironment } from './program.ts';

const REPOSITORY = fileURLToPath(new URL('..', import.meta.url));
/** Made or installed: the copy gets its own, or links. */
const MADE = ['node_modules', 'dist', 'coverage', '.git'];

/** The packages one by one: what a build or a test run keeps beside them is the copy's own. */
function linkPackages(root: string): void {
	const installed = join(REPOSITORY, 'node_modules');
	mkdirSync(join(root, 'node_modules/.tools'), { recursive: true });
	const packages = readdirSync(installed).filter((name) => !/^\.(tools|vite)/.test(name));
	// Programs at an exact version, which `tool` would fetch again.
	const tools = readdirSync(join(installed, '.tools')).filter((name) =>
		/-\d+\.\d+\.\d+$/.test(name),
	);
	for (const name of [...packages, ...tools.map((one) => `.tools/${one}`)])
		symlinkSync(join(installed, name), join(root, 'node_modules', name));
	symlinkSync(join(REPOSITORY, 'adapter/node_modules'), join(root, 'adapter/node_modules'));
}

/** Copies the sources into a new temporary folder and gives its path; to remove it is up to the caller. */
export function copySources(): string {
	const root = realpathSync(mkdtempSync(join(tmpdir(), 'flue copy ')));
	for (const name of readdirSync(REPOSITORY).filter((one) => !MADE.includes(one)))
		cpSync(join(REPOSITORY, name), join(root, name), {
			recursive: true,
			verbatimSymlinks: true,
			filter: (path) => !MADE.includes(basename(path)),
		});
	linkPackages(root);
	return root;
}

/** Runs a program in a copy. Rejects with all that it printed when it fails. */
export function runIn(
	root: string,
	[command = '', ...args]: string[],
	environment: Record<string, string> = {},
): Promise<void> {
	const options = { cwd: root, env: cleanEnvironment(environment), maxBuffer: 2 ** 26 };
	return new Promise((resolve, reject) => {
		execFile(command, args, options, (error, stdout, stderr) => {
			if (error) reject(new Error(`${command} ${args.join(' ')} failed:\n${stdout}${stderr}`));
			else resolve();
		});
	});
}
