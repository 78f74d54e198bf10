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

/** The text of the file. */
export async function noticesOf(folders) {
	const byTerms = new Map();
	for (const { title, holders, terms } of await Promise.all(folders.map(licenceOf))) {
		// Some break their lines elsewhere, or quote otherwise.
		const key = terms.replace(/[\s*'"“”]+/g, ' ').toLowerCase();
		const group = byTerms.get(key) ?? { terms, named: [] };
		group.named.push([title, ...holders.map((line) => `    ${line}`)].join('\n'));
		byTerms.set(key, group);
	}
	const parts = [...byTerms.values()].map(
		({ terms, named }) => `${named.join('\n')}\n\n${terms}\n`,
	);
	return parts.join(`\n${'-'.repeat(80)}\n\n`);
}
