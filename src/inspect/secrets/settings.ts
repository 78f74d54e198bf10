// What each command of Flue takes the address from. Values of env files are read in one function and leave it as an
// address without its password, beside a secret that only a child process can open.
import { join } from 'node:path';
import { parseEnv } from 'node:util';
import type { FlueLine } from '../../model/facts.ts';
import type { ProjectFacts, SettingCommand, SettingFact } from '../../model/verification.ts';
import { readIfPossible } from '../files.ts';
import type { AskGit } from '../flue/entry-use.ts';
import { scriptCommands } from '../flue/scripts.ts';
import { isIgnored } from '../git-ignore.ts';
import type { Manifest } from '../project.ts';
import { cutAddress, type ParsedAddress, parseAddress } from './address.ts';

export interface SettingPlace {
	root: string;
	/** The folder that Flue takes for the project, relative to `root`. */
	folder: string;
	line: FlueLine;
	manifest: Manifest;
}

interface Reader {
	command: SettingCommand;
	/** Files in which it looks, the one that wins first; relative to `root`. */
	files: string[];
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
		{ command: 'vite dev', files: inFolder(vite) },
		built,
	];
}

/** The files of `node --env-file=FILE` in the script that starts the built server; Node lets the last one win. */
function startFiles(manifest: Manifest): string[] {
	const start = scriptCommands(manifest).find(({ text }) => /\bdist\/server\.mjs\b/.test(text));
	const named = (start?.text ?? '').matchAll(/--env-file(?:-if-exists)?[= ](\S+)/g);
	return [...named].map(([, file = '']) => file.replace(/^\.\//, '')).reverse();
}

/** The function that reads a value; `isCut` looks at what stands around it. Node 22 keeps `export` in the name of an empty key. */
function valueIn(path: string, variable: string): string | undefined {
	const text = readIfPossible(path)?.replace(/^\uFEFF/, '');
	const values = Object.entries(text === undefined ? {} : parseEnv(text));
	return values.find(([name]) => name.replace(/^\s*export\s+/, '') === variable)?.[1];
}

/**
 * Whether the value was cut off in a password: env files end an unquoted value at a `#`, and a quoted one at its quote,
 * although an `@` follows without a blank.
 */
function isCut(path: string, variable: string, value: string): boolean {
	const line = new RegExp(`^[ \\t]*(?:export[ \\t]+)?${variable}[ \\t]*=[ \\t]*(.*)$`, 'gm');
	const [, written = ''] = [...(readIfPossible(path) ?? '').matchAll(line)].at(-1) ?? [];
	const quote = /^['"`]/.exec(written)?.[0] ?? '';
	const rest = written.startsWith(quote + value) ? written.slice(quote.length + value.length) : '';
	return /^\S*@/.test(rest);
}

function readAddress(path: string, variable: string): ParsedAddress {
	const value = valueIn(path, variable) ?? '';
	return isCut(path, variable, value) ? cutAddress() : parseAddress(value);
}

/** Where each command of Flue takes `variable` from, and what address that is. */
export function readSettings(
	place: SettingPlace,
	variable: string,
	environment: Record<string, string | undefined>,
): SettingFact[] {
	const shell = Object.hasOwn(environment, variable) ? environment[variable] : undefined;
	return readers(place).map(({ command, files }) => {
		const file = files.find((path) => valueIn(join(place.root, path), variable) !== undefined);
		if (shell !== undefined) return { command, from: 'the environment', ...parseAddress(shell) };
		if (file === undefined)
			return { command, from: null, address: null, problem: null, ignored: [], secret: null };
		return { command, from: file, ...readAddress(join(place.root, file), variable) };
	});
}

/** What git does with each file that sets the variable to something. */
export async function readPrivateFiles(
	{ root, gitRoot }: { root: string; gitRoot: string | null },
	settings: SettingFact[],
	askGit: AskGit,
): Promise<ProjectFacts['privateFiles']> {
	const holding = settings.filter(({ from, problem }) => from !== null && problem !== 'is empty');
	const paths = [...new Set(holding.map(({ from }) => from ?? ''))].filter(
		(path) => path !== 'the environment',
	);
	return Promise.all(
		paths.map(async (path) => {
			if (gitRoot === null) return { path, git: null };
			// Only git's index knows of a file that was committed before it was ignored.
			if ((await askGit(['ls-files', '--', path], root))?.trim()) return { path, git: 'tracked' };
			return { path, git: isIgnored(gitRoot, join(root, path)) === false ? 'open' : 'ignored' };
		}),
	);
}
