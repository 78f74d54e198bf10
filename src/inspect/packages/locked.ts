// The versions that a lockfile settles on, for projects whose packages are not installed in folders.
import { join } from 'node:path';
import type { Found } from '../../model/found.ts';
import { parseJson, valueAt } from '../../text/jsonc.ts';
import { exactVersion } from '../../text/versions.ts';
import { readText } from '../files.ts';
import { fromRoot, type Place } from '../paths.ts';
import { linesBelow, valueBeside } from '../yaml.ts';

/** What is looked for, and for whom. */
interface Wanted {
	name: string;
	/** The declared range, or ''. */
	range: string;
	/** The project's folder relative to the lockfile's, e.g. `apps/agent`; '' when they are the same. */
	member: string;
	/** The project's own name, or ''. */
	project: string;
}

type Reader = (text: string, wanted: Wanted) => string | null | undefined;

/** A package in a Yarn lockfile, classic or berry. */
export interface LockedPackage {
	/** E.g. `@flue/runtime@npm:2.0.3`: what makes one copy different from another. Berry only, else ''. */
	resolution: string;
	version: string;
	dependencies: Record<string, string>;
}

const READERS: Record<string, Reader> = {
	'package-lock.json': npmVersion,
	'npm-shrinkwrap.json': npmVersion,
	'pnpm-lock.yaml': pnpmVersion,
	// The same format.
	'nub.lock': pnpmVersion,
	'yarn.lock': (text, { name, range }) => lockedByYarn(text, name, range)?.version,
	'bun.lock': bunVersion,
};

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

/** The value that is there once or more, when there is but one. */
function onlyOne<T>(values: T[]): T | undefined {
	return new Set(values).size === 1 ? values[0] : undefined;
}

function npmVersion(text: string, { name, member }: Wanted): string | undefined {
	const lock = parseJson(text);
	const steps = member.split('/').filter((step) => step !== '');
	const folders = steps.map((_, index) => `${steps.slice(0, steps.length - index).join('/')}/`);
	const versions = [...folders, '']
		.map((folder) => valueAt(lock, 'packages', `${folder}node_modules/${name}`, 'version'))
		.concat(valueAt(lock, 'dependencies', name, 'version'));
	return versions.find((version) => typeof version === 'string');
}

function pnpmVersion(text: string, { name, member }: Wanted): string | undefined {
	const lines = text.split(/\r?\n/);
	const importers = linesBelow(lines, 'importers');
	const importer = importers.length > 0 ? linesBelow(importers, member || '.') : lines;
	for (const field of ['dependencies', 'devDependencies', 'optionalDependencies']) {
		const section = linesBelow(importer, field);
		// Lockfile version 5 writes the version beside the name, later ones below it.
		const written = valueBeside(section, name) ?? valueBeside(linesBelow(section, name), 'version');
		if (written) return written.split(/[(_]/)[0];
	}
	const keys = new RegExp(`^ {2}['"]?/?${escaped(name)}[@/](\\d[^('":_]*)`, 'gm');
	return onlyOne([...text.matchAll(keys)].map((match) => match[1]));
}

function bunVersion(text: string, { name, project }: Wanted): string | undefined {
	const entry = (key: string): RegExp =>
		new RegExp(`^\\s*"${escaped(key)}": ?\\["[^"]*@(\\d[^"]*)"`, 'm');
	const own = project ? entry(`${project}/${name}`).exec(text) : null;
	return (own ?? entry(name).exec(text))?.[1];
}

/** The package that a declared range was locked to; null when the lockfile has none, or several and none for that range. */
export function lockedByYarn(text: string, name: string, range: string): LockedPackage | null {
	const blocks = text.split(/(?:\r?\n){2,}/).map((block) => block.split(/\r?\n/));
	const entries = blocks
		.map(([first = '', ...lines]) => ({ names: first.replace(/"|:$/g, '').split(', '), lines }))
		.filter(({ names }) => names[0]?.startsWith(`${name}@`))
		.map(({ names, lines }) => ({ names, found: yarnPackage(lines) }));
	// Yarn adds `npm:` to plain ranges, and says after `::` who asked for a file.
	const asks = (one: string): boolean =>
		[`${name}@${range}`, `${name}@npm:${range}`].includes(one.split('::')[0] ?? '');
	const exact = entries.find(({ names }) => names.some(asks));
	const isClear = onlyOne(entries.map(({ found }) => found.version)) !== undefined;
	return exact?.found ?? (isClear ? (entries[0]?.found ?? null) : null);
}

/** Classic writes `version "1.0.0"`, berry `version: 1.0.0`. */
function yarnPackage(lines: string[]): LockedPackage {
	const field = (key: string): string => {
		const line = lines.find((one) => one.startsWith(`  ${key}`)) ?? '';
		return /^ {2}\w+:? "?(.*?)"?$/.exec(line)?.[1] ?? '';
	};
	const pairs = linesBelow(lines, 'dependencies').map((line) =>
		/^ +"?([^":\s]+)"?:? "?(.*?)"?$/.exec(line),
	);
	const dependencies = pairs.flatMap((pair): [string, string][] =>
		pair ? [[pair[1] ?? '', pair[2] ?? '']] : [],
	);
	return {
		resolution: field('resolution'),
		version: field('version'),
		dependencies: Object.fromEntries(dependencies),
	};
}

/** The version that a lockfile in one of the folders settles on, nearest folder first. */
export function lockedVersion(place: Place, wanted: Omit<Wanted, 'member'>): Found<string> | null {
	for (const folder of new Set([place.root, place.boundary])) {
		const member = fromRoot(folder, place.root);
		for (const [file, read] of Object.entries(READERS)) {
			const text = readText(join(folder, file));
			if (!text?.includes(wanted.name)) continue;
			const version = exactVersion(read(text, { ...wanted, member }) ?? '');
			// Yarn berry's number for a package of the same workspace.
			if (version === null || version === '0.0.0-use.local') continue;
			return { value: version, from: fromRoot(place.root, join(folder, file)) };
		}
	}
	return null;
}
