// Makes sure that the servers are there: what is missing is installed where that is possible, and else is a failure that says how
// to get it. Never starts a system service.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { debianMirror, sourceLine } from './debian.ts';
import { HOW_TO_GET, type ServerKind } from './servers.ts';

const POLICY = '/usr/sbin/policy-rc.d';

/** Installs the servers that are missing: as root on Debian 12. */
export function requireServers(kinds: readonly ServerKind[]): void {
	const missing = kinds.filter((kind) => !isInstalled(kind));
	if (missing.length === 0) return;
	if (!canInstall()) fail(missing);
	try {
		for (const kind of missing) install(kind);
	} catch (cause) {
		fail(missing, cause);
	}
}

function isInstalled(kind: ServerKind): boolean {
	try {
		execFileSync(`${kind}-server`, ['--version'], { stdio: 'ignore' });
		return true;
	} catch {
		return false;
	}
}

function canInstall(): boolean {
	const version = '/etc/debian_version';
	return (
		process.getuid?.() === 0 && existsSync(version) && /^12\b/.test(readFileSync(version, 'utf8'))
	);
}

function install(kind: ServerKind): void {
	const hadPolicy = existsSync(POLICY);
	// 101 tells Debian's maintainer scripts that no service may be started (invoke-rc.d(8)).
	if (!hadPolicy) {
		writeFileSync(POLICY, '#!/bin/sh\nexit 101\n');
		chmodSync(POLICY, 0o755);
	}
	try {
		if (kind === 'redis') apt(['install', '-y', '--no-install-recommends', 'redis-server']);
		else installFromBackports();
	} finally {
		if (!hadPolicy) rmSync(POLICY, { force: true });
	}
}

/** Adds bookworm-backports for this one call only, from the mirror that the machine already uses. */
function installFromBackports(): void {
	const address = debianMirror();
	const folder = mkdtempSync(join(tmpdir(), 'flue-apt-'));
	const list = join(folder, 'all.list');
	const suites = ['bookworm', 'bookworm-updates', 'bookworm-backports'];
	writeFileSync(list, suites.map((suite) => sourceLine(address, suite)).join(''));
	const only = ['-o', `Dir::Etc::sourcelist=${list}`, '-o', 'Dir::Etc::sourceparts=-'];
	const target = ['-t', 'bookworm-backports', 'valkey-server'];
	apt(['install', '-y', '--no-install-recommends', ...target], only);
	rmSync(folder, { recursive: true });
}

function apt(args: readonly string[], settings: readonly string[] = []): void {
	const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
	for (const step of [['update'], args]) {
		execFileSync('apt-get', [...settings, '-qq', ...step], {
			env,
			stdio: ['ignore', 'ignore', 'inherit'],
		});
	}
}

function fail(missing: readonly ServerKind[], cause?: unknown): never {
	const ways = missing.map((kind) => `${kind}-server: ${HOW_TO_GET[kind]}`).join('\n');
	throw new Error(`These servers are needed and not installed.\n${ways}`, { cause });
}
