// Builds dist/: the program in pieces that load on demand, ts-morph as one file that starts fast, the texts of help, the packed adapter.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { joinUsual } from './build/join.js';
import { markUsual } from './build/mark.js';
import { noticesOf, packageFolder } from './build/notices.js';
import { buildProgram, listDatabases } from './build/program.js';
import { buildTexts } from './build/texts.js';
import { buildVendor, VENDORED } from './build/vendor.js';

const require = createRequire(import.meta.url);

// Built beside and then put in place, so that a build that fails leaves the last good one.
const HOME = 'node_modules/.tools/package';
const OUT = `${HOME}/dist`;
await rm(HOME, { recursive: true, force: true });

const vendor = await buildVendor(`${OUT}/vendor`);

const databases = await listDatabases();
const program = await buildProgram(OUT, databases);
await buildTexts(OUT, databases);
const names = databases.map((name) => JSON.stringify(name)).join(', ');
for (const name of ['output', 'plan']) {
	const schema = await readFile(`src/terminal/${name}.schema.json`, 'utf8');
	const named = JSON.parse(schema.replaceAll('"DATABASES"', names));
	await writeFile(`${OUT}/${name}.schema.json`, `${JSON.stringify(named)}\n`);
}

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

const inputs = [vendor, ...program].flatMap((one) => Object.keys(one.inputs));
const folders = new Set([...inputs, ...VENDORED].map(packageFolder).filter(Boolean));
folders.add(dirname(require.resolve('typescript/package.json')));
await writeFile(
	`${OUT}/THIRD-PARTY-NOTICES.txt`,
	await noticesOf([...folders].sort(), await readFile('LICENSE', 'utf8')),
);

// Last, because the program has to run for it.
for (const name of ['package.json', 'bin', 'templates'])
	await cp(name, `${HOME}/${name}`, { recursive: true });
joinUsual(HOME);
markUsual(HOME);

await rm('dist', { recursive: true, force: true });
await rename(OUT, 'dist');
await rm(HOME, { recursive: true });
