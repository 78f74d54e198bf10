// src/ -> the program in dist/: CommonJS in pieces that load on demand, its parser beside it, and what it runs in processes of its own.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { build, transform } from 'esbuild';
import { bundled, minified } from './settings.js';

/** A database is a file in src/blueprints/: nothing names it but that. */
export async function listDatabases() {
	const files = await readdir('src/blueprints');
	return files
		.filter((file) => file !== 'index.ts' && file !== 'found.ts')
		.sort()
		.map((file) => file.replace(/\.ts$/, ''));
}

/** Vitest reads the glob of found.ts by itself; here imports of the same files stand in the place of the module. */
export function foundBlueprints(databases) {
	const contents = [
		...databases.map((name, at) => `import { blueprint as _${at} } from './${name}.ts';`),
		`export const BLUEPRINTS = [${databases.map((_, at) => `_${at}`)}];`,
	].join('\n');
	return {
		name: 'blueprints',
		setup({ onLoad }) {
			onLoad({ filter: /[\\/]src[\\/]blueprints[\\/]found\.ts$/ }, () => ({ contents }));
		},
	};
}

/** A function of a package that nobody here calls. */
const cutAway = (name) => `() => { throw new Error('cut from the program: ${name}'); }`;

/** Of packages of others, what nobody here needs and what takes long to load or is large: by file, texts and what stands there instead. */
const SPARED = {
	// It can run programs as its commands.
	'commander/lib/command.js': [
		[
			"const childProcess = require('node:child_process');",
			"const childProcess = { get spawn() { return require('node:child_process').spawn; } };",
		],
	],
	// It asks a client nothing, and so has no answer to look at.
	'@modelcontextprotocol/sdk/dist/esm/server/index.js': [
		[
			"import { AjvJsonSchemaValidator } from '../validation/ajv-provider.js';",
			'class AjvJsonSchemaValidator {}',
		],
	],
	// Nobody asks one of its schemas for a JSON Schema.
	'zod/v4/classic/schemas.js': [
		[
			'import * as processors from "../core/json-schema-processors.js";',
			`const processors = new Proxy({}, { get: () => ${cutAway('zod, JSON Schema')} });`,
		],
		[
			'import { createStandardJSONSchemaMethod, createToJSONSchemaMethod } from "../core/to-json-schema.js";',
			`const createToJSONSchemaMethod = ${cutAway('zod, JSON Schema')};
const createStandardJSONSchemaMethod = () => createToJSONSchemaMethod;`,
		],
	],
	// One program at a time is run: it sends no messages, and what it writes is read as it comes.
	'execa/index.js': [['} = getIpcExport();', '} = {};']],
	'execa/lib/methods/main-async.js': [
		["import {addIpcMethods} from '../ipc/methods.js';", 'const addIpcMethods = () => {};'],
		[
			"import {addConvertedStreams} from '../convert/add.js';",
			'const addConvertedStreams = () => {};',
		],
	],
	// Whether there are colours is told to it.
	'picocolors/picocolors.js': [['let p = process || {}', 'let p = {}']],
	// It runs programs where there is no lockfile, and is asked only where there is one.
	'detect-package-manager/dist/index.mjs': [
		['import execa from "execa";', `const execa = ${cutAway('detect-package-manager')};`],
	],
};

/** Files of packages that nothing here comes to: what they export throws, by the file's name, when it is called. */
const UNUSED = [
	'@modelcontextprotocol/sdk/dist/esm/experimental/tasks/server.js',
	'@sindresorhus/merge-streams/index.js',
	'execa/lib/ipc/get-each.js',
	'execa/lib/ipc/graceful.js',
	'execa/lib/ipc/send.js',
	'execa/lib/methods/main-sync.js',
	'execa/lib/pipe/setup.js',
	'execa/lib/verbose/default.js',
	'fast-glob/out/providers/async.js',
	'fast-glob/out/providers/stream.js',
	'fast-glob/out/utils/stream.js',
	'@nodelib/fs.scandir/out/providers/async.js',
	'@nodelib/fs.stat/out/providers/async.js',
	'@nodelib/fs.walk/out/providers/async.js',
	'@nodelib/fs.walk/out/providers/stream.js',
	'pretty-ms/index.js',
];

