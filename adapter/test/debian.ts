// Servers of newer suites of Debian beside those that are installed: packages unpacked into a folder of their own, and started with the
// libraries that belong to them. Nothing is installed, and no file of the system changes.
import { execFileSync } from 'node:child_process';
import {
	chmodSync,
	existsSync,
	lstatSync,
	mkdirSync,
	readdirSync,
	rmSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';

/** The address of the package mirror that this machine is configured with. */
export function debianMirror(): string {
	const parts = '/etc/apt/sources.list.d';
	const known = execFileSync(
		'sh',
		['-c', `cat /etc/apt/sources.list ${parts}/* 2>/dev/null || true`],
		{ encoding: 'utf8' },
	);
	const mirror = /^URIs:\s*(\S+)|^deb\s+(?:\[[^\]]*\]\s+)?(\S+)/m.exec(known);
	const address = mirror?.[1] ?? mirror?.[2];
	if (!address) throw new Error('No package mirror is configured.');
	return address;
}

/** One line of a sources list. */
export function sourceLine(address: string, suite: string): string {
	return `deb [signed-by=/usr/share/keyrings/debian-archive-keyring.gpg] ${address} ${suite} main\n`;
}

/** A server of a suite, under the name of the program that tests start. */
export interface Packaged {
	readonly suite: string;
	/** The package, which is the name of its program too. */
	readonly name: string;
	readonly startedAs: 'redis-server' | 'valkey-server';
}

/** apt with lists, packages and a status of its own, in which nothing is installed. */
function aptIn(root: string, suite: string): (args: string[]) => void {
	for (const folder of ['state/lists/partial', 'cache/archives/partial'])
		mkdirSync(join(root, folder), { recursive: true });
	writeFileSync(join(root, 'status'), '');
	writeFileSync(join(root, 'all.list'), sourceLine(debianMirror(), suite));
	const own = {
		'Dir::Etc::sourcelist': join(root, 'all.list'),
		'Dir::Etc::sourceparts': '-',
		'Dir::State': join(root, 'state'),
		'Dir::State::status': join(root, 'status'),
		'Dir::Cache': join(root, 'cache'),
	};
	const settings = Object.entries(own).flatMap(([name, value]) => ['-o', `${name}=${value}`]);
	return (args) => {
		execFileSync('apt-get', [...settings, '-qq', ...args], { stdio: ['ignore', 'ignore', 'pipe'] });
	};
}

/** A file by its name; a link that leads out of what was unpacked is none. */
function findFile(folder: string, isIt: (name: string) => boolean): string | undefined {
	const names = readdirSync(folder, { recursive: true, encoding: 'utf8' });
	return names
		.filter((name) => isIt(name.split('/').at(-1) ?? ''))
		.map((name) => join(folder, name))
		.find((path) => lstatSync(path).isFile());
}

/** Writes the program that tests start: the server in this process's place, with its own libraries. */
function writeStarter(root: string, { name, startedAs }: Packaged): void {
	const files = join(root, 'files');
	const loader = findFile(files, (file) => /^ld-(linux.*\.so\.\d+|\d[\d.]*\.so)$/.test(file));
	const program = join(files, 'usr/bin', name);
	if (!loader || !existsSync(program)) throw new Error(`${name} is not in its package.`);
	const machine = process.arch === 'arm64' ? 'aarch64-linux-gnu' : 'x86_64-linux-gnu';
	const libraries = ['usr/lib', 'lib'].map((folder) => join(files, folder, machine)).join(':');
	const starter = join(root, 'bin', startedAs);
	mkdirSync(join(root, 'bin'), { recursive: true });
	const words = [loader, '--library-path', libraries, program].map((word) => `'${word}'`);
	// Debian 11's server looks for parts of its Lua (cjson) where Lua modules of the system are.
	const modules = `LUA_CPATH='${join(files, 'usr/lib', machine, 'lua/5.1/?.so')}'`;
	writeFileSync(starter, `#!/bin/sh\n${modules} exec ${words.join(' ')} "$@"\n`);
	chmodSync(starter, 0o755);
}

/**
 * Fetches a server and everything that it needs, and unpacks it. What was unpacked before is taken as it is.
 * @returns the folder that belongs first on PATH
 * @throws when the suite has no such package, or the mirror no such suite
 */
export function unpackServer(place: string, packaged: Packaged): string {
	const root = join(place, `${packaged.name}-${packaged.suite}`);
	const bin = join(root, 'bin');
	if (existsSync(join(bin, packaged.startedAs))) return bin;
	rmSync(root, { recursive: true, force: true });
	const apt = aptIn(root, packaged.suite);
	apt(['update']);
	apt(['install', '-y', '--download-only', '--no-install-recommends', packaged.name]);
	const archives = join(root, 'cache/archives');
	for (const file of readdirSync(archives).filter((name) => name.endsWith('.deb')))
		execFileSync('dpkg-deb', ['-x', join(archives, file), join(root, 'files')]);
	rmSync(join(root, 'cache'), { recursive: true });
	rmSync(join(root, 'state'), { recursive: true });
	writeStarter(root, packaged);
	return bin;
}

/** The version that an unpacked server reports. */
export function unpackedVersion(bin: string, startedAs: Packaged['startedAs']): string {
	const text = execFileSync(join(bin, startedAs), ['--version'], { encoding: 'utf8' });
	return /v=(\S+)/.exec(text)?.[1] ?? text.trim();
}
