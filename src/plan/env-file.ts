// Adds one key with an empty value to the env files of a project. Pure; values are compared, never kept or shown.
import { parseEnv } from 'node:util';
import { envNames, readEnvLines } from '../dialects/env-lines.ts';
import type { Warning } from '../model/found.ts';
import type { WriteStep } from '../model/plan.ts';
import type { SecretConvention } from '../model/request.ts';
import type { EnvFacts, EnvFile } from '../model/secrets.ts';
import { type EnvKeyText, keyLines } from './env-manner.ts';
import { type EnvPlace, placesFor } from './env-place.ts';

interface EnvFileOptions {
	variable: string;
	convention: SecretConvention;
	/** What the variable is, in a few words; used where the file comments its keys. */
	comment?: string;
	/** The project may go without it, but not with an empty one: the key is written as a comment. */
	isOptional?: boolean;
	/** The variable is set in the environment of this process: the private file then needs no key. */
	isSetInEnvironment?: boolean;
}

const ROLES: Record<SecretConvention, readonly EnvFile['role'][]> = {
	env: ['example', 'private'],
	'config-module': ['example', 'private'],
	'dev-vars': ['dev-vars-example', 'dev-vars'],
	none: [],
};

/** `REDIS_URL` -> `Redis URL`: what a key is called in a comment above it. */
export function describe(variable: string): string {
	const words = variable
		.toLowerCase()
		.replace(/_+/g, ' ')
		.trim()
		.replace(/\burl\b/g, 'URL');
	return words.slice(0, 1).toUpperCase() + words.slice(1);
}

// Node 20.20 takes some comments for keys: `#B=1` in the last line is one that is called `#B`.
function loadedValues(text: string): Map<string, unknown> {
	return new Map(Object.entries(parseEnv(text)).filter(([name]) => !name.startsWith('#')));
}

/** Node's own parser must see one empty key more (none, when it is commented out) and every other key as it was. */
function addsOnly(before: string, after: string, key: EnvKeyText): boolean {
	const old = loadedValues(before);
	const now = loadedValues(after);
	const added = now.get(key.variable);
	// Node 20.12 reads commented-out keys as if they were active.
	const isAsWanted = added === '' || (key.commentedOut && added === undefined);
	now.delete(key.variable);
	return (
		isAsWanted &&
		old.size === now.size &&
		[...old].every(([name, value]) => now.get(name) === value)
	);
}

/** The end that most lines have. */
function lineEndOf(text: string): '\n' | '\r\n' {
	const all = text.split('\n').length - 1;
	return (text.split('\r\n').length - 1) * 2 > all ? '\r\n' : '\n';
}

function insertAt(text: string, place: EnvPlace, added: string[]): string {
	const lineEnd = lineEndOf(text);
	const lines = place.blankAbove ? ['', ...added] : added;
	const before = text.slice(0, place.at);
	const hasOpenLine = /[^\n\uFEFF]$/.test(before);
	// A file that does not end its last line stays one.
	const inserted = hasOpenLine ? lineEnd + lines.join(lineEnd) : lines.join(lineEnd) + lineEnd;
	return before + inserted + text.slice(place.at);
}

/** The text with one more key as `planEnvFiles` writes it, active or behind a `#`; the same text where no place is found. */
export function withEnvKey(text: string, variable: string, commentedOut: boolean): string {
	return addKey(text, { variable, comment: describe(variable), commentedOut });
}

function addKey(text: string, key: EnvKeyText): string {
	const lines = readEnvLines(text);
	const tries = placesFor(lines, key.variable, text.length).map((place) =>
		insertAt(text, place, keyLines(lines, key, place.opensGroup)),
	);
	return tries.find((after) => addsOnly(text, after, key)) ?? text;
}

/**
 * The text with one more key, empty, in the text's own manner. The same text when the key is there in any form, or
 * when no place is found at which every other key keeps its value.
 */
export function addEnvKey(text: string, variable: string, comment = describe(variable)): string {
	if (envNames(text).includes(variable)) return text;
	return addKey(text, { variable, comment, commentedOut: false });
}

/** A deploy button asks for every active key, so an example may be without any on purpose. */
function keepsAllCommented({ text, role }: EnvFile): boolean {
	if (role === 'private' || role === 'dev-vars') return false;
	const kinds = readEnvLines(text).map(({ kind }) => kind);
	return kinds.includes('commented-key') && !kinds.includes('key');
}

function filesWith(facts: EnvFacts, variable: string): string[] {
	return Object.hasOwn(facts.present, variable) ? (facts.present[variable] ?? []) : [];
}

/** Whether a file that some command loads, other than an example, has the key: an empty one could hide its value. */
function isLoaded(facts: EnvFacts, { variable, convention }: EnvFileOptions): boolean {
	const examples = facts.files.filter(
		({ role }) => role === 'example' || role === 'dev-vars-example',
	);
	return filesWith(facts, variable).some((path) => {
		if (examples.some((file) => file.path === path)) return false;
		// Flue reads no .dev.vars on Node, so a key there does not serve the env files.
		return convention === 'dev-vars' || !path.startsWith('.dev.vars');
	});
}

function wantsKey(file: EnvFile, facts: EnvFacts, options: EnvFileOptions): boolean {
	if (!ROLES[options.convention].includes(file.role)) return false;
	if (filesWith(facts, options.variable).includes(file.path)) return false;
	if (envNames(file.text).includes(options.variable)) return false;
	const isPrivate = file.role === 'private' || file.role === 'dev-vars';
	return !(isPrivate && (options.isSetInEnvironment || isLoaded(facts, options)));
}

function notUnderstood(path: string, variable: string): Warning {
	return {
		code: 'ENV_NOT_UNDERSTOOD',
		message: `${path} is left alone because a new line could change its other keys: add ${variable}= to it yourself.`,
	};
}

const DEV_VARS_NOT_READ: Warning = {
	code: 'DEV_VARS_NOT_READ',
	message:
		'Flue does not read .dev.vars on Node: the variable must also be set in the environment or in .env.',
};

/** One step for each file that lacks the key and may have it. Nothing is created. */
export function planEnvFiles(
	facts: EnvFacts,
	options: EnvFileOptions,
): { steps: WriteStep[]; warnings: Warning[] } {
	const { variable, convention, comment = describe(variable) } = options;
	const steps: WriteStep[] = [];
	const warnings = convention === 'dev-vars' ? [DEV_VARS_NOT_READ] : [];
	for (const file of facts.files.filter((one) => wantsKey(one, facts, options))) {
		const { path, text: before } = file;
		const commentedOut = options.isOptional === true || keepsAllCommented(file);
		const after = addKey(before, { variable, comment, commentedOut });
		if (after === before) warnings.push(notUnderstood(path, variable));
		else steps.push({ kind: 'write', path, before, after, shown: 'additions' });
	}
	return { steps, warnings };
}
