// The version of @flue/runtime, as Node resolves it from the project, and the Flue line that follows from it.
import { join } from 'node:path';
import { FlueError } from '../../errors.ts';
import type { FlueLine } from '../../model/facts.ts';
import type { Found } from '../../model/found.ts';
import { parseJson, valueAt } from '../../text/jsonc.ts';
import { askedFor, exactVersion, isBetween, overlap } from '../../text/versions.ts';
import { readIfPossible } from '../files.ts';
import { lockedVersion } from '../packages/locked.ts';
import {
	type Asking,
	declarationOf,
	declaredVersion,
	installedCopy,
} from '../packages/packages.ts';
import { fromRoot, type Place } from '../paths.ts';

/** The first beta of which it was measured that the canonical db.ts works. */
const OLDEST = '>=1.0.0-beta.5 <2.0.0-0';

interface RuntimeSources extends Place, Asking {
	/** The folders that the workspace lists; none unless told. */
	members?: readonly string[];
}

/** A fact to show, and how to judge by it: a range that is not installed yet is what an install would bring. */
interface VersionFound {
	fact: Found<string>;
	lets(range: string): boolean;
}

function sure(fact: Found<string>): VersionFound {
	return { fact, lets: (range) => isBetween(fact.value, range) };
}

/** The member of the workspace that is the package itself, which `workspace:` stands for. */
function memberVersion({ root, members = [] }: RuntimeSources, name: string): Found<string> | null {
	for (const folder of members) {
		const path = join(folder, 'package.json');
		const manifest = parseJson(readIfPossible(path) ?? '');
		const version = valueAt(manifest, 'name') === name ? valueAt(manifest, 'version') : null;
		const value = typeof version === 'string' ? exactVersion(version) : null;
		if (value !== null) return { value, from: fromRoot(root, path) };
	}
	return null;
}

/** Where Node would load it from, else what a lockfile settles on, else what package.json asks for. */
function versionFound(project: RuntimeSources, name: string): VersionFound | null {
	const { root, manifest } = project;
	const copy = installedCopy(root, name);
	if (copy?.version) {
		const path = join(copy.folder, 'package.json');
		return sure({ value: copy.version, from: fromRoot(root, path) });
	}
	const asked = declarationOf(project, name);
	const range = asked ? askedFor(asked) : '';
	const isMember = asked?.range.startsWith('workspace:') ?? false;
	const member = isMember ? memberVersion(project, name) : null;
	if (member) return sure(member);
	const owner = typeof manifest.name === 'string' ? manifest.name : '';
	const locked = lockedVersion(project, { name, range, project: owner });
	if (locked) return sure(locked);
	const declared = declaredVersion(project, name);
	return declared && { fact: declared, lets: (other) => overlap(declared.value, other) };
}

function lineOf(name: string, { fact, lets }: VersionFound): Found<FlueLine> {
	const evidence = `${name} ${fact.value}, from ${fact.from}`;
	if (lets('>=2.0.0-0')) return { value: '2.x', from: evidence };
	if (lets(OLDEST)) return { value: '1.0-beta', from: evidence };
	throw new FlueError('RUNTIME_TOO_OLD', `${evidence}, is too old for this program.`, {
		path: 'package.json',
		hint: 'Upgrade Flue to 2.x (or at least 1.0.0-beta.5) and run the command again.',
	});
}

/**
 * Finds the Flue line and the version of @flue/runtime; the version is null when no file tells it.
 * @throws RUNTIME_TOO_OLD for Flue before 1.0.0-beta.5.
 */
export function detectRuntime(project: RuntimeSources): {
	line: Found<FlueLine>;
	runtime: Found<string> | null;
} {
	const runtime = versionFound(project, '@flue/runtime');
	if (runtime) return { line: lineOf('@flue/runtime', runtime), runtime: runtime.fact };
	for (const name of ['@flue/cli', '@flue/vite']) {
		const found = versionFound(project, name);
		if (found) return { line: lineOf(name, found), runtime: null };
	}
	const from = 'no version found, the current line is assumed';
	return { line: { value: '2.x', from }, runtime: null };
}
