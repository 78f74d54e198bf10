// What a project gets: a package of its line that the runtime can load, that brings no second copy of it,
// and with which the canonical db.ts type-checks.
import { execFileSync } from 'node:child_process';
import {
	cpSync,
	mkdirSync,
	mkdtempSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

interface Packed {
	readonly file: string;
	readonly version: string;
	readonly runtime: string;
}

/** Each runtime, where its copy is installed here, and the package that is for it. */
const RUNTIMES = [
	['2.0.3', '@flue/runtime', '2.0.3'],
	['2.1.0', 'flue-runtime-2.1', '2.0.3'],
	['1.0.0-beta.9', 'flue-runtime-beta-9', '1.0.0-beta.9'],
	['1.0.0-beta.8', 'flue-runtime-beta-8', '1.0.0-beta.9'],
	['1.0.0-beta.7', 'flue-runtime-beta-7', '1.0.0-beta.7'],
	['1.0.0-beta.5', 'flue-runtime-beta-5', '1.0.0-beta.7'],
] as const;

const [, CANONICAL = ''] = /```ts\n([\s\S]*?)```/.exec(readFileSync('README.md', 'utf8')) ?? [];
const OPTIONS = {
	...{ module: 'NodeNext', target: 'ES2023', strict: true, skipLibCheck: true, noEmit: true },
	...{ types: ['node'] },
};

/** The db.ts of each runtime's project, for one run of the compiler. */
const entries: string[] = [];

const folder = mkdtempSync(join(tmpdir(), 'flue-packages-'));
/** Where the packages lie: packed for this run, unless the project around this one has just done that. */
const packages = process.env.FLUE_PACKED ?? folder;
let packed: Packed[] = [];

beforeAll(() => {
	if (packages === folder)
		execFileSync(process.execPath, ['pack.js', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
	packed = JSON.parse(readFileSync(join(packages, 'lines.json'), 'utf8'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A project with one runtime, one package of ours, and a client. */
function makeProject(copy: string, { file, version }: Packed): string {
	const project = mkdtempSync(join(folder, 'project-'));
	const modules = join(project, 'node_modules');
	mkdirSync(join(modules, '@flue/redis'), { recursive: true });
	mkdirSync(join(modules, '@types'));
	for (const [name, of] of [
		['@flue/runtime', copy],
		['redis', 'redis'],
		['@types/node', '@types/node'],
	] as const) {
		symlinkSync(resolve('node_modules', of), join(modules, name));
	}
	execFileSync('tar', ['-xzf', join(packages, file), '-C', join(modules, '@flue')]);
	cpSync(join(modules, '@flue/package'), join(modules, '@flue/redis'), { recursive: true });
	rmSync(join(modules, '@flue/package'), { recursive: true });
	const manifest = { name: 'project', type: 'module', dependencies: { '@flue/redis': version } };
	writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
	writeFileSync(join(project, 'db.ts'), CANONICAL);
	return project;
}

/** What the modules of a package import from elsewhere. */
function importsOf(root: string): Set<string> {
	const found = new Set<string>();
	for (const path of readdirSync(root, { recursive: true, encoding: 'utf8' })) {
		if (!path.endsWith('.js')) continue;
		const text = readFileSync(join(root, path), 'utf8');
		for (const [, name = ''] of text.matchAll(/\bfrom '([^.'][^']*)'/g)) found.add(name);
	}
	return found;
}

it('packs one package a line, and says for which runtimes each is', () => {
	expect(packed.map(({ version, runtime }) => [version, runtime])).toEqual([
		['2.0.3', '^2.0.0'],
		['1.0.0-beta.9', '1.0.0-beta.8 || 1.0.0-beta.9'],
		['1.0.0-beta.7', '1.0.0-beta.5 || 1.0.0-beta.7'],
	]);
});

describe.each(RUNTIMES)('with @flue/runtime %s', (version, copy, own) => {
	it('its package loads, and takes the runtime as a peer', () => {
		const line = packed.find((one) => one.version === own) as Packed;
		const { version: installed } = JSON.parse(
			readFileSync(resolve('node_modules', copy, 'package.json'), 'utf8'),
		);
		expect(installed).toBe(version);
		const project = makeProject(copy, line);
		entries.push(join(project, 'db.ts'));
		const ours = join(project, 'node_modules/@flue/redis');
		const manifest = JSON.parse(readFileSync(join(ours, 'package.json'), 'utf8'));
		expect(manifest.peerDependencies).toEqual({ '@flue/runtime': line.runtime });
		expect(manifest.dependencies).toBeUndefined();
		const foreign = [...importsOf(ours)].filter((name) => !name.startsWith('node:'));
		expect(foreign).toEqual(['@flue/runtime/adapter']);
		const load = "import { redis } from '@flue/redis'; process.stdout.write(typeof redis)";
		const args = ['--input-type=module', '-e', load];
		expect(execFileSync(process.execPath, args, { cwd: project, encoding: 'utf8' })).toBe(
			'function',
		);
	});

	it('no other package loads', () => {
		const others = packed.filter((one) => one.version !== own);
		const entries = others.map(
			(line) => pathToFileURL(join(makeProject(copy, line), 'load.js')).href,
		);
		for (const entry of entries) writeFileSync(new URL(entry), "import '@flue/redis';\n");
		const load = `const ran = await Promise.allSettled(${JSON.stringify(entries)}.map((entry) => import(entry)));
			process.stdout.write(ran.map(({ status }) => status).join(' '));`;
		const args = ['--input-type=module', '-e', load];
		expect(execFileSync(process.execPath, args, { cwd: folder, encoding: 'utf8' })).toBe(
			'rejected rejected',
		);
	});
});

it('the canonical db.ts type-checks with each of them', () => {
	expect(entries).toHaveLength(RUNTIMES.length);
	const typeRoots = [resolve('node_modules/@types')];
	const tsconfig = { compilerOptions: { ...OPTIONS, typeRoots }, files: entries };
	writeFileSync(join(folder, 'tsconfig.json'), JSON.stringify(tsconfig));
	const tsc = resolve('node_modules/typescript/bin/tsc');
	const args = [tsc, '-p', folder, '--listFilesOnly'];
	const read = execFileSync(process.execPath, args, { encoding: 'utf8' });
	for (const [, copy] of RUNTIMES) expect(read).toContain(`/node_modules/${copy}/`);
	execFileSync(process.execPath, [tsc, '-p', folder], { stdio: 'inherit' });
});
