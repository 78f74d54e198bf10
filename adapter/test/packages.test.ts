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

const folder = mkdtempSync(join(tmpdir(), 'flue-packages-'));
let packed: Packed[] = [];

beforeAll(() => {
	execFileSync(process.execPath, ['pack.js', folder], { stdio: ['ignore', 'ignore', 'inherit'] });
	packed = JSON.parse(readFileSync(join(folder, 'lines.json'), 'utf8'));
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
	execFileSync('tar', ['-xzf', join(folder, file), '-C', join(modules, '@flue')]);
	cpSync(join(modules, '@flue/package'), join(modules, '@flue/redis'), { recursive: true });
	rmSync(join(modules, '@flue/package'), { recursive: true });
	const manifest = { name: 'project', type: 'module', dependencies: { '@flue/redis': version } };
	writeFileSync(join(project, 'package.json'), JSON.stringify(manifest));
	writeFileSync(join(project, 'db.ts'), CANONICAL);
	writeFileSync(
		join(project, 'tsconfig.json'),
		JSON.stringify({ compilerOptions: OPTIONS, files: ['db.ts'] }),
	);
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
	it('its package loads, takes the runtime as a peer, and db.ts type-checks', () => {
		const line = packed.find((one) => one.version === own) as Packed;
		const { version: installed } = JSON.parse(
			readFileSync(resolve('node_modules', copy, 'package.json'), 'utf8'),
		);
		expect(installed).toBe(version);
		const project = makeProject(copy, line);
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
		execFileSync(process.execPath, [resolve('node_modules/typescript/bin/tsc')], {
			cwd: project,
			stdio: 'inherit',
		});
	});

	it('no other package loads', () => {
		for (const line of packed.filter((one) => one.version !== own)) {
			const project = makeProject(copy, line);
			const load = "await import('@flue/redis').then(() => process.exit(3), () => process.exit(0))";
			const args = ['--input-type=module', '-e', load];
			execFileSync(process.execPath, args, { cwd: project, stdio: 'ignore' });
		}
	});
});
