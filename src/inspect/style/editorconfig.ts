// The .editorconfig files that govern one file, as the specification reads them, up to the boundary.
// Own code: the `editorconfig` package loads a .wasm file from beside itself, which a bundle does not have.
import { join } from 'node:path';
import { readIfPossible } from '../files.ts';
import { matchesGlob } from '../globs.ts';
import { fromRoot } from '../paths.ts';
import { count, LINE_ENDINGS, meaning, QUOTES, type StyleClaim } from './claim.ts';

type Settings = Record<string, string>;

interface Section {
	glob: string;
	settings: Settings;
}

/** The sections of one file in order; the part above the first has the glob ''. */
function parseSections(text: string): Section[] {
	const sections: Section[] = [{ glob: '', settings: {} }];
	for (const line of text.replace(/^\uFEFF/, '').split(/\r?\n/)) {
		const glob = /^\s*\[(.+)\]\s*([#;].*)?$/.exec(line)?.[1];
		if (glob !== undefined) sections.push({ glob, settings: {} });
		const [, key, value] = /^\s*([^#;[=\s][^=]*?)\s*=\s*(.*?)\s*(?:\s[#;].*)?$/.exec(line) ?? [];
		const current = sections.at(-1);
		if (key && value !== undefined && current)
			current.settings[key.toLowerCase()] = value.toLowerCase();
	}
	return sections;
}

/** What the sections say that are for a path; a glob without a slash is for files of that name in any folder below. */
function settingsFor(sections: Section[], path: string): Settings {
	const pattern = (glob: string): string =>
		glob.includes('/') ? glob.replace(/^\//, '') : `**/${glob}`;
	const matches = ({ glob }: Section): boolean =>
		glob !== '' && matchesGlob(path, pattern(glob), true);
	return Object.assign({}, ...sections.filter(matches).map(({ settings }) => settings));
}

function claim(settings: Settings, from: string): StyleClaim {
	const { indent_size: size, tab_width: tab } = settings;
	const width = Number(size === undefined || size === 'tab' ? tab : size);
	return {
		from,
		tabs: meaning(settings.indent_style, { tab: true, space: false }),
		width: count(width),
		quote: meaning(settings.quote_type, QUOTES),
		lineEnding: meaning(settings.end_of_line, LINE_ENDINGS),
		lineWidth: count(Number(settings.max_line_length)),
	};
}

/**
 * What the .editorconfig files say about the absolute `path`.
 * @param folders its folder and those above, nearest first
 */
export function readEditorconfig(folders: string[], path: string): StyleClaim | null {
	const settings: Settings[] = [];
	for (const folder of folders) {
		const text = readIfPossible(join(folder, '.editorconfig'));
		if (text === null) continue;
		const sections = parseSections(text);
		// A nearer file overrules one above it.
		settings.unshift(settingsFor(sections, fromRoot(folder, path)));
		if (sections[0]?.settings.root === 'true') break;
	}
	return settings.length === 0 ? null : claim(Object.assign({}, ...settings), '.editorconfig');
}
