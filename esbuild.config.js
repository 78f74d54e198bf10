// Builds dist/: the program in pieces that load on demand, ts-morph as one file that starts fast, the texts of help, the packed adapter.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { cp, mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname } from 'node:path';
import { joinUsual } from './build/join.js';
import { markUsual } from './build/mark.js';
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
	await writeFile(`${OUT}/${name}.schema.json`, schema.replaceAll('"DATABASES"', names));
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

/** The folder of the package that a bundled file comes from, or null for our own. */
function packageFolder(path) {
	return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? null;
}

/** The name of a package, and the text of its licence. */
async function licenceOf(folder) {
	const { name, version, license } = JSON.parse(await readFile(`${folder}/package.json`, 'utf8'));
	const file = (await readdir(folder)).find((entry) => /^licen[cs]e/i.test(entry));
	const text = file ? await readFile(`${folder}/${file}`, 'utf8') : '';
	return { title: `${name} ${version} (${license})`, text: text.trim() };
}

/** The licences of everything that dist/ contains, as their terms ask; a text that several have stands below all their names. */
async function noticesOf(folders) {
	const byText = new Map();
	for (const { title, text } of await Promise.all(folders.map(licenceOf)))
		byText.set(text, [...(byText.get(text) ?? []), title]);
	return [...byText].map(([text, titles]) => `${titles.join('\n')}\n\n${text}\n`);
}

const inputs = [vendor, ...program].flatMap((one) => Object.keys(one.inputs));
const folders = new Set([...inputs, ...VENDORED].map(packageFolder).filter(Boolean));
folders.add(dirname(require.resolve('typescript/package.json')));
const notices = await noticesOf([...folders].sort());
await writeFile(`${OUT}/THIRD-PARTY-NOTICES.txt`, notices.join(`\n${'-'.repeat(80)}\n\n`));

// Last, because the program has to run for it.
for (const name of ['package.json', 'bin', 'templates'])
	await cp(name, `${HOME}/${name}`, { recursive: true });
joinUsual(HOME);
markUsual(HOME);

await rm('dist', { recursive: true, force: true });
await rename(OUT, 'dist');
await rm(HOME, { recursive: true });
