// `npm run pack -- FOLDER`: one package for each line of lines.json, built from the one source tree with
// the types of that line's runtime, and a list of what was packed. A project gets only what its runtime
// can load: each package has the same name and entry, and its peer range is the line's.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const HERE = import.meta.dirname;
const DESTINATION = resolve(process.argv[2] ?? join(HERE, 'build'));
const LINES = JSON.parse(readFileSync(join(HERE, 'lines.json'), 'utf8'));
const { name, description, license, type, engines } = JSON.parse(
	readFileSync(join(HERE, 'package.json'), 'utf8'),
);

function run(file, args, cwd) {
	const ran = spawnSync(file, args, { cwd, encoding: 'utf8', shell: process.platform === 'win32' });
	if (ran.status === 0) return ran.stdout;
	throw new Error(
		`${file} ${args.join(' ')} failed in ${cwd}:\n${ran.stdout}${ran.stderr}${ran.error ?? ''}`,
	);
}

/** The manifest of a line's package; nothing in it is needed at run time but the runtime itself. */
function manifestOf({ line, version, runtime }) {
	const entry = `./dist/lines/${line}/index`;
	return {
		...{ name, version, description, license, type, engines },
		exports: {
			'.': { types: `${entry}.d.ts`, import: `${entry}.js` },
			'./package.json': './package.json',
		},
		types: `${entry}.d.ts`,
		files: ['dist'],
		peerDependencies: { '@flue/runtime': runtime },
	};
}

/** The declarations that the one at a path needs, itself included. */
function declarationsFrom(path, found = new Set()) {
	if (found.has(path)) return found;
	found.add(path);
	const text = readFileSync(path, 'utf8');
	for (const [, name] of text.matchAll(
		/(?:\bfrom|\bimport|\bimport\() ?['"](\.[^'"]+)\.[jt]s['"]/g,
	))
		declarationsFrom(join(dirname(path), `${name}.d.ts`), found);
	return found;
}

/** Takes away the declarations that nobody who imports the package can come to. */
function withoutInnerDeclarations(dist, entry) {
	const kept = declarationsFrom(join(dist, entry));
	const all = readdirSync(dist, { recursive: true }).filter((name) => name.endsWith('.d.ts'));
	for (const name of all) if (!kept.has(join(dist, name))) rmSync(join(dist, name));
}

function pack(line, folder) {
	const source = join(HERE, 'build', line.line);
	rmSync(source, { recursive: true, force: true });
	run(
		process.execPath,
		['node_modules/typescript/bin/tsc', '-p', `tsconfig.build.${line.line}.json`],
		HERE,
	);
	withoutInnerDeclarations(join(source, 'dist'), `lines/${line.line}/index.d.ts`);
	for (const file of ['LICENSE', 'README.md']) cpSync(join(HERE, file), join(source, file));
	writeFileSync(join(source, 'package.json'), `${JSON.stringify(manifestOf(line), null, '\t')}\n`);
	mkdirSync(folder, { recursive: true });
	return run('npm', ['pack', '--silent', '--pack-destination', folder], source).trim();
}

// The newest line lies in the folder itself, the others below it: src/blueprints/bundled.ts takes the one
// package that it finds there.
const packed = LINES.map((line, index) => {
	const below = index === 0 ? '' : 'lines/';
	return { file: below + pack(line, join(DESTINATION, below)), ...line };
});
const list = packed.map(({ file, version, runtime }) => ({ file, version, runtime }));
writeFileSync(join(DESTINATION, 'lines.json'), `${JSON.stringify(list, null, '\t')}\n`);
