// `--adapter vendored`: the copy of the adapter that the command brings along, put into the project, and taken back.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
	existsSync,
	mkdirSync,
	readdirSync,
	readFileSync,
	rmSync,
	symlinkSync,
	writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import { satisfies } from 'semver';
import { describe, expect, it } from 'vitest';
import { fakeManager, INSTALLS } from '../../fake-manager.ts';
import { cleanEnvironment, flue } from '../../program.ts';
import { PROJECT } from '../../project.ts';
import { checkDocument } from '../../schema.ts';
import { makeTree, readTree } from '../../tree.ts';

const BUNDLED = join(import.meta.dirname, '../../../dist/adapter');
const [FILE = ''] = readdirSync(BUNDLED).filter((name) => name.endsWith('.tgz'));
/** As the file is named in a project: with the digest of its bytes. */
function nameOf(file: string, bytes: Buffer, length = 8): string {
	const digest = createHash('sha256').update(bytes).digest('hex').slice(0, length);
	return `vendor/${file.replace('.tgz', `-${digest}.tgz`)}`;
}
const PATH = nameOf(FILE, readFileSync(join(BUNDLED, FILE)));
/** What another build packed: the same package in other bytes. */
const OTHER = gzipSync(gunzipSync(readFileSync(join(BUNDLED, FILE))), { level: 1 });
const OTHER_PATH = nameOf(FILE, OTHER);
const ADD = ['add', 'database', 'redis', '--adapter', 'vendored', '--json'];

function bundled(): Buffer {
	return readFileSync(join(BUNDLED, FILE));
}

function dependencies(cwd: string): Record<string, string> {
	return JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8')).dependencies;
}

/** Runs the command, holds its document against the schema, and gives both. */
async function add(cwd: string, args: string[] = [], env: Record<string, string> = {}) {
	const ran = await flue([...ADD, ...args], { cwd, env: cleanEnvironment(env) });
	const document = JSON.parse(ran.stdout);
	checkDocument(document);
	return { status: ran.status, document };
}

