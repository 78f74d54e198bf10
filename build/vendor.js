// ts-morph and what it stands on -> one file that starts fast, with TypeScript as far as its parser.
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build } from 'esbuild';
import { withoutUnasked } from './factory.js';
import { commonModule, morphModule } from './flat.js';
import { bundled } from './settings.js';
import { withoutUnnamed } from './unnamed.js';

const require = createRequire(import.meta.url);
const resolveFrom = (file, name) => require.resolve(name, { paths: [file] });
const morph = require.resolve('ts-morph');
const common = resolveFrom(morph, '@ts-morph/common');
const typescript = common.replace(/ts-morph-common\.js$/, 'typescript.js');

/** What is in it, as far as esbuild does not tell. */
export const VENDORED = [common, morph];

/** Cutting takes seconds, and what comes out depends on these texts alone: it is kept under their digest. */
const KEPT = 'node_modules/.tools/parser';

/** The texts of lib.*.d.ts (3 MB) go: a parser of single files never reads them. */
function withoutLibTexts(text) {
	const shorter = text.replace(/^const libFiles = \[[\s\S]*?^\s*\}\];/m, 'const libFiles = [];');
	if (shorter === text) throw new Error('The lib texts of ts-morph are no longer where they were.');
	return shorter;
}

/** Our own files. */
async function ownTexts() {
	const files = await readdir('src', { recursive: true });
	const texts = files
		.filter((file) => file.endsWith('.ts'))
		.sort()
		.map((file) => readFile(`src/${file}`, 'utf8'));
	return Promise.all(texts);
}

/** Those that ask TypeScript by itself: `ts.isIdentifier(…)`. */
function askingTypeScript(texts) {
	if (texts.some((text) => text.includes('morph().ts.')))
		throw new Error('TypeScript is asked otherwise than by `const { ts } = morph()`.');
	return texts.filter((text) => /\{[^}\n]*\bts\b[^}\n]*\} = morph\(\)/.test(text));
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
 * @param names what is asked of it
 */
async function parserModule(names) {
	const text = await readFile(typescript, 'utf8');
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

/** The three as modules by the names that they import each other by. */
async function modules() {
	const { ts } = require(morph);
	const ownText = await ownTexts();
	const morphText = withoutUnnamed(ts, await readFile(morph, 'utf8'), ownText);
	const wholeCommon = withoutLibTexts(await readFile(common, 'utf8'));
	const commonText = withoutUnnamed(ts, wholeCommon, [morphText, ...ownText]);
	const own = namesAsked(askingTypeScript(ownText));
	const names = [...new Set([...namesAsked([commonText, morphText]), ...own])].sort();
	return {
		typescript: withoutUnasked(ts, await parserModule(names), [commonText, morphText, ...ownText]),
		'@ts-morph/common': commonModule(commonText),
		'ts-morph': morphModule(morphText, own),
	};
}

/** Writes the parser, one file, into a folder; gives what esbuild tells of what it bundled. */
export async function buildVendor(folder) {
	const texts = await modules();
	const flat = {
		name: 'flat',
		setup({ onResolve, onLoad }) {
			onResolve({ filter: /^(typescript|(@ts-morph\/common)|ts-morph)$/ }, ({ path }) => ({
				path,
				namespace: 'flat',
			}));
			onResolve({ filter: /^(path-browserify|code-block-writer)$/ }, ({ path }) => ({
				path: resolveFrom(path === 'code-block-writer' ? morph : common, path),
			}));
			onLoad({ filter: /.*/, namespace: 'flat' }, ({ path }) => ({
				contents: texts[path],
				resolveDir: '.',
			}));
		},
	};
	const { metafile } = await build({
		...bundled,
		plugins: [flat],
		entryPoints: { 'ts-morph': 'ts-morph' },
		format: 'cjs',
		outdir: folder,
		outExtension: { '.js': '.cjs' },
	});
	return metafile;
}
