// The .editorconfig files that govern one file, as the specification reads them, up to the boundary.
// Own code: the `editorconfig` package loads a .wasm file from beside itself, which a bundle does not have.
import { join, relative, sep } from 'node:path';
import { readSource } from '../code/source-files.ts';
import type { StyleClaim } from './claim.ts';

type Settings = Record<string, string>;
type Matches = (glob: string, path: string) => boolean;

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

/** A glob without a slash is for files of that name in any folder below. */
async function loadMatcher(sections: Section[]): Promise<Matches> {
	if (sections.every(({ glob }) => glob === '' || glob === '*')) return (glob) => glob === '*';
	const { default: picomatch } = await import('picomatch');
	return (glob, path) => {
		if (glob === '') return false;
		const pattern = glob.includes('/') ? glob.replace(/^\//, '') : `**/${glob}`;
		return picomatch.isMatch(path, pattern, { dot: true });
	};
}

async function settingsFor(sections: Section[], path: string): Promise<Settings> {
	const matches = await loadMatcher(sections);
	return Object.assign(
		{},
		...sections.filter(({ glob }) => matches(glob, path)).map(({ settings }) => settings),
	);
}

function claim(settings: Settings, from: string): StyleClaim {
	const {
		indent_style: style,
		indent_size: size,
		tab_width: tab,
		end_of_line: end,
		quote_type: quote,
	} = settings;
	const width = Number(size === undefined || size === 'tab' ? tab : size);
	return {
		from,
		tabs: style === 'tab' || style === 'space' ? style === 'tab' : undefined,
		width: Number.isInteger(width) && width > 0 ? width : undefined,
		quote: quote === 'single' ? "'" : quote === 'double' ? '"' : undefined,
		lineEnding: end === 'lf' ? '\n' : end === 'crlf' ? '\r\n' : undefined,
	};
}

/**
 * What the .editorconfig files say about the absolute `path`.
 * @param folders its folder and those above, nearest first
 */
export async function readEditorconfig(
	folders: string[],
	path: string,
): Promise<StyleClaim | null> {
	const settings: Settings[] = [];
	for (const folder of folders) {
		const text = readSource(join(folder, '.editorconfig'));
		if (text === null) continue;
		const sections = parseSections(text);
		const inside = relative(folder, path).split(sep).join('/');
		// A nearer file overrules one above it.
		settings.unshift(await settingsFor(sections, inside));
		if (sections[0]?.settings.root === 'true') break;
	}
	return settings.length === 0 ? null : claim(Object.assign({}, ...settings), '.editorconfig');
}
