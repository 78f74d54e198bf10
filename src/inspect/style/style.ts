// How the project writes TypeScript: what its formatter is told, else what its editors are told, else what its files show.
import { dirname, join, posix } from 'node:path';
import type { Style } from '../../model/facts.ts';
import type { Found, TextFile } from '../../model/found.ts';
import { foldersUpTo, type Place } from '../paths.ts';
import { type BiomeStyle, readBiomeStyle } from './biome.ts';
import type { FormatterStyle, StyleClaim } from './claim.ts';
import { readDprintStyle } from './dprint.ts';
import { readEditorconfig } from './editorconfig.ts';
import { readLinterStyle } from './linters.ts';
import { readNeighbourStyle } from './neighbours.ts';
import { readOxfmtStyle } from './oxfmt.ts';
import { readPrettierStyle } from './prettier.ts';

interface StylePlace extends Place {
	/** Relative path of the file that is to be written. */
	entryPath: string;
	/** The project's Flue code. */
	files: TextFile[];
}

/** The style of the documentation, for a project that shows none. */
const CANONICAL = {
	from: 'the documentation of Flue',
	tabs: false,
	width: 2,
	quote: "'",
	semicolons: true,
	lineEnding: '\n',
} as const satisfies StyleClaim;

/** A nested Biome config is completed by the next one above. */
function withAbove(nearest: BiomeStyle, above: string[], path: string): FormatterStyle {
	const next = above.map((folder) => readBiomeStyle(folder, path)).find((found) => found !== null);
	if (!nearest.continuesAbove || !next) return nearest;
	const said = Object.entries(nearest.explicit).filter(([, value]) => value !== undefined);
	return { ...next, explicit: { ...next.explicit, ...Object.fromEntries(said) } };
}

/** The nearest formatter; of two in one folder Prettier last, since the others replace it and not the other way about. */
async function findFormatter(folders: string[], path: string): Promise<FormatterStyle | null> {
	for (const [index, folder] of folders.entries()) {
		const biome = readBiomeStyle(folder, path);
		if (biome) return withAbove(biome, folders.slice(index + 1), path);
		const other =
			(await readOxfmtStyle(folder, path)) ??
			readDprintStyle(folder) ??
			(await readPrettierStyle(folder, path));
		if (other) return other;
	}
	return null;
}

/** Who is heard, most binding first. */
function inOrder(
	formatter: FormatterStyle | null,
	editors: StyleClaim | null,
	files: StyleClaim | null,
): StyleClaim[] {
	const { explicit = null, defaults = null, isComplete, readsEditorconfig } = formatter ?? {};
	const wanted = readsEditorconfig === false ? [defaults, editors] : [editors, defaults];
	const known = isComplete === false ? [editors, files, defaults] : [...wanted, files];
	return [explicit, ...known, CANONICAL].filter((one) => one !== null);
}

/** The first that says something about a property, and what it says. */
function heard<K extends keyof typeof CANONICAL>(claims: StyleClaim[], property: K): StyleClaim {
	return claims.find((one) => one[property] !== undefined) ?? CANONICAL;
}

/** What only some formatters settle; absent where nobody says so. */
function finePoints(claims: StyleClaim[], tabs: boolean): Partial<Style> {
	const said = <K extends keyof StyleClaim>(property: K): StyleClaim[K] | undefined =>
		claims.find((one) => one[property] !== undefined)?.[property];
	const commas = said('trailingCommas');
	const lineWidth = said('lineWidth');
	return {
		lineWidth,
		tabWidth: tabs && lineWidth ? said('width') : undefined,
		trailingCommas: commas === 'all' ? undefined : commas,
		isTight: said('spaced') === false ? true : undefined,
		hasBareParameters: said('parentheses') === false ? true : undefined,
		hasBlocks: said('blocks'),
		hasSortedKeys: said('sorted'),
		separatesImports: said('separated'),
		silence: said('silence'),
	};
}

/** Detects the style in which to write `entryPath`. */
export async function detectStyle(project: StylePlace): Promise<Found<Style>> {
	const { root, boundary, entryPath, files } = project;
	const entry = join(root, entryPath);
	const folders = foldersUpTo(dirname(entry), boundary);
	const formatter = await findFormatter(folders, entry);
	const editors = readEditorconfig(folders, entry);
	const neighbours = files.filter(({ path }) => path !== posix.normalize(entryPath));
	const claims = [
		...inOrder(formatter, editors, readNeighbourStyle(neighbours)),
		...readLinterStyle(folders),
	];
	const by = {
		tabs: heard(claims, 'tabs'),
		width: heard(claims, 'width'),
		quote: heard(claims, 'quote'),
		semicolons: heard(claims, 'semicolons'),
		lineEnding: heard(claims, 'lineEnding'),
	};
	const style: Style = {
		indent: by.tabs.tabs ? '\t' : ' '.repeat(by.width.width ?? CANONICAL.width),
		quote: by.quote.quote ?? CANONICAL.quote,
		semicolons: by.semicolons.semicolons ?? CANONICAL.semicolons,
		lineEnding: by.lineEnding.lineEnding ?? CANONICAL.lineEnding,
		...finePoints(claims, by.tabs.tabs === true),
	};
	const indent = by.tabs.tabs ? [by.tabs] : [by.tabs, by.width];
	const sources = [...indent, by.quote, by.semicolons, by.lineEnding].map(({ from }) => from);
	return { value: style, from: [...new Set(sources)].join(', ') };
}
