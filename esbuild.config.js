// Builds dist/: the program as ES modules that load on demand, ts-morph as files that start fast, and the packed adapter.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { build } from 'esbuild';
import { bundled } from './build/settings.js';
import { buildVendor, VENDORED } from './build/vendor.js';

const require = createRequire(import.meta.url);

// Built beside and then put in place, so that a build that fails leaves the last good one.
const OUT = 'node_modules/.tools/dist';
await rm(OUT, { recursive: true, force: true });

const vendor = await buildVendor(`${OUT}/vendor`);

/** A database is a file in src/blueprints/: nothing names it but that. */
const databases = (await readdir('src/blueprints'))
	.filter((file) => file !== 'index.ts' && file !== 'found.ts')
	.sort()
	.map((file) => file.replace(/\.ts$/, ''));

/** Vitest reads the glob of found.ts by itself; here imports of the same files stand in the place of the module. */
const blueprints = {
	name: 'blueprints',
	setup({ onLoad }) {
		const contents = [
			...databases.map((name, at) => `import { blueprint as _${at} } from './${name}.ts';`),
			`export const BLUEPRINTS = [${databases.map((_, at) => `_${at}`)}];`,
		].join('\n');
		onLoad({ filter: /[\\/]src[\\/]blueprints[\\/]found\.ts$/ }, () => ({ contents }));
	},
};

const program = await build({
	...bundled,
	plugins: [blueprints],
	entryPoints: { main: 'src/main.ts' },
	splitting: true,
	format: 'esm',
	outdir: OUT,
	chunkNames: 'chunks/[name]-[hash]',
	// A stack trace should name the function that failed.
	minifyIdentifiers: false,
	minify: false,
	minifyWhitespace: true,
	minifySyntax: true,
	external: ['#ts-morph'],
	// What the bundled CommonJS packages expect to find.
	banner: {
		js: [
			"import { createRequire as __createRequire } from 'node:module';",
			'const require = __createRequire(import.meta.url);',
			"const __filename = import.meta.filename ?? '';",
			"const __dirname = import.meta.dirname ?? '';",
		].join('\n'),
	},
});

/** A program of its own: `flue verify` runs it in another process. */
const probe = await build({
	...bundled,
	entryPoints: { probe: 'src/commands/verify/probe/child/main.ts' },
	format: 'esm',
	outdir: OUT,
});

// What `verify --drill` runs in processes of its own: each a file that needs no other. The guard is for --require, which
// alone reaches every thread.
for (const [format, end, names] of [
	['esm', '.mjs', ['keeper', 'worker']],
	['cjs', '.cjs', ['guard']],
]) {
	await build({
		...bundled,
		entryPoints: names.map((name) => `src/commands/verify/drill/children/${name}.ts`),
		format,
		outdir: `${OUT}/drill`,
		outExtension: { '.js': end },
	});
}
const schema = await readFile('src/terminal/output.schema.json', 'utf8');
const names = databases.map((name) => JSON.stringify(name)).join(', ');
await writeFile(`${OUT}/output.schema.json`, schema.replace('"DATABASES"', names));

/** npm, without the settings of the npm that runs this build: it may be on a dry run, or in another folder. */
function npmInAdapter(args) {
	const kept = Object.entries(process.env).filter(
		([name]) =>
			!/^npm_config_(dry_run|json|pack_destination|ignore_scripts|workspaces?|global|omit)$/i.test(
				name,
			),
	);
	const { status, stdout, stderr } = spawnSync('npm', args, {
		cwd: 'adapter',
		env: Object.fromEntries(kept),
		encoding: 'utf8',
		shell: process.platform === 'win32',
	});
	if (status !== 0)
		throw new Error(`npm ${args.join(' ')} failed in adapter/:\n${stdout}${stderr}`);
}

if (!existsSync('adapter/node_modules/typescript')) npmInAdapter(['ci', '--no-audit', '--no-fund']);
await mkdir(`${OUT}/adapter`);
npmInAdapter(['run', '--silent', 'pack', '--', `../${OUT}/adapter`]);

/** The folder of the package that a bundled file comes from, or null for our own. */
function packageFolder(path) {
	return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;
}

/** The licences of everything that dist/ contains, as their terms ask. */
async function noticeOf(folder) {
	const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	const text = file ? await readFile(`${folder}/${file}`, 'utf8') : '';
	return `${name} ${version} (${license})\n\n${text.trim()}\n`;
}

const inputs = [vendor, program.metafile, probe.metafile].flatMap((one) => Object.keys(one.inputs));
const folders = new Set([...inputs, ...VENDORED].map(packageFolder).filter(Boolean));
folders.add(dirname(require.resolve('typescript/package.json')));
const notices = await Promise.all([...folders].sort().map(noticeOf));
await writeFile(`${OUT}/THIRD-PARTY-NOTICES.txt`, notices.join(`\n${'-'.repeat(80)}\n\n`));

await rm('dist', { recursive: true, force: true });
await rename(OUT, 'dist');
