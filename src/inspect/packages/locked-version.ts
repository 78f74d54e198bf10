// The version of a package that a lockfile settles on, for projects whose packages are not installed yet.
import { join } from 'node:path';
import { parse as parseVersion } from 'semver';
import type { Found } from '../../model.ts';
import { readText } from '../files.ts';
import { linesBelow, valueBeside } from './indented.ts';
import { fromRoot, isRecord } from './workspace.ts';

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

const READERS: Record<string, Reader> = {
	'package-lock.json': npmVersion,
	'npm-shrinkwrap.json': npmVersion,
	'pnpm-lock.yaml': pnpmVersion,
	'yarn.lock': yarnVersion,
	'bun.lock': bunVersion,
};

function escaped(text: string): string {
	return text.replace(/[.*+?^${}()|[\]\\/]/g, '\\$&');
}

function fieldAt(value: unknown, ...path: string[]): unknown {
	return path.reduce<unknown>((at, key) => (isRecord(at) ? at[key] : undefined), value);
}

function parseJson(text: string): unknown {
	try {
		return JSON.parse(text.replace(/^\uFEFF/, ''));
	} catch {
		// A merge conflict in a lockfile is for the package manager to report.
		return null;
	}
}

function npmVersion(text: string, { name, member }: Wanted): string | null {
	const lock = parseJson(text);
	const steps = member.split('/').filter((step) => step !== '');
	const folders = steps.map((_, index) => `${steps.slice(0, steps.length - index).join('/')}/`);
	for (const folder of [...folders, '']) {
		const version = fieldAt(lock, 'packages', `${folder}node_modules/${name}`, 'version');
		if (typeof version === 'string') return version;
	}
	const version = fieldAt(lock, 'dependencies', name, 'version');
	return typeof version === 'string' ? version : null;
}

function onlyOne(versions: (string | undefined)[]): string | null {
	const different = new Set(versions);
	return different.size === 1 ? (versions[0] ?? null) : null;
}

function pnpmVersion(text: string, { name, member }: Wanted): string | null {
	const lines = text.split(/\r?\n/);
	const importers = linesBelow(lines, 'importers');
	const importer = importers.length > 0 ? linesBelow(importers, member || '.') : lines;
	for (const field of ['dependencies', 'devDependencies', 'optionalDependencies']) {
		const section = linesBelow(importer, field);
		// Lockfile version 5 writes the version beside the name, later ones below it.
		const written = valueBeside(section, name) ?? valueBeside(linesBelow(section, name), 'version');
		if (written) return written.split(/[(_]/)[0] ?? null;
	}
	const keys = new RegExp(`^ {2}['"]?/?${escaped(name)}[@/](\\d[^('":_]*)`, 'gm');
	return onlyOne([...text.matchAll(keys)].map((match) => match[1]));
}

function yarnVersion(text: string, { name, range }: Wanted): string | null {
	// Classic writes `version "1.0.0"`, berry `version: 1.0.0`; both list every range in the line above.
	const entry = new RegExp(`^"?(${escaped(name)}@.*):\\r?\\n +version:? "?([^"\\s]+)`, 'gm');
	const entries = [...text.matchAll(entry)].map(([, names = '', version = '']) => ({
		ranges: names.split(/", "|, /).map((one) => one.replace(/"/g, '').slice(name.length + 1)),
		version,
	}));
	const exact = entries.find(({ ranges }) =>
		ranges.some((one) => [range, `npm:${range}`].includes(one)),
	);
	return exact?.version ?? onlyOne(entries.map(({ version }) => version));
}

function bunVersion(text: string, { name, project }: Wanted): string | null {
	const entry = (key: string): RegExp =>
		new RegExp(`^\\s*"${escaped(key)}": ?\\["[^"]*@(\\d[^"]*)"`, 'm');
	const own = project ? entry(`${project}/${name}`).exec(text) : null;
	return (own ?? entry(name).exec(text))?.[1] ?? null;
}

/** The version that a lockfile in one of the folders settles on, nearest folder first. */
export function lockedVersion(
	place: { root: string; boundary: string },
	wanted: Omit<Wanted, 'member'>,
): Found<string> | null {
	for (const folder of new Set([place.root, place.boundary])) {
		const member = fromRoot(folder, place.root);
		for (const [file, read] of Object.entries(READERS)) {
			const text = readText(join(folder, file));
			if (!text?.includes(wanted.name)) continue;
			const version = parseVersion(read(text, { ...wanted, member }) ?? '')?.version;
			// Yarn berry's number for a package of the same workspace.
			if (version === undefined || version === '0.0.0-use.local') continue;
			return { value: version, from: fromRoot(place.root, join(folder, file)) };
		}
	}
	return null;
}
