// The shells that completion is tested in: found on PATH, or installed where that is possible (root on Debian; 9 s).
import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';

const SHELLS = ['bash', 'zsh', 'fish'];

function isInstalled(shell: string): boolean {
	try {
		execFileSync(shell, ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

/** @throws with how to get them, when shells are missing and cannot be installed */
export function requireShells(): void {
	const missing = SHELLS.filter((shell) => !isInstalled(shell));
	if (missing.length === 0) return;
	const advice = `The tests of the completion scripts need ${missing.join(' and ')}: apt-get install ${missing.join(' ')}, or brew install ${missing.join(' ')}.`;
	if (process.getuid?.() !== 0 || !existsSync('/etc/debian_version')) throw new Error(advice);
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	const install = ['install', '-y', '--no-install-recommends', ...missing];
	try {
		for (const args of [['update'], install])
			execFileSync('apt-get', ['-qq', ...args], { env, stdio: ['ignore', 'ignore', 'inherit'] });
	} catch (cause) {
		throw new Error(advice, { cause });
	}
}
