// Builds dist/: the program as ES modules that load on demand, and ts-morph as two files that start fast.
import { cp, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { build } from 'esbuild';

const require = createRequire(import.meta.url);
const common = require.resolve('@ts-morph/common', { paths: [require.resolve('ts-morph')] });
const shared = {
	// ES modules first: the CommonJS form of jsonc-parser cannot be bundled.
	mainFields: ['module', 'main'],
	platform: 'node',
	target: 'node20.12',
	charset: 'ascii',
	minify: true,
	logLevel: 'warning',
};

await rm('dist', { recursive: true, force: true });

// The compiler stays a file of its own: V8 then compiles its one big function eagerly, and the code that
// Node's compile cache keeps is complete. Only ASCII is left in it, which halves its size in memory.
await build({
	...shared,
	entryPoints: [common.replace(/ts-morph-common\.js$/, 'typescript.js')],
	format: 'cjs',
	outfile: 'dist/vendor/typescript.cjs',
});

// ts-morph carries the texts of lib.*.d.ts (3 MB), which a parser of single files never reads.
const withoutLibTexts = {
	name: 'without-lib-texts',
	setup(builder) {
		builder.onResolve({ filter: /^\.\/typescript$/ }, () => ({
			path: './typescript.cjs',
			external: true,
		}));
		builder.onLoad({ filter: /ts-morph-common\.js$/ }, async ({ path }) => {
			const text = await readFile(path, 'utf8');
			const contents = text.replace(
				/^const libFiles = \[[\s\S]*?^\s*\}\];/m,
				'const libFiles = [];',
			);
			if (contents === text)
				throw new Error('The lib texts of ts-morph are no longer where they were.');
			return { contents };
		});
	},
};
await build({
	...shared,
	entryPoints: [require.resolve('ts-morph')],
	bundle: true,
	format: 'cjs',
	outfile: 'dist/vendor/ts-morph.cjs',
	plugins: [withoutLibTexts],
});

await build({
	...shared,
	entryPoints: { main: 'src/main.ts' },
	bundle: true,
	splitting: true,
	format: 'esm',
	outdir: 'dist',
	minify: false,
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
await cp('src/terminal/output.schema.json', 'dist/output.schema.json');
