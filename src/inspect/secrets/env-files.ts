// The env files of a project: which may receive a key, and which variables are named where. Values stay in the files.
import { join } from 'node:path';
import { envNames, readEnvLines } from '../../dialects/env-lines.ts';
import type { Detection, Warning } from '../../model/found.ts';
import type { EnvFacts, EnvFile } from '../../model/secrets.ts';
import type { WarningCode } from '../../model/warning-code.ts';
import { ifReadable, isDirectory, listNames, readIfPossible, realPath } from '../files.ts';
import { type AskGit, isIgnored, isIgnoredByGit } from '../git-ignore.ts';
import { fromRoot, isWithin, type Place } from '../paths.ts';
import { COMMON_ENV_NAMES, type EnvNameKind, envNameKind } from './env-names.ts';

export interface EnvPlace extends Place {
	gitRoot: string | null;
	/** The folder that Flue takes for the project, relative to `root`, where that is another one. */
	folder?: string;
}

type State = 'plain' | 'encrypted' | 'unreadable' | 'outside' | 'not-dotenv';

/** A file by its name, and what a look into it shows. */
interface Look {
	/** Relative to the project root. */
	path: string;
	full: string;
	kind: EnvNameKind;
	state: State;
	text: string;
}

/** In the order in which they are edited. */
const ROLES: [kind: EnvNameKind, role: EnvFile['role']][] = [
	['example', 'example'],
	['odd-example', 'example'],
	['dev-vars-example', 'dev-vars-example'],
	['private', 'private'],
	['dev-vars', 'dev-vars'],
];

const roleOf = (kind: EnvNameKind): EnvFile['role'] | undefined => new Map(ROLES).get(kind);

