// Finds the version of @flue/runtime, as Node resolves it from the project, and the Flue line that follows from it.
import { join } from 'node:path';
import { major, valid } from 'semver';
import { FlueError } from '../../errors.ts';
import type { FlueLine, Found } from '../../model.ts';
import { readText } from '../files.ts';
import { declaredSpec, declaredVersion } from '../packages/declared-version.ts';
import { lockedVersion } from '../packages/locked-version.ts';
import { foldersAbove, fromRoot, isRecord } from '../packages/workspace.ts';

export interface RuntimeSources {
	root: string;
	/** The outermost folder whose lockfile may govern the project. */
	boundary: string;
	/** The parsed package.json. */
	manifest: unknown;
}

function versionOf(text: string): string | null {
	try {
		const manifest: unknown = JSON.parse(text);
		const version = isRecord(manifest) ? manifest.version : null;
		return typeof version === 'string' ? valid(version) : null;
	} catch {
		// A package broken on disk decides nothing; the lockfile may.
		return null;
	}
}

/** The version that Node would load: the nearest node_modules upward, beyond any border of ours. */
function installedVersion(root: string, name: string): Found<string> | null {
	for (const folder of [root, ...foldersAbove(root)]) {
		const path = join(folder, 'node_modules', name, 'package.json');
		const text = readText(path);
		const version = text === null ? null : versionOf(text);
		if (version !== null) return { value: version, from: fromRoot(root, path) };
	}
	return null;
}

function versionFound(project: RuntimeSources, name: string): Found<string> | null {
	const { root, manifest } = project;
	const range = declaredSpec(manifest, name) ?? '';
	const named = isRecord(manifest) ? manifest.name : '';
	const wanted = { name, range, project: typeof named === 'string' ? named : '' };
	return (
		installedVersion(root, name) ?? lockedVersion(project, wanted) ?? declaredVersion(project, name)
	);
}

function lineOf(name: string, { value, from }: Found<string>): Found<FlueLine> {
	const evidence = `${name} ${value}, from ${from}`;
	if (major(value) >= 2) return { value: '2.x', from: evidence };
	if (major(value) === 1) return { value: '1.0-beta', from: evidence };
	throw new FlueError('UNREADABLE_PROJECT', `${evidence}, is too old for this program.`, {
		path: 'package.json',
		hint: 'Upgrade Flue to 2.x (or at least 1.0.0-beta.5) and run the command again.',
	});
}

/**
 * Finds the Flue line and the version of @flue/runtime; the version is null when no file tells it.
 * @throws UNREADABLE_PROJECT for Flue before 1.0.
 */
export function detectRuntime(project: RuntimeSources): {
	line: Found<FlueLine>;
	runtime: Found<string> | null;
} {
	const runtime = versionFound(project, '@flue/runtime');
	if (runtime) return { line: lineOf('@flue/runtime', runtime), runtime };
	for (const name of ['@flue/cli', '@flue/vite']) {
		const found = versionFound(project, name);
		if (found) return { line: lineOf(name, found), runtime: null };
	}
	const from = 'no version found, the current line is assumed';
	return { line: { value: '2.x', from }, runtime: null };
}
