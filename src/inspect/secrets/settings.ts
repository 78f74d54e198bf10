// What each command of Flue takes the address from. Values of env files are read in one function and leave it as an
// address without its password, beside a secret that only a child process can open.
import { join } from 'node:path';
import type { FlueLine } from '../../model/facts.ts';
import type { Found } from '../../model/found.ts';
import type { ProjectFacts, SettingCommand, SettingFact } from '../../model/verification.ts';
import { scriptCommands } from '../flue/scripts.ts';
import { type AskGit, isIgnoredByGit } from '../git-ignore.ts';
import type { Manifest } from '../project.ts';
import { parseAddress } from './address.ts';
import { managerOf, runnerIn } from './managed.ts';
import { hasValue, readAddress } from './values.ts';

export interface SettingPlace {
	root: string;
	/** The folder that Flue takes for the project, relative to `root`. */
	folder: string;
	line: FlueLine;
	manifest: Manifest;
	/** The version of the installed client; null when there is none. */
	client: string | null;
}

interface Reader {
	command: SettingCommand;
	/** Files in which it looks, the one that wins first; relative to `root`. */
	files: string[];
	/** It puts the values of variables in the place of `$NAME`. */
	expands?: true;
}

/** The files that each command reads (measured: table in the facts of both lines). Shell values win over all. */
function readers({ folder, line, manifest }: SettingPlace): Reader[] {
	const inFolder = (names: string[]): string[] =>
		names.map((name) => (folder === '' ? name : `${folder}/${name}`));
	const built: Reader = { command: 'node dist/server.mjs', files: startFiles(manifest) };
	if (line === '1.0-beta') {
		const commands: SettingCommand[] = ['flue dev', 'flue run'];
		return [...commands.map((command) => ({ command, files: inFolder(['.env']) })), built];
	}
	const vite = ['.env.development.local', '.env.development', '.env.local', '.env'];
	return [
		{ command: 'flue run', files: inFolder(['.env']) },
		// Vite expands, with dotenv-expand; the others take the text as it is (tried with Flue 2.0.3 and Vite 8.3).
		{ command: 'vite dev', files: inFolder(vite), expands: true },
		built,
	];
}

/** The files of `node --env-file=FILE` in the script that starts the built server; Node lets the last one win. */
function startFiles(manifest: Manifest): string[] {
	const start = scriptCommands(manifest).find(({ text }) => /\bdist\/server\.mjs\b/.test(text));
	const named = (start?.text ?? '').matchAll(/--env-file(?:-if-exists)?[= ](\S+)/g);
	return [...named].map(([, file = '']) => file.replace(/^\.\//, '')).reverse();
}

/** The program that sets variables for a script, where there is one. */
export function readRunner({ manifest }: SettingPlace): Found<string> | null {
	return runnerIn(scriptCommands(manifest));
}

function settingOf(
	{ command, files, expands }: Reader,
	place: SettingPlace,
	known: { variable: string; environment: Record<string, string | undefined> },
): SettingFact {
	const { variable, environment } = known;
	const shell = Object.hasOwn(environment, variable) ? environment[variable] : undefined;
	const none = { address: null, problem: null, ignored: [], secret: null };
	if (shell !== undefined) {
		const managedBy = managerOf(shell);
		if (managedBy) return { command, from: 'the environment', ...none, managedBy };
		return { command, from: 'the environment', ...parseAddress(shell, place.client) };
	}
	const paths = files.map((path) => join(place.root, path));
	const index = paths.findIndex((path) => hasValue(path, variable));
	const from = files[index];
	if (from === undefined) return { command, from: null, ...none };
	const how = { paths, environment: expands ? environment : null, client: place.client };
	return { command, from, ...readAddress(paths[index] ?? '', variable, how) };
}

/** Where each command of Flue takes `variable` from, and what address that is. */
export function readSettings(
	place: SettingPlace,
	variable: string,
	environment: Record<string, string | undefined>,
): SettingFact[] {
	return readers(place).map((reader) => settingOf(reader, place, { variable, environment }));
}

/** What git does with each file that sets the variable to something. */
export async function readPrivateFiles(
	{ root, gitRoot }: { root: string; gitRoot: string | null },
	settings: SettingFact[],
	askGit: AskGit,
): Promise<ProjectFacts['privateFiles']> {
	// A reference for a secret manager is no secret.
	const holding = settings.filter(
		({ from, problem, managedBy }) =>
			from !== null && problem !== 'is empty' && managedBy === undefined,
	);
	const paths = [...new Set(holding.map(({ from }) => from ?? ''))].filter(
		(path) => path !== 'the environment',
	);
	return Promise.all(
		paths.map(async (path) => {
			if (gitRoot === null) return { path, git: null };
			// Only git's index knows of a file that was committed before it was ignored.
			if ((await askGit(['ls-files', '--', path], root))?.trim()) return { path, git: 'tracked' };
			const isOpen = (await isIgnoredByGit(gitRoot, join(root, path), askGit)) === false;
			return { path, git: isOpen ? 'open' : 'ignored' };
		}),
	);
}
