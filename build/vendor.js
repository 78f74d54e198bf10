// ts-morph and what it stands on -> files that start fast: TypeScript as far as its parser, all else only minified.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build, transform } from 'esbuild';
import { bundled, minified } from './settings.js';

const require = createRequire(import.meta.url);
const resolveFrom = (file, name) => require.resolve(name, { paths: [file] });
const morph = require.resolve('ts-morph');
const common = resolveFrom(morph, '@ts-morph/common');
const typescript = common.replace(/ts-morph-common\.js$/, 'typescript.js');

/** What dist/vendor is made from, as far as it is not bundled. */
export const VENDORED = [common, morph];
const SMALL = ['path-browserify', 'code-block-writer'];
/** Needed for searches on disk, which a parser in memory never makes: loaded on first use. */
const SEARCHES = ['minimatch', 'tinyglobby'];

/** Cutting takes seconds, and what comes out depends on these texts alone: it is kept under their digest. */
const KEPT = 'node_modules/.tools/parser';

/** The texts of lib.*.d.ts (3 MB) go: a parser of single files never reads them. */
function withoutLibTexts(text) {
	const shorter = text.replace(/^const libFiles = \[[\s\S]*?^\s*\}\];/m, 'const libFiles = [];');
	if (shorter === text) throw new Error('The lib texts of ts-morph are no longer where they were.');
	return shorter;
}

/** Our own files that ask TypeScript by itself: `ts.isIdentifier(…)`. */
async function ownTexts() {
	const files = await readdir('src', { recursive: true });
	const texts = files
		.filter((file) => file.endsWith('.ts'))
		.sort()
		.map((file) => readFile(`src/${file}`, 'utf8'));
	return (await Promise.all(texts)).filter((text) =>
		/\{[^}\n]*\bts\b[^}\n]*\} = morph\(\)/.test(text),
	);
}

/** What these texts ask TypeScript for, by name. */
function namesAsked(texts) {
	const names = texts.flatMap((text) => {
		if (/(?<![\w$'"/.])(?:common\.)?ts(?:__namespace)?\[/.test(text))
			throw new Error('TypeScript is asked for a name that is made at run time.');
		return [...text.matchAll(/(?<![\w$'"/.])(?:common\.)?ts(?:__namespace)?\.([A-Za-z_]\w*)/g)];
	});
	return [...new Set(names.map(([, name]) => name))].sort();
}

/**
 * TypeScript as far as its parser, an ES module. Which of its functions those are, and how that is told, is in `cut.js`.
 * @param commonText what stands between it and ts-morph
 */
async function parserModule(commonText) {
	const text = await readFile(typescript, 'utf8');
	const names = namesAsked([commonText, await readFile(morph, 'utf8'), ...(await ownTexts())]);
	const cut = await readFile(new URL('cut.js', import.meta.url));
	const digest = createHash('sha256').update(text).update(cut).update(names.join()).digest('hex');
	const path = `${KEPT}/${digest.slice(0, 16)}.js`;
	try {
		return await readFile(path, 'utf8');
	} catch {
		const { cutToParser } = await import('./cut.js');
		const made = await cutToParser(require(typescript), text, names);
		await rm(KEPT, { recursive: true, force: true });
		await mkdir(KEPT, { recursive: true });
		await writeFile(`${path}.part`, made);
		await rename(`${path}.part`, path);
		return made;
	}
}

/** Each file of ts-morph stays a file of its own: bundled as modules in functions, none would be compiled when it is loaded. */
async function linked(text) {
	const { code } = await transform(text, { ...minified, format: 'cjs' });
	return code.replace(/require\("(@ts-morph\/common|[\w./-]+)"\)/g, (call, specifier) => {
		if (specifier === '@ts-morph/common') return 'require("./common.cjs")';
		if (specifier === './typescript' || SMALL.includes(specifier) || SEARCHES.includes(specifier))
			return `require("./${specifier.replace('./', '')}.cjs")`;
		return call;
	});
}

/** Writes the files into a folder; gives what esbuild tells of what it bundled. */
export async function buildVendor(folder) {
	const write = (name, text) => writeFile(`${folder}/${name}.cjs`, text);
	await mkdir(folder, { recursive: true });
	const commonText = withoutLibTexts(await readFile(common, 'utf8'));
	await write('common', await linked(commonText));
	await write('ts-morph', await linked(await readFile(morph, 'utf8')));
	for (const name of SEARCHES)
		await write(
			name,
			`module.exports = new Proxy({}, { get: (_, name) => require('./${name}-itself.cjs')[name] });\n`,
		);
	await build({
		...bundled,
		stdin: { contents: await parserModule(commonText), resolveDir: '.', loader: 'js' },
		format: 'cjs',
		outfile: `${folder}/typescript.cjs`,
	});
	const { metafile } = await build({
		...bundled,
		entryPoints: Object.fromEntries(
			[...SMALL, ...SEARCHES].map((name) => [
				SEARCHES.includes(name) ? `${name}-itself` : name,
				resolveFrom(name === 'code-block-writer' ? morph : common, name),
			]),
		),
		format: 'cjs',
		outdir: folder,
		outExtension: { '.js': '.cjs' },
	});
	return metafile;
}