/** The one of some files of packages that a path is. */
function fileAmong(files, path) {
	return files.find((one) => path.replaceAll('\\', '/').endsWith(`/node_modules/${one}`));
}

/** What stands in the place of a file that nothing comes to. */
function unusedFile(file, text) {
	const cut = `function () { throw new Error('cut from the program: ${file}'); }`;
	const names = [...text.matchAll(/^export (default|(?:async )?function|const|class)\b ?(\w*)/gm)];
	if (names.length === 0) return `module.exports = new Proxy(${cut}, { get: () => ${cut} });`;
	return names
		.map(([, kind, name]) =>
			kind === 'default' ? `export default ${cut};` : `export const ${name} = ${cut};`,
		)
		.join('\n');
}

/** The file of a package that only its parts that are asked for need be taken from, where Node itself would take another. */
const AS_MODULES = { yaml: './node_modules/yaml/browser/dist/index.js' };

/** What `src/` takes of packages that it loads when they are needed, by package: `const { parse } = await import('yaml')`. */
async function namesOnDemand() {
	const names = new Map();
	const files = await readdir('src', { recursive: true });
	for (const file of files.filter((one) => one.endsWith('.ts'))) {
		const text = await readFile(`src/${file}`, 'utf8');
		const loaded = [...text.matchAll(/(?<!\*.*)\bimport\('([^'.#:]+)'\)/g)];
		const taken = [...text.matchAll(/const \{([^=;]+)\} = await import\('([^'.#:]+)'\)/g)];
		if (loaded.length !== taken.length)
			throw new Error(`src/${file}: const { … } = await import('…') is expected of a package.`);
		for (const [, list, name] of taken) {
			// A `default` that is taken apart is another thing here than in Node, where the package is CommonJS.
			if (list.includes('{')) throw new Error(`src/${file}: plain names are expected of ${name}.`);
			const own = [...list.matchAll(/(?:^|,)\s*(\w+)/g)].map(([, one]) => one);
			names.set(name, [...new Set([...(names.get(name) ?? []), ...own])]);
		}
	}
	return names;
}

/** Of a package that is loaded when it is needed, what is asked of it: a bundler would take all. */
async function onDemand() {
	const names = await namesOnDemand();
	return {
		name: 'on-demand',
		setup({ onResolve, onLoad }) {
			onResolve({ filter: /^[@\w]/ }, ({ path, kind }) =>
				kind === 'dynamic-import' && names.has(path) ? { path, namespace: 'on-demand' } : undefined,
			);
			onLoad({ filter: /.*/, namespace: 'on-demand' }, ({ path }) => ({
				contents: `export { ${names.get(path).join(', ')} } from '${AS_MODULES[path] ?? path}';`,
				resolveDir: '.',
			}));
		},
	};
}

/** A module of ours does nothing when it is loaded: of one that only hands on what others have, no more is loaded than is asked for. */
const quiet = {
	name: 'quiet',
	setup({ onResolve }) {
		onResolve({ filter: /^\.{1,2}\/.+\.ts$/ }, ({ path, resolveDir }) => ({
			path: join(resolveDir, path),
			sideEffects: false,
		}));
	},
};

/** Packages of others as they are needed here; the names inside of their functions are no help to anybody. */
const foreign = {
	name: 'foreign',
	setup({ onLoad }) {
		onLoad({ filter: /[\\/]node_modules[\\/].+\.[cm]?js$/ }, async ({ path }) => {
			let text = await readFile(path, 'utf8');
			const unused = fileAmong(UNUSED, path);
			if (unused) return { contents: unusedFile(unused, text) };
			const file = fileAmong(Object.keys(SPARED), path);
			for (const [part, instead] of SPARED[file] ?? []) {
				if (!text.includes(part)) throw new Error(`${file} no longer has: ${part}`);
				text = text.replace(part, () => instead);
			}
			const { code } = await transform(text, minified);
			return { contents: code };
		});
	},
};

/** A text with ASCII alone: esbuild leaves what stands in a regular expression as it is, and one such character doubles a file. */
function asAscii(text) {
	if (/\\[^\0-\x7f]/.test(text)) throw new Error('A character that needs no backslash has one.');
	return text.replace(
		/[^\0-\x7f]/g,
		(one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`,
	);
}

/** A stack trace should name the function that failed. */
const readable = { minify: false, minifyWhitespace: true, minifySyntax: true };

/**
 * A piece as CommonJS, which starts without the loader of ES modules. What is loaded on demand stays so, and an
 * `import()` of anything else stays one.
 */
async function asCommonJs({ path, text }) {
	// `neutral`: without the list of exports that only an ES module would look for.
	const { code } = await transform(text, {
		...readable,
		format: 'cjs',
		target: bundled.target,
		charset: bundled.charset,
		platform: 'neutral',
	});
	// Nobody but these pieces asks for what one gives: it needs no copy that says what it once was.
	const given = code.replace(/module\.exports\s*=\s*__toCommonJS\((\w+)\)/, 'module.exports=$1');
	// Without a format the names of the top level stay, by which a stack trace tells the place.
	const short = await transform(given, { ...minified, treeShaking: true });
	if (short.code.includes('__toCommonJS'))
		throw new Error(`${path} gives otherwise than expected.`);
	const linked = asAscii(short.code)
		.replace(/\bimport\(("\.\/[\w./-]+)\.js"\)/g, 'Promise.resolve().then(()=>require($1.cjs"))')
		.replace(/\brequire\(("\.{1,2}\/[\w./-]+)\.js"\)/g, 'require($1.cjs")');
	return { path: path.replace(/\.js$/, '.cjs'), text: linked };
}

const OWN_PLACE = { 'import.meta.dirname': '__dirname', 'import.meta.filename': '__filename' };

/** The program in pieces: code that several need is in a piece that they share. */
async function buildPieces(folder, databases) {
	const { outputFiles, metafile } = await build({
		...bundled,
		...readable,
		plugins: [foundBlueprints(databases), await onDemand(), quiet, foreign],
		entryPoints: { main: 'src/main.ts' },
		// One for fast-glob too, which would bring an older one along.
		alias: { picomatch: resolve('node_modules/picomatch') },
		splitting: true,
		format: 'esm',
		outdir: folder,
		chunkNames: 'chunks/[name]-[hash]',
		external: ['#ts-morph'],
		define: OWN_PLACE,
		write: false,
	});
	const met = Object.keys(metafile.inputs).map((path) => `/${path}`);
	for (const file of [...UNUSED, ...Object.keys(SPARED)])
		if (!met.some((path) => fileAmong([file], path)))
			throw new Error(`${file} is cut, and nothing asks for it any more.`);
	await mkdir(`${folder}/chunks`, { recursive: true });
	for (const { path, text } of await Promise.all(outputFiles.map(asCommonJs)))
		await writeFile(
			basename(dirname(path)) === 'chunks'
				? `${folder}/chunks/${basename(path)}`
				: `${folder}/${basename(path)}`,
			text,
		);
	return metafile;
}

/** What says help and the version: one file, for which nothing else is read but the texts. */
async function buildAtOnce(folder) {
	const { metafile } = await build({
		...bundled,
		...readable,
		plugins: [foreign],
		entryPoints: ['src/at-once.ts'],
		format: 'cjs',
		outfile: `${folder}/at-once.cjs`,
		define: OWN_PLACE,
	});
	return metafile;
}

/** Programs of their own, each a file that needs no other. The guard is for --require, which alone reaches every thread. */
const OTHERS = [
	['esm', '.js', '', { probe: 'src/commands/verify/probe/child/main.ts' }],
	['esm', '.mjs', '/drill', ['keeper', 'worker']],
	['cjs', '.cjs', '/drill', ['guard']],
];

/** Writes the program into a folder; gives what esbuild tells of what it bundled. */
export async function buildProgram(folder, databases) {
	const metafiles = [await buildPieces(folder, databases), await buildAtOnce(folder)];
	for (const [format, end, below, names] of OTHERS) {
		const { metafile } = await build({
			...bundled,
			entryPoints: Array.isArray(names)
				? names.map((name) => `src/commands/verify/drill/children/${name}.ts`)
				: names,
			format,
			outdir: `${folder}${below}`,
			outExtension: { '.js': end },
		});
		metafiles.push(metafile);
	}
	return metafiles;
}
