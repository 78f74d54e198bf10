// The env files of a project: which may receive a key, and which variables are named where. Values stay in the files.
import { isAbsolute, join, relative, sep } from 'node:path';
import { envNames, readEnvLines } from '../../dialects/env-lines.ts';
import type { Detection, EnvFacts, EnvFile, Warning } from '../../model.ts';
import { isDirectory, isFile, listNames, readText, realPath } from '../files.ts';
import { type EnvNameKind, envNameKind } from './env-names.ts';
import { isIgnored } from './git-ignore.ts';

interface Place {
	root: string;
	boundary: string;
	gitRoot: string | null;
}

/** A file by its name, not yet looked into. */
interface Candidate {
	name: string;
	/** Relative to the project root. */
	path: string;
	full: string;
	kind: EnvNameKind;
}

type State = 'plain' | 'encrypted' | 'unreadable' | 'outside' | 'not-dotenv';

interface Look extends Candidate {
	state: State;
	text: string;
}

const ROLES = {
	example: 'example',
	'odd-example': 'example',
	'dev-vars-example': 'dev-vars-example',
	private: 'private',
	'dev-vars': 'dev-vars',
} as const satisfies Partial<Record<EnvNameKind, EnvFile['role']>>;

const isExample = ({ kind }: Candidate): boolean => kind === 'example' || kind === 'odd-example';

function roleOf(kind: EnvNameKind): EnvFile['role'] | null {
	return kind === 'loaded' || kind === 'encrypted' ? null : ROLES[kind];
}

/** What most projects have, to be found in a folder of any size. */
const COMMON_NAMES = [
	'.env',
	'.env.local',
	'.env.development',
	'.env.production',
	'.env.example',
	'.env.sample',
	'.env.template',
	'.env.schema',
	'.envrc',
	'.dev.vars',
	'.dev.vars.example',
];

function candidatesIn(folder: string, root: string): Candidate[] {
	const names = listNames(folder, COMMON_NAMES).filter((name) => /env|vars/i.test(name));
	return names.flatMap((name) => {
		const kind = envNameKind(name);
		const full = join(folder, name);
		if (!kind || isFolder(full)) return [];
		return [{ name, full, kind, path: relative(root, full).split(sep).join('/') }];
	});
}

// Python keeps a virtual environment in a folder that may be called .env.
function isFolder(path: string): boolean {
	try {
		return isDirectory(path);
	} catch {
		return false;
	}
}

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
	return (
		!kinds.includes('other') && kinds.some((kind) => kind === 'key' || kind === 'commented-key')
	);
}

/** The text of a regular UTF-8 file; null for anything else. A pipe is never opened: reading it could wait for ever. */
function readPlain(full: string): string | null {
	try {
		const text = isFile(full) ? readText(full) : null;
		return text === null || text.includes('\0') ? null : text;
	} catch {
		return null;
	}
}

function leadsOut(full: string, boundary: string): boolean {
	try {
		const inside = relative(boundary, realPath(full) ?? full);
		return inside.split(sep)[0] === '..' || isAbsolute(inside);
	} catch {
		return false;
	}
}

function look(candidate: Candidate, boundary: string): Look {
	const { full, kind } = candidate;
	if (kind === 'encrypted') return { ...candidate, state: 'encrypted', text: '' };
	const text = readPlain(full);
	const isOdd = kind === 'odd-example' && !isDotenv(text ?? '');
	if (isOdd) return { ...candidate, state: 'not-dotenv', text: '' };
	if (text === null) return { ...candidate, state: 'unreadable', text: '' };
	if (isEncrypted(text)) return { ...candidate, state: 'encrypted', text };
	return { ...candidate, state: leadsOut(full, boundary) ? 'outside' : 'plain', text };
}

/** A second link to the same file is not a second file. */
function withoutTwins(looks: Look[]): Look[] {
	const seen = new Set<string>();
	return looks.filter(({ full }) => {
		const real = realPath(full) ?? full;
		const isNew = !seen.has(real);
		seen.add(real);
		return isNew;
	});
}

/** Examples first, then the one private file: `.env` wherever it exists, even when it cannot be edited. */
function editable(looks: Look[]): Look[] {
	const chosen = looks.find(({ kind }) => kind === 'private');
	const rest = looks.filter(({ kind }) => kind !== 'private' && roleOf(kind) !== null);
	return [...rest.filter(({ kind }) => kind !== 'dev-vars'), ...(chosen ? [chosen] : [])].concat(
		rest.filter(({ kind }) => kind === 'dev-vars'),
	);
}

function namesByFile(looks: Look[]): Record<string, string[]> {
	const present = new Map<string, string[]>();
	for (const { path, text } of looks) {
		for (const name of envNames(text)) present.set(name, [...(present.get(name) ?? []), path]);
	}
	return Object.fromEntries(present);
}

function listed(looks: Look[]): string {
	return looks.map(({ path }) => path).join(', ');
}

/** One warning for each state that keeps us from a file. */
function warningsOf(looks: Look[], edited: Look[]): Warning[] {
	const encrypted = looks.filter(({ state }) => state === 'encrypted');
	const unreadable = looks.filter(({ state }) => state === 'unreadable');
	const outside = edited.filter(({ state }) => state === 'outside');
	const sentences: [string, Look[], string][] = [
		[
			'ENV_ENCRYPTED',
			encrypted,
			'is kept encrypted and is not edited: use the tool that encrypts it',
		],
		['ENV_UNREADABLE', unreadable, 'is not a readable UTF-8 file and is left alone'],
		['ENV_OUTSIDE', outside, 'is a link that leads out of the project and is not edited'],
	];
	return sentences
		.filter(([, found]) => found.length > 0)
		.map(([code, found, says]) => ({ code, message: `${listed(found)} ${says}.` }));
}

function notIgnored(files: EnvFile[]): Warning[] {
	return files
		.filter(({ role, ignored }) => (role === 'private' || role === 'dev-vars') && ignored === false)
		.map(({ path }) => ({
			code: 'ENV_NOT_IGNORED',
			message: `${path} is not ignored by git: add it to .gitignore before you put a value into it.`,
		}));
}

/** Reads the env files at the project root; those of the workspace root only for want of an example here. */
export function readEnvFacts(project: Place): Detection<EnvFacts> {
	const { root, boundary, gitRoot } = project;
	const own = candidatesIn(root, root).map((candidate) => look(candidate, boundary));
	const lacksExample =
		root !== boundary && !own.some((one) => isExample(one) && one.state !== 'not-dotenv');
	const above = lacksExample ? candidatesIn(boundary, root).filter(isExample) : [];
	const looks = [...own, ...above.map((candidate) => look(candidate, boundary))];
	const mayEdit = editable(looks);
	const files = withoutTwins(mayEdit.filter(({ state }) => state === 'plain')).flatMap(
		({ path, text, kind, full }): EnvFile[] => {
			const role = roleOf(kind);
			return role ? [{ path, text, role, ignored: isIgnored(gitRoot, full) }] : [];
		},
	);
	return {
		fact: { files, present: namesByFile(looks) },
		warnings: [...warningsOf(looks, mayEdit), ...notIgnored(files)],
	};
}