describe('--adapter vendored', () => {
	it('puts the packed adapter into vendor/, byte for byte, and depends on it', async () => {
		const cwd = makeTree(PROJECT);
		const { status, document } = await add(cwd, ['--no-install']);
		expect({ status, told: document.status }).toEqual({ status: 0, told: 'applied' });
		expect(document.steps[0]).toMatchObject({
			kind: 'copy',
			path: PATH,
			size: bundled().byteLength,
			state: 'done',
		});
		expect(document.nextSteps[0]).toContain(`Commit ${PATH}`);
		expect(readFileSync(join(cwd, PATH)).equals(bundled())).toBe(true);
		expect(dependencies(cwd)['@flue/redis']).toBe(`file:${PATH}`);
		const again = await add(cwd, ['--no-install']);
		expect(again.document).toMatchObject({ status: 'unchanged', steps: [] });
	});

	it('is not asked for again by a later run without the option', async () => {
		const cwd = makeTree(PROJECT);
		await add(cwd, ['--no-install']);
		const later = await flue(['add', 'database', 'redis', '--no-install', '--json'], { cwd });
		const { status, nextSteps } = JSON.parse(later.stdout);
		expect(status).toBe('unchanged');
		expect(nextSteps[0]).toContain(`Commit ${PATH}`);
	});

	it('is to be committed until git holds it', async () => {
		const cwd = makeTree(PROJECT);
		execFileSync('git', ['init', '--quiet'], { cwd });
		await add(cwd, ['--no-install']);
		execFileSync('git', ['add', '--all'], { cwd });
		const { document } = await add(cwd, ['--no-install']);
		expect(document.nextSteps.join('\n')).not.toContain('Commit');
	});

	it('is put back by a plain run where somebody took it away, and nothing else is changed', async () => {
		const cwd = makeTree(PROJECT);
		await add(cwd, ['--no-install']);
		const before = readTree(cwd);
		rmSync(join(cwd, PATH));
		const later = await flue(['add', 'database', 'redis', '--no-install', '--json'], { cwd });
		expect(JSON.parse(later.stdout)).toMatchObject({
			status: 'applied',
			steps: [{ kind: 'copy', path: PATH }],
		});
		expect(readTree(cwd)).toEqual(before);
	});

	it('is followed by that of another line when the runtime moved there', async () => {
		const [old, runtime] = ['1.0.0-beta.7', '1.0.0-beta.9'];
		const manifest = { name: 'app', type: 'module', dependencies: { '@flue/runtime': old } };
		const path = 'package.json';
		const cwd = makeTree({ ...PROJECT, [path]: JSON.stringify(manifest, null, 2) });
		await add(cwd, ['--no-install']);
		const moved = readFileSync(join(cwd, path), 'utf8').replace(`"${old}"`, `"${runtime}"`);
		writeFileSync(join(cwd, path), moved);
		const seen = await flue(['verify', 'database', '--json'], { cwd });
		const fault = JSON.parse(seen.stdout).checks.find(
			({ id }: { id: string }) => id === 'project.adapter',
		);
		expect(fault).toMatchObject({
			status: 'fail',
			message: expect.stringContaining(`the project's is ${runtime}`),
			hint: expect.stringContaining('add database redis --adapter vendored'),
		});
		writeFileSync(join(cwd, path), moved.replace(`"${runtime}"`, '"1.0.0-beta.6"'));
		const none = await flue(['verify', 'database', '--json'], { cwd });
		expect(none.stdout).toContain('move the project to 1.0.0-beta.9 or 2.x');
		expect(none.stdout).not.toContain('--adapter vendored');
		writeFileSync(join(cwd, path), moved);
		const later = await flue(['add', 'database', 'redis', '--no-install', '--json'], { cwd });
		const { status, steps } = JSON.parse(later.stdout);
		expect(status).toBe('applied');
		const kinds = steps.map(({ kind }: { kind: string }) => kind);
		expect(kinds).toEqual(expect.arrayContaining(['copy', 'remove']));
		const again = await flue(['add', 'database', 'redis', '--no-install', '--json'], { cwd });
		expect(JSON.parse(again.stdout).status).toBe('unchanged');
		const mended = JSON.parse((await flue(['verify', 'database', '--json'], { cwd })).stdout);
		expect(JSON.stringify(mended)).not.toContain("and the project's is");
	});

	it('takes the place of a version that was declared', async () => {
		const manifest = JSON.parse(PROJECT['package.json'] ?? '');
		manifest.dependencies['@flue/redis'] = '2.0.3';
		const cwd = makeTree({ ...PROJECT, 'package.json': JSON.stringify(manifest, null, 2) });
		await add(cwd, ['--no-install']);
		expect(dependencies(cwd)['@flue/redis']).toBe(`file:${PATH}`);
	});

	it.each([
		['1.0.0-beta.5', 'flue-redis-1.0.0-beta.7.tgz'],
		['1.0.0-beta.7', 'flue-redis-1.0.0-beta.7.tgz'],
		['1.0.0-beta.8', 'flue-redis-1.0.0-beta.9.tgz'],
		['1.0.0-beta.9', 'flue-redis-1.0.0-beta.9.tgz'],
		['2.1.0', FILE],
	])('takes the copy for the runtime of the project: %s', async (runtime, file) => {
		const manifest = {
			name: 'app',
			type: 'module',
			// redis 6 is refused with the framework's own adapter of a beta.
			dependencies: { '@flue/runtime': runtime, redis: '^6.0.0' },
		};
		const cwd = makeTree({ ...PROJECT, 'package.json': JSON.stringify(manifest, null, 2) });
		const copy = join(BUNDLED, file === FILE ? '' : 'lines', file);
		const { status, document } = await add(cwd, ['--no-install']);
		expect({ status, told: document.status }).toEqual({ status: 0, told: 'applied' });
		expect(dependencies(cwd)).toMatchObject({
			'@flue/redis': `file:${nameOf(file, readFileSync(copy))}`,
			redis: '^6.0.0',
		});
		const packed = execFileSync('tar', [
			'-xzOf',
			join(cwd, nameOf(file, readFileSync(copy))),
			'package/package.json',
		]);
		const { name, peerDependencies } = JSON.parse(packed.toString());
		expect(name).toBe('@flue/redis');
		expect(satisfies(runtime, peerDependencies['@flue/runtime'])).toBe(true);
		expect((await add(cwd, ['--no-install'])).document.status).toBe('unchanged');
	});

	it('changes nothing on a dry run, and says what it would put where', async () => {
		const cwd = makeTree(PROJECT);
		const args = ['add', 'database', 'redis', '--adapter', 'vendored', '--dry-run'];
		const { status, stdout } = await flue(args, { cwd });
		expect(status).toBe(0);
		expect(stdout).toContain(`create ${PATH} (${Math.round(bundled().byteLength / 1024)} KB)`);
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('takes vendor/ away again when the install fails', async () => {
		const cwd = makeTree(PROJECT);
		const env = { PATH: fakeManager(makeTree({}), 'npm', `${INSTALLS}process.exit(7);`) };
		const { document } = await add(cwd, [], env);
		expect(document.error.code).toBe('INSTALL_FAILED');
		expect(existsSync(join(cwd, 'vendor'))).toBe(false);
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it('leaves a vendor/ with other things in it as it is when the install fails', async () => {
		const files = { ...PROJECT, 'vendor/theirs.txt': 'theirs\n' };
		const cwd = makeTree(files);
		const env = { PATH: fakeManager(makeTree({}), 'npm', `${INSTALLS}process.exit(7);`) };
		await add(cwd, [], env);
		expect(readTree(cwd)).toEqual(files);
	});

	it('keeps another file of that name, says so, and takes a longer name', async () => {
		const cwd = makeTree({ ...PROJECT, [PATH]: 'patched by the team' });
		const { document } = await add(cwd, ['--no-install']);
		expect(document.status).toBe('applied');
		expect(document.warnings).toMatchObject([{ code: 'VENDORED_KEPT' }]);
		expect(document.warnings[0].message).toContain(PATH);
		expect(readFileSync(join(cwd, PATH), 'utf8')).toBe('patched by the team');
		const longer = nameOf(FILE, bundled(), 16);
		expect(dependencies(cwd)['@flue/redis']).toBe(`file:${longer}`);
		expect(readFileSync(join(cwd, longer)).equals(bundled())).toBe(true);
		expect((await add(cwd, ['--no-install'])).document.status).toBe('unchanged');
	});

	/** A project that has what another build put there, under a name. */
	function withOlder(path: string): string {
		const manifest = JSON.parse(PROJECT['package.json'] ?? '');
		manifest.dependencies['@flue/redis'] = `file:${path}`;
		const text = JSON.stringify(manifest, null, 2);
		const cwd = makeTree({ ...PROJECT, 'package.json': text, 'vendor/': '' });
		writeFileSync(join(cwd, path), OTHER);
		return cwd;
	}

	it('takes the place of the copy of another build, which goes', async () => {
		const cwd = withOlder(OTHER_PATH);
		const { document } = await add(cwd, ['--no-install']);
		expect(document).toMatchObject({ status: 'applied', warnings: [] });
		const removal = { kind: 'remove', path: OTHER_PATH, size: OTHER.byteLength, state: 'done' };
		expect(document.steps).toContainEqual(removal);
		expect(readdirSync(join(cwd, 'vendor'))).toEqual([PATH.replace('vendor/', '')]);
		expect(dependencies(cwd)['@flue/redis']).toBe(`file:${PATH}`);
	});

	it('puts the copy of another build back when the install fails', async () => {
		const cwd = withOlder(OTHER_PATH);
		const before = readTree(cwd);
		const env = { PATH: fakeManager(makeTree({}), 'npm', `${INSTALLS}process.exit(7);`) };
		expect((await add(cwd, [], env)).document.error.code).toBe('INSTALL_FAILED');
		expect(readTree(cwd)).toEqual(before);
	});

	it('keeps a file in vendor/ that is not known to be a copy, and no longer depends on it', async () => {
		const legacy = `vendor/${FILE}`;
		const cwd = withOlder(legacy);
		const { document } = await add(cwd, ['--no-install']);
		expect(document.warnings).toMatchObject([{ code: 'VENDORED_KEPT' }]);
		expect(readFileSync(join(cwd, legacy)).equals(OTHER)).toBe(true);
		expect(dependencies(cwd)['@flue/redis']).toBe(`file:${PATH}`);
	});

	it('warns when git would leave the copy out of the repository', async () => {
		const cwd = makeTree({ ...PROJECT, '.git/HEAD': '', '.gitignore': '.env\n*.tgz\n' });
		const { document } = await add(cwd, ['--no-install']);
		expect(document.warnings).toMatchObject([{ code: 'VENDORED_IGNORED' }]);
		expect(document.warnings[0].message).toContain(`git add --force ${PATH}`);
	});

	it('refuses a runtime that none of the copies is for', async () => {
		const text = (PROJECT['package.json'] ?? '').replace('2.0.3', '1.0.0-beta.6');
		const files = { ...PROJECT, 'package.json': text };
		const cwd = makeTree(files);
		const { status, document } = await add(cwd, ['--no-install']);
		expect({ status, code: document.error.code }).toEqual({ status: 1, code: 'ADAPTER_UNFIT' });
		expect(readTree(cwd)).toEqual(files);
	});

	it('refuses a vendor/ that leads out of the project or is a file', async () => {
		const outside = makeTree({});
		const linked = makeTree(PROJECT);
		symlinkSync(outside, join(linked, 'vendor'));
		expect((await add(linked, ['--no-install'])).document.error.code).toBe('UNSAFE_PATH');
		expect(readdirSync(outside)).toEqual([]);
		const blocked = makeTree({ ...PROJECT, vendor: 'a file' });
		expect((await add(blocked, ['--no-install'])).document.error.code).toBe('UNSAFE_PATH');
		expect(readTree(linked)).toEqual(PROJECT);
	});

	it('refuses a folder of that name', async () => {
		const cwd = makeTree(PROJECT);
		mkdirSync(join(cwd, PATH), { recursive: true });
		writeFileSync(join(cwd, PATH, 'x'), '');
		const { document } = await add(cwd, ['--no-install']);
		expect(document.error.code).toBe('UNSAFE_PATH');
		expect(dependencies(cwd)['@flue/redis']).toBeUndefined();
	});
});
