// Another commit of this repository as the package that its users would get: built once, then kept by its hash.
import { execFileSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const KEPT = fileURLToPath(new URL('../node_modules/.tools/ab', import.meta.url));

export interface Commit {
	/** Its full hash. */
	hash: string;
	/** Absolute path of the packed package. */
	tarball: string;
}

function run(command: string, args: string[], cwd: string): string {
	// What they say of progress is for a person, who may have to wait a minute or two.
	const stdio = ['ignore', 'pipe', 'inherit'] as const;
	return execFileSync(command, args, {
		cwd,
		encoding: 'utf8',
		stdio: [...stdio],
		maxBuffer: 2 ** 26,
	});
}

/** Checks out, installs what the lockfile of that commit says, builds, and packs. */
function build(hash: string, repository: string): void {
	// Not below node_modules: there compilers take sources for somebody else's, and leave their settings aside.
	const folder = mkdtempSync(join(tmpdir(), 'flue-ab-'));
	const source = join(folder, 'source');
	const packed = join(KEPT, `${hash}.part`);
	try {
		mkdirSync(source);
		run('git', ['archive', '--output', join(folder, 'source.tar'), hash], repository);
		run('tar', ['-xf', join(folder, 'source.tar'), '-C', source], folder);
		run('npm', ['ci', '--no-audit', '--no-fund'], source);
		run('npm', ['run', 'build'], source);
		rmSync(packed, { recursive: true, force: true });
		mkdirSync(packed, { recursive: true });
		run('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', packed], source);
		renameSync(packed, join(KEPT, hash));
	} finally {
		rmSync(folder, { recursive: true, force: true });
	}
}

/**
 * The package of a commit. Relies on what every commit has: a lockfile, `npm run build`, and `npm pack`.
 * @throws when there is no such commit, or it cannot be built
 */
export function packageOf(ref: string): Commit {
	const repository = process.cwd();
	const hash = run(
		'git',
		['rev-parse', '--verify', '--end-of-options', `${ref}^{commit}`],
		repository,
	).trim();
	const folder = join(KEPT, hash);
	if (!existsSync(folder)) {
		process.stderr.write(`Building ${hash.slice(0, 7)}, once.\n`);
		build(hash, repository);
	}
	const [name = ''] = readdirSync(folder);
	return { hash, tarball: join(folder, name) };
}
