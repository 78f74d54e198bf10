import { describe, expect, it } from 'vitest';
import { blockedWarnings, failureOf } from '../../src/apply/install-failure.ts';
import type { CommandResult } from '../../src/apply/run.ts';

const NPM = { command: 'npm', adapter: '@flue/redis', hasCopy: true } as const;

function ended(changes: Partial<CommandResult>): CommandResult {
	return { exitCode: 1, tail: '', stdout: '', ...changes };
}

describe('failureOf', () => {
	it('is nothing after a success, whatever was printed', () => {
		expect(failureOf(ended({ exitCode: 0, tail: 'npm error code E404' }), NPM)).toBeNull();
	});

	it('is nothing when pnpm only held back build scripts', () => {
		const tail = '[ERR_PNPM_IGNORED_BUILDS] Ignored build scripts: esbuild@0.28.1';
		expect(failureOf(ended({ tail }), { ...NPM, command: 'pnpm' })).toBeNull();
	});

	it('names --adapter when the registry lacks the adapter', () => {
		const tail = "npm error 404  The requested resource '@flue/redis@2.0.3' could not be found";
		const error = failureOf(ended({ tail }), NPM);
		expect(error).toMatchObject({ code: 'INSTALL_FAILED', status: 1, cause: tail });
		expect(error?.message).toContain('@flue/redis');
		expect(error?.hint).toContain('--adapter vendored');
		const beta = failureOf(ended({ tail }), { ...NPM, hasCopy: false });
		expect(beta?.hint).toContain('--adapter SPEC');
		expect(beta?.hint).not.toContain('vendored');
	});

	it('does not name it for another package', () => {
		const tail = "npm error 404  The requested resource 'left-pad@9.9.9' could not be found";
		expect(failureOf(ended({ tail }), NPM)?.hint).not.toContain('--adapter');
	});

	it('blames the settings, not the registry, for a release that is too young for them', () => {
		const tail =
			'npm error notarget No matching version found for @flue/redis@2.0.3 with a date before 6/10/2024.';
		const error = failureOf(ended({ tail }), NPM);
		expect(error?.message).toContain('with a date before');
		expect(error?.hint).toContain('min-release-age');
		expect(error?.again).toBeUndefined();
	});

	it.each([
		['npm', 'npm error `npm ci` can only install packages when your package.json and …'],
		['pnpm', ' ERR_PNPM_OUTDATED_LOCKFILE  Cannot install with "frozen-lockfile" because …'],
		['yarn', 'error Your lockfile needs to be updated, but yarn was run with `--frozen-lockfile`.'],
		[
			'yarn',
			'➤ YN0028: │ The lockfile would have been modified by this install, which is explicitly forbidden.',
		],
		['bun', 'error: lockfile had changes, but lockfile is frozen'],
	] as const)('tells of a lockfile that %s may not change', (command, tail) => {
		const error = failureOf(ended({ tail }), { ...NPM, command });
		expect(error).toMatchObject({ code: 'INSTALL_FAILED' });
		expect(error?.hint).toContain(`forbid ${command} to change its lockfile`);
	});

	it('warns of blocked build scripts with the cure, and of nothing after a success', () => {
		const tail = '[ERR_PNPM_IGNORED_BUILDS] Ignored build scripts: esbuild@0.28.1';
		const [warning] = blockedWarnings('pnpm', ended({ tail }));
		expect(warning).toMatchObject({ code: 'BUILDS_BLOCKED' });
		expect(warning?.message).toMatch(/esbuild@0\.28\.1.*`pnpm approve-builds`/);
		expect(blockedWarnings('pnpm', ended({ exitCode: 0, tail }))).toEqual([]);
	});

	it('repeats the last twelve lines that say something', () => {
		const tail = Array.from({ length: 30 }, (_, index) => `line ${index}\n\n`).join('');
		const error = failureOf(ended({ exitCode: 7, tail }), NPM);
		expect(error?.message).toContain('npm ended with status 7:\nline 18\nline 19\n');
		expect(error?.message).toMatch(/\nline 29\n$/);
		expect(error?.hint).toContain('--no-install');
	});

	it.each([
		[{ exitCode: null, signal: 'SIGKILL', tail: '' }, 'npm did not run (SIGKILL)'],
		[{ exitCode: null, tail: 'spawn npm ENOENT' }, 'npm did not run:\nspawn npm ENOENT'],
	])('tells how a manager ended with %j', (result, words) => {
		const error = failureOf(ended(result), NPM);
		expect(error?.code).toBe('INSTALL_FAILED');
		expect(error?.message).toContain(words);
	});
});
