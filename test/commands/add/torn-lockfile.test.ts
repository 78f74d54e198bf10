// A lockfile that its manager was writing when all was killed: npm and Yarn empty the file before they fill it.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeManager, INSTALLS } from '../../fake-manager.ts';
import { cleanEnvironment, flue } from '../../program.ts';
import { PROJECT } from '../../project.ts';
import { makeTree, readTree } from '../../tree.ts';

const LOCKED = '{ "name": "app", "lockfileVersion": 3, "packages": {} }\n';
const YARN_LOCKED = '# yarn lockfile v1\n\n\nx@1:\n  version "1.0.0"\n';
const ADD = ['add', 'database', 'redis', '--yes'];

/** Of whichever manager: the lockfile is written by hand. */
const PACKAGES = INSTALLS.replace(/^.*package-lock.*$/m, '');

/** Yarn is asked for its version first. */
const ONLY_INSTALL =
	"if (process.argv[2] !== 'install') { console.log('1.22.22'); process.exit(); }";

/** Leaves the lockfile as a kill in the middle of writing it does, and kills the command. */
function killedWriting(lockfile: string, text: string): string {
	return `${ONLY_INSTALL}
${PACKAGES}
require('node:fs').writeFileSync(${JSON.stringify(lockfile)}, ${JSON.stringify(text)});
process.kill(process.ppid, 'SIGKILL');`;
}

/** Keeps what the manager found in the lockfile. */
function keepsSeen(lockfile: string): string {
	return `${ONLY_INSTALL}
require('node:fs').copyFileSync(${JSON.stringify(lockfile)}, 'seen.txt');\n${PACKAGES}`;
}

async function killedAndRunAgain(
	cwd: string,
	{ name, lockfile, text }: { name: string; lockfile: string; text: string },
) {
	const home = makeTree({});
	const environment = (script: string) =>
		cleanEnvironment({ PATH: fakeManager(home, name, script), TMPDIR: home });
	const first = await flue(ADD, { cwd, env: environment(killedWriting(lockfile, text)) });
	const torn = readFileSync(join(cwd, lockfile), 'utf8');
	const again = await flue(ADD, { cwd, env: environment(keepsSeen(lockfile)) });
	const seen = readFileSync(join(cwd, 'seen.txt'), 'utf8');
	return { first, torn, again, seen, left: Object.keys(readTree(home)) };
}

describe('a run after one that was killed while the manager wrote its lockfile', () => {
	it.each([
		['npm', 'package-lock.json', LOCKED, ''],
		['npm', 'package-lock.json', LOCKED, LOCKED.slice(0, 30)],
		['yarn', 'yarn.lock', YARN_LOCKED, ''],
		['yarn', 'yarn.lock', YARN_LOCKED, YARN_LOCKED.slice(0, -5)],
	])('gives %s the %s of before', async (name, lockfile, locked, text) => {
		const { 'package-lock.json': _, ...files } = PROJECT;
		const cwd = makeTree({ ...files, [lockfile]: locked });
		const { first, torn, again, seen, left } = await killedAndRunAgain(cwd, {
			...{ name, lockfile, text },
		});
		expect(first.status).not.toBe(0);
		expect(torn).toBe(text);
		expect(again.status, again.stderr).toBe(0);
		expect(seen).toBe(locked);
		expect(left.filter((path) => /\.(lock|kept)$/.test(path))).toEqual([]);
	});

	it('gives it back too where nothing is to be installed', async () => {
		const cwd = makeTree({ ...PROJECT, 'package-lock.json': LOCKED });
		const home = makeTree({});
		const PATH = fakeManager(home, 'npm', killedWriting('package-lock.json', ''));
		const env = cleanEnvironment({ PATH, TMPDIR: home });
		await flue(ADD, { cwd, env });
		expect(readFileSync(join(cwd, 'package-lock.json'), 'utf8')).toBe('');
		expect((await flue([...ADD, '--no-install'], { cwd, env })).status).toBe(0);
		expect(readFileSync(join(cwd, 'package-lock.json'), 'utf8')).toBe(LOCKED);
	});

	it('leaves one that is whole as it is, whoever wrote it', async () => {
		const theirs = LOCKED.replace('3', '2');
		const lockfile = 'package-lock.json';
		const cwd = makeTree({ ...PROJECT, [lockfile]: LOCKED });
		const { seen } = await killedAndRunAgain(cwd, { name: 'npm', lockfile, text: theirs });
		expect(seen).toBe(theirs);
	});
});

it.each(['', LOCKED.slice(0, 30)])(
	'refuses to install by a lockfile that is cut off, of which nothing is known: %j',
	async (text) => {
		const cwd = makeTree({ ...PROJECT, 'package-lock.json': text });
		const before = readTree(cwd);
		const home = makeTree({});
		const env = cleanEnvironment({ PATH: fakeManager(home, 'npm', INSTALLS) });
		const { status, stderr } = await flue(ADD, { cwd, env });
		expect(status).toBe(1);
		expect(stderr).toMatch(/UNREADABLE_PROJECT: package-lock\.json is cut off/);
		expect(readTree(cwd)).toEqual(before);
		writeFileSync(join(cwd, 'package-lock.json'), LOCKED);
		expect((await flue(ADD, { cwd, env })).status).toBe(0);
	},
);
