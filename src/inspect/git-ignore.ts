// Whether git ignores a file: by the ignore files of the repository, and by git itself before a file is called open.
import { join, resolve } from 'node:path';
import ignore from 'ignore';
import { exists, ifReadable, isDirectory, isFile, readIfPossible } from './files.ts';
import { fromRoot, isWithin } from './paths.ts';

type Verdict = 'ignored' | 'kept' | null;

/** The text of an ignore file; an unreadable one decides nothing, as for git. */
function rulesIn(path: string): string {
	return (readIfPossible(path) ?? '').replace(/^\uFEFF/, '');
}

/** `.git` of a worktree or a submodule is a file that names the real folder; a worktree shares the main `info/`. */
function gitFolder(gitRoot: string): string {
	const own = join(gitRoot, '.git');
	if (isDirectory(own)) return own;
	const link = /^gitdir:\s*(.+?)\s*$/m.exec(rulesIn(own))?.[1];
	if (!link) return own;
	const folder = resolve(gitRoot, link);
	return resolve(folder, rulesIn(join(folder, 'commondir')).trim());
}

function verdict(rules: string, path: string): Verdict {
	if (rules.trim() === '') return null;
	const { ignored, unignored } = ignore({ ignorecase: false }).add(rules).test(path);
	if (ignored) return 'ignored';
	return unignored ? 'kept' : null;
}

/** Every `dir/` on the way to a path, then the path: git decides them in this order. */
function steps(path: string): string[] {
	const parts = path.split('/');
	return parts.map((_, index) => {
		const step = parts.slice(0, index + 1).join('/');
		return index + 1 < parts.length ? `${step}/` : step;
	});
}

/** The nearest ignore file that has something to say decides; `info/exclude` comes last. */
function verdictOn(gitRoot: string, step: string): Verdict {
	const folders = [''].concat(
		steps(step).filter((folder) => folder.endsWith('/') && folder !== step),
	);
	for (const folder of folders.reverse()) {
		const said = verdict(rulesIn(join(gitRoot, folder, '.gitignore')), step.slice(folder.length));
		if (said) return said;
	}
	return verdict(rulesIn(join(gitFolder(gitRoot), 'info', 'exclude')), step);
}

/**
 * Whether git ignores the absolute `path`; null when there is no repository around it. A file that is already
 * committed counts as ignored too when a rule says so: only git's index knows better.
 */
export function isIgnored(gitRoot: string | null, path: string): boolean | null {
	if (gitRoot === null || path === gitRoot || !isWithin(gitRoot, path)) return null;
	// A file below an ignored folder cannot be taken back, so the first ignored step settles it.
	return steps(fromRoot(gitRoot, path)).some((step) => verdictOn(gitRoot, step) === 'ignored');
}

/** A pipe in the place of an ignore file on the way: git would open it, and wait for ever. */
function hasPipe(gitRoot: string, path: string): boolean {
	const folders = steps(fromRoot(gitRoot, path)).filter((step) => step.endsWith('/'));
	return ['', ...folders].some((folder) => {
		const file = join(gitRoot, folder, '.gitignore');
		return ifReadable(() => exists(file) && !isFile(file) && !isDirectory(file)) ?? false;
	});
}

/** Runs git and gives its output, or null when it fails or gives no answer. */
export type AskGit = (args: string[], folder: string) => Promise<string | null>;

/**
 * As `isIgnored`, with git's own word where the repository's files ignore nothing: core.excludesFile, the user's own
 * ignore file and their includes are git's to find. `check-ignore --no-index` reads ignore files and runs no hook or filter.
 */
export async function isIgnoredByGit(
	gitRoot: string | null,
	path: string,
	askGit: AskGit,
): Promise<boolean | null> {
	const known = isIgnored(gitRoot, path);
	if (known !== false || gitRoot === null || hasPipe(gitRoot, path)) return known;
	const args = ['-c', 'core.fsmonitor=false', 'check-ignore', '--no-index', '--', path];
	return ((await askGit(args, gitRoot)) ?? '').trim() !== '';
}
