// The copies of a package that a lockfile settles on for a project and for packages of it, each format read in its own way.
import { join } from 'node:path';
import type { RuntimeCopy } from '../../model/runtime.ts';
import { objectOf, parseJson, readJsonObject, valueAt } from '../../text/jsonc.ts';
import { askedFor } from '../../text/versions.ts';
import { readText } from '../files.ts';
import { fromRoot, type Place } from '../paths.ts';
import { linesBelow, valueBeside } from '../yaml.ts';
import { lockedByYarn } from './locked.ts';
import { type Asking, declarationOf } from './packages.ts';

/** A package as a lockfile holds it. */
interface Entry {
	/** What makes one copy different from another in this lockfile. */
	id: string;
	version: string;
	/** Its dependencies, as ranges or as what they were settled on. */
	dependencies: unknown;
}

/** The package of a name that `from` gets: another package, or the project itself. */
type Lookup = (name: string, from: Entry | null) => Entry | null;

interface Asker extends Asking {
	/** The project's folder relative to the lockfile's, e.g. `apps/agent`; '' when they are the same. */
	member: string;
}

function npmLookup(text: string, { member }: Asker): Lookup {
	const packages = objectOf(valueAt(parseJson(text), 'packages'));
	return (name, from) => {
		const parts = (from?.id ?? member).split('/').filter((part) => part !== '');
		// As Node looks: in each folder on the way up.
		const folders = parts.map((_, index) => `${parts.slice(0, parts.length - index).join('/')}/`);
		const keys = [...folders, ''].map((folder) => `${folder}node_modules/${name}`);
		const id = keys.find((key) => typeof valueAt(packages, key, 'version') === 'string');
		if (id === undefined) return null;
		const version = String(valueAt(packages, id, 'version'));
		return { id, version, dependencies: valueAt(packages, id, 'dependencies') };
	};
}

function pnpmLookup(text: string, { member }: Asker): Lookup {
	const lines = text.split(/\r?\n/);
	const importer = linesBelow(linesBelow(lines, 'importers'), member || '.');
	const snapshots = linesBelow(lines, 'snapshots');
	const fields = ['dependencies', 'devDependencies', 'optionalDependencies'];
	const settled = (name: string, from: Entry | null): string | null => {
		if (from) return valueBeside(linesBelow(linesBelow(snapshots, from.id), 'dependencies'), name);
		const sections = fields.map((field) => linesBelow(linesBelow(importer, field), name));
		return sections.map((section) => valueBeside(section, 'version')).find(Boolean) ?? null;
	};
	return (name, from) => {
		const value = settled(name, from);
		if (value === null) return null;
		const id = `${name}@${value}`;
		const version = value.split('(')[0] ?? '';
		const below = linesBelow(linesBelow(snapshots, id), 'dependencies');
		const runtime = valueBeside(below, '@flue/runtime')?.split('(')[0];
		return { id, version, dependencies: { '@flue/runtime': runtime } };
	};
}

function yarnLookup(text: string, asker: Asker): Lookup {
	return (name, from) => {
		const declared = from ? null : declarationOf(asker, name);
		const asked = from ? valueAt(from.dependencies, name) : declared && askedFor(declared);
		const found = typeof asked === 'string' ? lockedByYarn(text, name, asked) : null;
		if (!found) return null;
		const { resolution, version, dependencies } = found;
		return { id: resolution || `${name}@${version}`, version, dependencies };
	};
}

function bunLookup(text: string, { manifest }: Asker): Lookup {
	const packages = objectOf(readJsonObject(text)?.packages);
	return (name, from) => {
		const owner = from?.id ?? String(manifest.name ?? '');
		const id = [`${owner}/${name}`, name].find((key) => Array.isArray(packages?.[key]));
		if (id === undefined) return null;
		const parts = [packages?.[id]].flat();
		const version = /@([^@]*)$/.exec(String(parts[0]))?.[1] ?? '';
		const about = parts.find((part) => objectOf(part) !== null);
		return { id, version, dependencies: valueAt(about, 'dependencies') };
	};
}

const LOOKUPS: Record<string, (text: string, asker: Asker) => Lookup> = {
	'package-lock.json': npmLookup,
	'npm-shrinkwrap.json': npmLookup,
	'pnpm-lock.yaml': pnpmLookup,
	// The same format.
	'nub.lock': pnpmLookup,
	'yarn.lock': yarnLookup,
	'bun.lock': bunLookup,
};

/** What a lockfile says of one package, and of who asks for it. */
export interface Locked {
	/** The project's own copy first, then those of the packages; one and the same may be there several times. */
	copies: RuntimeCopy[];
	asking: { name: string; wants: string | null }[];
}

function lookThrough(
	look: Lookup,
	wanted: { name: string; dependents: string[] },
	show: (id: string) => string,
): Locked {
	const own = look(wanted.name, null);
	const dependents = wanted.dependents.flatMap((name) => {
		const entry = look(name, null);
		const wants = entry && valueAt(entry.dependencies, wanted.name);
		return entry && typeof wants === 'string' ? [{ name, entry, wants }] : [];
	});
	const others = dependents.flatMap(({ entry }) => look(wanted.name, entry) ?? []);
	const copies = [...(own ? [own] : []), ...others];
	return {
		copies: copies.map(({ id, version }) => ({ path: show(id), version })),
		asking: dependents.map(({ name, wants }) => ({ name, wants })),
	};
}

/**
 * Looks a package up in the lockfile of the project, or of its workspace.
 * @param wanted the package, and the packages of the project that may ask for it
 */
export function lockedCopies(
	{ root, boundary, ...asking }: Place & Asking,
	wanted: { name: string; dependents: string[] },
): Locked {
	for (const folder of new Set([root, boundary])) {
		for (const [file, lookupIn] of Object.entries(LOOKUPS)) {
			const text = readText(join(folder, file));
			if (!text?.includes(wanted.name)) continue;
			const look = lookupIn(text, { member: fromRoot(folder, root), ...asking });
			// npm tells a place; pnpm's name goes on with all peers, in hundreds of characters.
			const show = (id: string) =>
				lookupIn === npmLookup ? fromRoot(root, join(folder, id)) : id.replace(/\(.*/, '');
			const found = lookThrough(look, wanted, show);
			if (found.copies.length > 0) return found;
		}
	}
	return { copies: [], asking: [] };
}
