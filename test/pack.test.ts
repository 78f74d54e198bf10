// The package as it would be published: what is in it, and that it runs where each real package manager puts it.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { beforeAll, describe, expect, it } from 'vitest';
import type { PackageManager } from '../src/model/request.ts';
import { execute, MANAGERS } from './managers.ts';
import { PROJECT } from './project.ts';
import { addToTree, makeTree } from './tree.ts';

const REPOSITORY = join(import.meta.dirname, '..');
const { version } = JSON.parse(readFileSync(join(REPOSITORY, 'package.json'), 'utf8'));

/** Everything that may be in the package; what is not matched by one of these does not belong there. */
const ALLOWED = [
	/^(package\.json|README\.md|LICENSE|bin\/(flue(-blueprints)?\.js|package\.json))$/,
	/^(docs\/[\w-]+|adapter\/(?:README|LAYOUT)|findings\/README)\.md$/,
	/^skills\/flue-blueprints\/SKILL\.md$/,
	/^templates\/[a-z]+\/[a-z-]+\.ts$/,
	/^dist\/((main|at-once)\.cjs|probe\.js|drill\/[a-z]+\.[cm]js|((output|plan)\.schema|texts)\.json|THIRD-PARTY-NOTICES\.txt)$/,
	/^dist\/chunks\/(?:joined-\d|[\w-]+-[A-Z0-9]{8})\.cjs$/,
	/^dist\/vendor\/[a-z-]+\.cjs$/,
	/^dist\/adapter\/(lines\/)?flue-redis-\d+\.\d+\.\d+(-beta\.\d+)?\.tgz$/,
	/^dist\/adapter\/lines\.json$/,
];

/** Without what the package would be useless, or could not be passed on. */
const NEEDED = [
	'package.json',
	'README.md',
	'LICENSE',
	'docs/verify.md',
	'skills/flue-blueprints/SKILL.md',
	'bin/flue.js',
	'bin/flue-blueprints.js',
	'bin/package.json',
	'dist/main.cjs',
	'dist/at-once.cjs',
	'dist/texts.json',
	'dist/probe.js',
	'dist/drill/worker.mjs',
	'dist/output.schema.json',
	'dist/plan.schema.json',
	'dist/THIRD-PARTY-NOTICES.txt',
	'dist/adapter/flue-redis-2.0.3.tgz',
	'dist/adapter/lines/flue-redis-1.0.0-beta.7.tgz',
	'dist/adapter/lines/flue-redis-1.0.0-beta.9.tgz',
	'dist/adapter/lines.json',
	'dist/vendor/ts-morph.cjs',
	...readdirSync(join(REPOSITORY, 'templates/database')).map(
		(name) => `templates/database/${name}`,
	),
];

interface Way {
	add: (tarball: string) => string[];
	run: string[];
}

/** For each manager: how it adds a tarball, and how it runs a program of a package that is installed. */
const WAYS: Record<PackageManager, Way> = {
	npm: {
		add: (tarball) => ['install', '--no-audit', '--no-fund', tarball],
		run: ['exec', '--no', '--', 'flue-blueprints'],
	},
	nub: { add: (tarball) => ['add', `file:${tarball}`], run: ['exec', 'flue-blueprints'] },
	pnpm: { add: (tarball) => ['add', tarball], run: ['exec', 'flue-blueprints'] },
	yarn: {
		add: (tarball) => ['add', '--non-interactive', `file:${tarball}`],
		run: ['run', '--silent', 'flue-blueprints'],
	},
	bun: { add: (tarball) => ['add', tarball], run: ['x', '--no-install', 'flue-blueprints'] },
};
const BERRY: Way = {
	add: (tarball) => ['add', `flue-blueprints@file:${tarball}`],
	run: ['run', 'flue-blueprints'],
};

let tarball = '';

beforeAll(() => {
	const folder = mkdtempSync(join(tmpdir(), 'flue-pack-'));
	// dist/ is there already, and a second build would take it from under the other tests.
	const args = ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder];
	const name = execFileSync('npm', args, { cwd: REPOSITORY, encoding: 'utf8' }).trim();
	tarball = join(folder, name);
	return () => rmSync(folder, { recursive: true });
});

