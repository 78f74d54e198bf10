// The licences of everything that dist/ contains, as their terms ask: every copyright line, and each text once.
import { readdir, readFile } from 'node:fs/promises';

/** The folder of the package that a bundled file comes from, or null for our own. */
export function packageFolder(path) {
	return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;
}

/** A licence in two: who holds it, and what it says, in lines that others may break elsewhere. */
function parted(text) {
	const lines = text.trim().split(/\r?\n/);
	const isHolder = (line) => /^\s*Copyright (?:\(c\)|\d|[A-Z][a-z]+ [A-Z])/.test(line);
	const isTitle = (line) => /^[#\s(]*(?:The )?(?:MIT|ISC) Licen[cs]e[\s()MIT]*$/.test(line);
	return {
		holders: lines.filter(isHolder).map((line) => line.trim()),
		terms: lines
			.filter((line) => !isHolder(line) && !isTitle(line))
			.join('\n')
			.trim(),
	};
}

/** The name of a package, and its licence. */
async function licenceOf(folder) {
	const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	const text = file ? await readFile(`${folder}/${file}`, 'utf8') : '';
	return { title: `${name} ${version} (${license})`, ...parted(text) };
}

/** What the terms say, however they break their lines, quote, or count; how to apply them stands behind them. */
function wordsOf(terms) {
	const [whole = ''] = terms.split(/END OF TERMS AND CONDITIONS/);
	return whole
		.replace(/\([a-d]\)/g, '')
		.replace(/[^a-z]+/gi, '')
		.toLowerCase();
}

/**
 * The text of the file.
 * @param own the licence of this package, which lies beside it: its text is not said again
 */
export async function noticesOf(folders, own) {
	const byTerms = new Map();
	for (const { title, holders, terms: told } of await Promise.all(folders.map(licenceOf))) {
		const key = wordsOf(told);
		const terms = key === wordsOf(own) ? 'The text is that of LICENSE in this package.' : told;
		const group = byTerms.get(key) ?? { terms, named: [] };
		group.named.push([title, ...holders.map((line) => `    ${line}`)].join('\n'));
		byTerms.set(key, group);
	}
	const parts = [...byTerms.values()].map(
		({ terms, named }) => `${named.join('\n')}\n\n${terms}\n`,
	);
	return parts.join(`\n${'-'.repeat(80)}\n\n`);
}
