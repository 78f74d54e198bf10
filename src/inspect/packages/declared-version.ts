// The lowest version that a package.json allows, through aliases, workspaces and catalogs.
import { join } from 'node:path';
import { intersects, minVersion, validRange } from 'semver';
import type { Found } from '../../model.ts';
import { readText } from '../files.ts';
import { linesBelow, valueBeside } from './indented.ts';
import { fromRoot, isRecord } from './workspace.ts';

interface Place {
	root: string;
	boundary: string;
}

const FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies', 'peerDependencies'];

/** The range as written in a package.json, of any kind; null when the package is not declared. */
export function declaredSpec(manifest: unknown, name: string): string | null {
	const sections = FIELDS.map((field) => (isRecord(manifest) ? manifest[field] : undefined));
	const specs = sections.map((section) => (isRecord(section) ? section[name] : undefined));
	return specs.find((spec) => typeof spec === 'string') ?? null;
}

/** What a catalog of pnpm-workspace.yaml says; `catalog:` is the default one. */
function catalogRange(place: Place, name: string, catalog: string): Found<string> | null {
	for (const folder of new Set([place.root, place.boundary])) {
		const path = join(folder, 'pnpm-workspace.yaml');
		const lines = (readText(path) ?? '').split(/\r?\n/);
		const named = linesBelow(linesBelow(lines, 'catalogs'), catalog);
		const entries = catalog === 'default' ? [...linesBelow(lines, 'catalog'), ...named] : named;
		const value = valueBeside(entries, name);
		if (value) return { value, from: fromRoot(place.root, path) };
	}
	return null;
}

/** A spec as a range of versions; null for git addresses, files, tags and bare workspace links. */
function rangeOf(place: Place, name: string, spec: string): Found<string> | null {
	const catalog = /^catalog:(.*)$/.exec(spec)?.[1]?.trim();
	const written =
		catalog === undefined
			? { value: spec, from: 'package.json' }
			: catalogRange(place, name, catalog || 'default');
	if (!written) return null;
	const alias = /^npm:(?:.+@)?([^@]+)$/.exec(written.value)?.[1];
	const value = alias ?? written.value.replace(/^workspace:/, '');
	// A bare `*` allows everything, so it says nothing.
	return validRange(value) && validRange(value) !== '*' ? { value, from: written.from } : null;
}

/** The lowest version that the declaration allows; null when it does not say. */
export function declaredVersion(
	place: Place & { manifest: unknown },
	name: string,
): Found<string> | null {
	const spec = declaredSpec(place.manifest, name);
	const range = spec === null ? null : rangeOf(place, name, spec);
	const lowest = range && minVersion(range.value)?.version;
	if (!range || !lowest) return null;
	// `>=0.1` also allows today's versions, so its lowest one says nothing.
	const isOpen =
		lowest.startsWith('0.') && intersects(range.value, '>=1.0.0-0', { includePrerelease: true });
	return isOpen ? null : { value: lowest, from: `${range.from} (${range.value})` };
}