it('packs what it needs to run and to be passed on, and nothing else', () => {
	const listed = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' }).trim().split('\n');
	const paths = listed.map((path) => path.replace(/^package\//, ''));
	expect(NEEDED.filter((path) => !paths.includes(path))).toEqual([]);
	expect(paths.filter((path) => !ALLOWED.some((pattern) => pattern.test(path)))).toEqual([]);
	const pages = paths.filter((path) => path.endsWith('.md'));
	const links = pages.flatMap((page) => {
		const prose = readFileSync(join(REPOSITORY, page), 'utf8').replaceAll(/```[\s\S]*?```/g, '');
		return [...prose.matchAll(/\]\((?!https?:)([^)#]+)\)/g)].map(([, path = '']) =>
			join(dirname(page), path),
		);
	});
	expect(links.filter((path) => !paths.includes(path))).toEqual([]);
});

/** In thousands of bytes. The adapters of older lines of Flue are packed already, and each is as large as it is. */
// Of what is packed, the Model Context Protocol is 44.
const LARGEST = { packed: 760, unpacked: 2500 };

it('is small', () => {
	const lines = execFileSync('tar', ['-tzvf', tarball], { encoding: 'utf8' }).trim().split('\n');
	const files = lines.map((line) => {
		const [, size = '0', path = ''] =
			/(\d+) \d{4}-\d\d-\d\d \d\d:\d\d package\/(.+)$/.exec(line) ?? [];
		return { path, size: Number(size) };
	});
	const total = (some: typeof files): number =>
		some.reduce((sum, { size }) => sum + size, 0) / 1000;
	const packed = statSync(tarball).size / 1000;
	const older = total(files.filter(({ path }) => path.startsWith('dist/adapter/lines/')));
	process.stdout.write(`the package: ${files.length} files, ${packed.toFixed(0)} kB packed\n`);
	expect(total(files)).toBeGreaterThan(1000);
	expect(total(files)).toBeLessThanOrEqual(LARGEST.unpacked);
	expect(packed - older).toBeLessThanOrEqual(LARGEST.packed);
});

describe.each(Object.entries(MANAGERS))('%s', (_, manager) => {
	const { add, run } = manager.isBerry ? BERRY : WAYS[manager.name];

	it('installs the package into an empty folder, where its program works', async () => {
		const folder = makeTree({
			'package.json': '{ "name": "empty", "version": "1.0.0", "private": true }\n',
			...(manager.isBerry ? { 'yarn.lock': '' } : {}),
			...manager.files,
		});
		const flue = (...args: string[]) => execute(manager.command, [...run, ...args], folder);
		const installed = await execute(manager.command, add(tarball), folder);
		expect(installed, installed.tail).toMatchObject({ exitCode: 0 });
		const asked = await execute(manager.command, ['--version'], folder);
		expect(asked.stdout.trim()).toBe(manager.version);
		expect(await flue('--version')).toMatchObject({ exitCode: 0, stdout: `${version}\n` });

		const address = 'REDIS_URL=redis://127.0.0.1:1\n';
		addToTree(join(folder, 'agents'), { ...PROJECT, '.env': address });
		const more = ['--cwd', 'agents', '--no-install', '--adapter', 'vendored', '--json'];
		const added = await flue('add', 'database', 'redis', ...more);
		expect(added, added.tail).toMatchObject({ exitCode: 0 });
		expect(JSON.parse(added.stdout)).toMatchObject({ status: 'applied' });
		const [file = ''] = readdirSync(join(folder, 'agents/vendor'));
		const copy = readFileSync(join(folder, 'agents/vendor', file));
		const built = readFileSync(join(REPOSITORY, 'dist/adapter/flue-redis-2.0.3.tgz'));
		expect(copy.equals(built)).toBe(true);
		expect(readFileSync(join(folder, 'agents/src/db.ts'), 'utf8')).toContain("from '@flue/redis'");

		// Nothing is installed in the project: that is what it has to find.
		const verified = await flue('verify', 'database', '--cwd', 'agents', '--json');
		expect(JSON.parse(verified.stdout)).toMatchObject({ command: 'verify', status: 'failed' });
		expect(verified.exitCode).toBe(1);
		// The probe is a program of its own, for which Yarn must unpack the package: it runs, and finds no client to load.
		const probed = await flue('verify', 'database', '--server', '--cwd', 'agents', '--json');
		const { checks } = JSON.parse(probed.stdout);
		const client = { id: 'server.client', message: expect.stringContaining('could not be loaded') };
		expect(checks).toContainEqual(expect.objectContaining(client));
	});
});
