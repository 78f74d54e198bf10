import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { isIgnored, isIgnoredByGit } from '../../src/inspect/git-ignore.ts';
import { addToTree, makeTree } from '../tree.ts';

const quiet = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_SYSTEM: '/dev/null' };

function git(folder: string, ...args: string[]): void {
	execFileSync('git', args, { cwd: folder, stdio: 'ignore', env: quiet });
}

/** What git itself says. */
function gitIgnores(folder: string, path: string): boolean {
	try {
		git(folder, 'check-ignore', '--no-index', '-q', path);
		return true;
	} catch {
		return false;
	}
}

describe('isIgnored', () => {
	const cases: [title: string, files: Record<string, string>, path: string, expected: boolean][] = [
		['knows a plain name', { '.gitignore': '.env\n' }, '.env', true],
		['does not take .env.local for .env', { '.gitignore': '.env\n' }, '.env.local', false],
		['knows a wildcard', { '.gitignore': '.env*\n' }, '.env.local', true],
		[
			'lets a later line take a file back',
			{ '.gitignore': '.env*\n!.env.example\n' },
			'.env.example',
			false,
		],
		[
			'applies a rule of the root to a folder below',
			{ '.gitignore': '.env\n' },
			'apps/a/.env',
			true,
		],
		['keeps an anchored rule at the root', { '.gitignore': '/.env\n' }, 'apps/a/.env', false],
		[
			'lets the nearer file decide',
			{ '.gitignore': '.env\n', 'apps/a/.gitignore': '!.env\n' },
			'apps/a/.env',
			false,
		],
		['reads the file of a folder below', { 'apps/a/.gitignore': '/.env\n' }, 'apps/a/.env', true],
		[
			'cannot take back a file below an ignored folder',
			{ '.gitignore': 'apps/\n', 'apps/a/.gitignore': '!.env\n' },
			'apps/a/.env',
			true,
		],
		['knows a folder rule', { '.gitignore': 'apps/*/\n!apps/b/\n' }, 'apps/b/.env', false],
		['reads CRLF', { '.gitignore': 'node_modules\r\n.env\r\n' }, '.env', true],
		['reads a file that begins with a BOM', { '.gitignore': '\uFEFF.env\n' }, '.env', true],
		['takes a comment for a comment', { '.gitignore': '# .env\n' }, '.env', false],
		['minds the case', { '.gitignore': '.ENV\n' }, '.env', false],
		['reads the exclude file of the clone', { '.git/info/exclude': '.env\n' }, 'apps/a/.env', true],
		[
			'lets .gitignore overrule the exclude file',
			{ '.git/info/exclude': '.env\n', '.gitignore': '!.env\n' },
			'.env',
			false,
		],
		['finds no rule', { 'package.json': '{}' }, '.env', false],
		['is not confused by a folder called .gitignore', { '.gitignore/x': '' }, '.env', false],
	];
	it.each(cases)('%s', (_, files, path, expected) => {
		const root = makeTree({ ...files, 'apps/a/x': '', 'apps/b/x': '' });
		git(root, 'init', '-q');
		expect(isIgnored(root, join(root, path))).toBe(expected);
		expect(gitIgnores(root, path)).toBe(expected);
	});

	it('reads the shared exclude file from a worktree', () => {
		const root = makeTree({ 'main/a': '' });
		const main = join(root, 'main');
		git(main, 'init', '-q');
		git(main, 'add', 'a');
		git(main, '-c', 'user.name=n', '-c', 'user.email=e', 'commit', '-q', '-m', 'm');
		git(main, 'worktree', 'add', '-q', '../tree');
		addToTree(main, { '.git/info/exclude': '.env\n' });
		expect(gitIgnores(join(root, 'tree'), '.env')).toBe(true);
		expect(isIgnored(join(root, 'tree'), join(root, 'tree', '.env'))).toBe(true);
	});

	it('does not know about files outside a repository', () => {
		const root = makeTree({ 'repo/.gitignore': '.env' });
		expect(isIgnored(null, join(root, '.env'))).toBeNull();
		expect(isIgnored(join(root, 'repo'), join(root, '.env'))).toBeNull();
	});

	it('says no where .git is a file that leads nowhere', () => {
		const root = makeTree({ '.git': 'gitdir: /nowhere/at/all\n' });
		expect(isIgnored(root, join(root, '.env'))).toBe(false);
	});
});

describe('isIgnoredByGit', () => {
	/** Asks the real git, whose own settings lie in `home`. */
	const askAs = (home: string) => async (args: string[], cwd: string) => {
		const env = { PATH: process.env.PATH, HOME: home, XDG_CONFIG_HOME: join(home, '.config') };
		try {
			return execFileSync('git', args, { cwd, env, encoding: 'utf8', stdio: 'pipe' });
		} catch {
			return null;
		}
	};

	it.each<[title: string, files: Record<string, string>, expected: boolean]>([
		['nothing', {}, false],
		[
			'core.excludesFile',
			{ '.gitconfig': '[core]\nexcludesFile = ~/mine\n', mine: '.env\n' },
			true,
		],
		['the ignore file of the user', { '.config/git/ignore': '.env*\n' }, true],
		[
			'a file that settings include',
			{
				'.gitconfig': '[include]\npath = more\n',
				more: '[core]\nexcludesFile = ~/mine\n',
				mine: '.env\n',
			},
			true,
		],
		['another name', { '.config/git/ignore': '*.tgz\n' }, false],
	])('knows %s', async (_, files, expected) => {
		const home = makeTree(files);
		const root = makeTree({ 'app/.env': '' });
		git(root, 'init', '-q');
		expect(await isIgnoredByGit(root, join(root, 'app/.env'), askAs(home))).toBe(expected);
	});

	it('runs no hook of the repository, and needs no git', async () => {
		const root = makeTree({ '.env': '' });
		git(root, 'init', '-q');
		git(root, 'config', 'core.fsmonitor', 'touch ran; false');
		git(root, 'config', 'core.hooksPath', '.');
		expect(await isIgnoredByGit(root, join(root, '.env'), askAs(root))).toBe(false);
		expect(existsSync(join(root, 'ran'))).toBe(false);
		expect(await isIgnoredByGit(root, join(root, '.env'), async () => null)).toBe(false);
	});
});
