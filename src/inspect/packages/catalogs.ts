// The catalogs of a workspace, wherever its manager keeps them: what `catalog:` in a package.json stands for.
import { join } from 'node:path';
import { FlueError } from '../../errors.ts';
import { MANAGERS } from '../../managers/table.ts';
import type { Catalog } from '../../model/facts.ts';
import type { Found } from '../../model/found.ts';
import { objectOf, parseJson, valueAt } from '../../text/jsonc.ts';
import { readText } from '../files.ts';
import { fromRoot, type Place } from '../paths.ts';
import { readYaml, yamlFault } from '../yaml.ts';

/**
 * Reads a YAML file of a package manager.
 * @throws UNREADABLE_PROJECT when it is not YAML
 */
export async function readSettings(path: string, text: string): Promise<unknown> {
	try {
		return await readYaml(text);
	} catch (error) {
		throw new FlueError(
			'UNREADABLE_PROJECT',
			`${path} is not valid YAML: see ${yamlFault(error)}.`,
			{
				path,
				hint: 'Correct it and run the command again.',
			},
		);
	}
}

/** Where managers keep them: a project is read for all, since nobody has said yet which one it is. */
const PLACES = Object.values(MANAGERS).flatMap(({ catalogs }) => catalogs);

function specsIn(catalog: unknown): Record<string, string> {
	const entries = Object.entries(objectOf(catalog) ?? {});
	const told = entries.filter(([, spec]) => typeof spec === 'string' || typeof spec === 'number');
	return Object.fromEntries(told.map(([name, spec]) => [name, String(spec)]));
}

function catalogsIn(object: unknown, from: string): Catalog[] {
	const named = Object.entries(objectOf(valueAt(object, 'catalogs')) ?? {});
	const unnamed = valueAt(object, 'catalog');
	return [['default', unnamed] as const, ...named]
		.map(([name, catalog]) => ({ name, from, specs: specsIn(catalog) }))
		.filter(({ specs }) => Object.keys(specs).length > 0);
}

/** The catalogs of a project and its workspace. A file that names none is not parsed. */
export async function readCatalogs({ root, boundary }: Place): Promise<Catalog[]> {
	const found: Catalog[] = [];
	for (const folder of new Set([root, boundary])) {
		for (const [file, below] of PLACES) {
			const path = join(folder, file);
			const text = readText(path);
			if (!text || !/\bcatalogs?\b/.test(text)) continue;
			const value = file.endsWith('.json') ? parseJson(text) : await readSettings(path, text);
			const object = below === '' ? value : valueAt(value, below);
			found.push(...catalogsIn(object, fromRoot(root, path)));
		}
	}
	return found;
}

/** What a spec stands for: itself, or the entry of the catalog that it names; null when there is no such entry. */
export function catalogEntry(
	catalogs: readonly Catalog[],
	name: string,
	spec: string,
): Found<string> | null {
	const said = /^catalog:(.*)$/.exec(spec)?.[1]?.trim();
	const catalog = catalogs.find(
		(one) => one.name === (said || 'default') && Object.hasOwn(one.specs, name),
	);
	const value = said === undefined ? undefined : catalog?.specs[name];
	return value === undefined || !catalog ? null : { value, from: catalog.from };
}