// dotenvx writes `KEY=encrypted:…` and keeps the names readable, sops writes `KEY=ENC[…]` and its own `sops_` keys.
function isEncrypted(text: string): boolean {
	if (text.startsWith('$ANSIBLE_VAULT')) return true;
	return readEnvLines(text).some(
		({ kind, name, value }) =>
			kind === 'key' && (/^["'`]?(encrypted:|ENC\[)/.test(value) || name === 'sops_version'),
	);
}

/** Odd names are taken for env files only when everything in them is in the syntax. */
function isDotenv(text: string): boolean {
	const kinds = readEnvLines(text).map(({ kind }) => kind);
	return !kinds.includes('other') && kinds.some((kind) => /^(commented-)?key$/.test(kind));
}

/** No env file is so long, in characters: what is may be a dump of something. */
const LARGEST = 200_000;

function look(full: string, kind: EnvNameKind, boundary: string): { state: State; text: string } {
	const read = kind === 'encrypted' ? null : readIfPossible(full);
	const isText = read !== null && read.length <= LARGEST && !read.includes('\0');
	const text = isText ? read : null;
	if (kind === 'encrypted') return { state: 'encrypted', text: '' };
	if (kind === 'odd-example' && !isDotenv(text ?? '')) return { state: 'not-dotenv', text: '' };
	if (text === null) return { state: 'unreadable', text: '' };
	if (isEncrypted(text)) return { state: 'encrypted', text };
	const real = ifReadable(() => realPath(full)) ?? full;
	return { state: isWithin(boundary, real) ? 'plain' : 'outside', text };
}

/** The env files in a folder; those of another kind than `kinds` are not looked into. */
function looksIn(folder: string, { root, boundary }: Place, kinds = /./): Look[] {
	const names = listNames(folder, COMMON_ENV_NAMES).filter((name) => /env|vars/i.test(name));
	return names.flatMap((name) => {
		const kind = envNameKind(name);
		const full = join(folder, name);
		// Python keeps a virtual environment in a folder that may be called .env.
		if (!kind || !kinds.test(kind) || ifReadable(() => isDirectory(full))) return [];
		return [{ path: fromRoot(root, full), full, kind, ...look(full, kind, boundary) }];
	});
}

/** A second link to the same file is not a second file. */
function withoutTwins(looks: Look[]): Look[] {
	const real = ({ full }: Look): string => realPath(full) ?? full;
	return looks.filter((one, index) => looks.findIndex((two) => real(two) === real(one)) === index);
}

/** Examples first, then the one private file: `.env` wherever it exists, even when it cannot be edited. */
function editable(looks: Look[]): Look[] {
	return ROLES.map(([kind]) => kind).flatMap((kind) => {
		const found = looks.filter((one) => one.kind === kind);
		return kind === 'private' ? found.slice(0, 1) : found;
	});
}

function namesByFile(looks: Look[]): Record<string, string[]> {
	const present = new Map<string, string[]>();
	for (const { path, text } of looks)
		for (const name of envNames(text)) present.set(name, [...(present.get(name) ?? []), path]);
	return Object.fromEntries(present);
}

/** One warning for each state that keeps us from a file, and one for each file that git would take. */
function warningsOf(looks: Look[], edited: Look[], files: EnvFile[]): Warning[] {
	const sentences: [code: WarningCode, state: State, looks: Look[], says: string][] = [
		[
			'ENV_ENCRYPTED',
			'encrypted',
			looks,
			'is kept encrypted and is not edited: use the tool that encrypts it',
		],
		[
			'ENV_UNREADABLE',
			'unreadable',
			looks,
			'is not a readable UTF-8 file of an ordinary size and is left alone',
		],
		['ENV_OUTSIDE', 'outside', edited, 'is a link that leads out of the project and is not edited'],
	];
	const states = sentences.flatMap(([code, state, among, says]): Warning[] => {
		const paths = among.filter((one) => one.state === state).map(({ path }) => path);
		return paths.length > 0 ? [{ code, message: `${paths.join(', ')} ${says}.` }] : [];
	});
	return [...states, ...openWarnings(files)];
}

function isOpen({ role, ignored }: EnvFile): boolean {
	return (role === 'private' || role === 'dev-vars') && ignored === false;
}

function openWarnings(files: EnvFile[]): Warning[] {
	return files.filter(isOpen).map(({ path }) => ({
		code: 'ENV_NOT_IGNORED' as const,
		message: `${path} is not ignored by git: add it to .gitignore before you put a value into it.`,
	}));
}

/** The same with git's own word on the files that the repository's rules leave open. */
export async function confirmOpen(
	{ fact, warnings }: Detection<EnvFacts>,
	{ root, gitRoot }: Pick<EnvPlace, 'root' | 'gitRoot'>,
	askGit: AskGit,
): Promise<Detection<EnvFacts>> {
	if (!fact.files.some(isOpen)) return { fact, warnings };
	const files = await Promise.all(
		fact.files.map(async (file) =>
			isOpen(file)
				? { ...file, ignored: await isIgnoredByGit(gitRoot, join(root, file.path), askGit) }
				: file,
		),
	);
	const others = warnings.filter(({ code }) => code !== 'ENV_NOT_IGNORED');
	return { fact: { ...fact, files }, warnings: [...others, ...openWarnings(files)] };
}

/** Reads the env files of the project's folder; those of the workspace root only for want of an example here. */
export function readEnvFacts(project: EnvPlace): Detection<EnvFacts> {
	const { root, boundary, gitRoot, folder = '' } = project;
	const folders = [...new Set([join(root, folder), root])];
	const own = folders.flatMap((one) => looksIn(one, project));
	const lacksExample =
		root !== boundary &&
		!own.some(({ kind, state }) => roleOf(kind) === 'example' && state !== 'not-dotenv');
	const looks = lacksExample ? [...own, ...looksIn(boundary, project, /^(odd-)?example$/)] : own;
	const edited = editable(looks);
	const files = withoutTwins(edited.filter(({ state }) => state === 'plain')).flatMap(
		({ path, text, kind, full }): EnvFile[] => {
			const role = roleOf(kind);
			return role ? [{ path, text, role, ignored: isIgnored(gitRoot, full) }] : [];
		},
	);
	return {
		fact: { files, present: namesByFile(looks) },
		warnings: warningsOf(looks, edited, files),
	};
}
