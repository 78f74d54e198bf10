// What `flue update` does with the versions that there are: the marker, the copy of the adapter, and what it leaves alone.
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeManager, INSTALLS } from '../fake-manager.ts';
import { cleanEnvironment, flue } from '../program.ts';
import { checkDocument } from '../schema.ts';
import { addToTree, makeTree, readTree } from '../tree.ts';

const PROJECT = {
	'package.json': `${JSON.stringify({ dependencies: { '@flue/runtime': '2.0.3' } }, null, 2)}\n`,
	'package-lock.json': '{ "lockfileVersion": 3 }',
	'.env': 'A=1\n',
};

async function ran(cwd: string, args: string[], env = cleanEnvironment()) {
	const { stdout, stderr, status } = await flue([...args, '--json'], { cwd, env });
	const document = JSON.parse(stdout);
	checkDocument(document);
	expect(stdout + stderr).not.toContain('canary');
	return { document, status };
}

async function added(...more: string[]): Promise<string> {
	const cwd = makeTree(PROJECT);
	await ran(cwd, ['add', 'database', 'redis', '--no-install', ...more]);
	return cwd;
}

const UPDATE = ['update', 'database'];

describe('flue update', () => {
	it('gives an entry its marker back that says the same in other words, and leaves the words', async () => {
		const cwd = await added('--reconnect');
		const path = join(cwd, 'db.ts');
		const written = readFileSync(path, 'utf8');
		const words = written.replace(/(?<![.\w])client\b/g, 'store').replaceAll('  ', '\t');
		writeFileSync(path, `// ours\n${words.slice(words.indexOf('\n') + 1)}`);
		const preview = await ran(cwd, [...UPDATE, '--dry-run']);
		expect(preview.document.status).toBe('previewed');
		expect((await ran(cwd, UPDATE)).document.status).toBe('applied');
		const [marker = ''] = written.split('\n');
		expect(readFileSync(path, 'utf8')).toBe(words.replace(marker, `${marker}\n// ours`));
		expect((await ran(cwd, UPDATE)).document.status).toBe('unchanged');
	});

	it('brings the listener that --reconnect wrote alone to that of today', async () => {
		const cwd = await added('--reconnect', '--key-prefix', 'shop');
		const path = join(cwd, 'db.ts');
		const today = readFileSync(path, 'utf8');
		writeFileSync(path, today.replace(/\nfunction renew[\s\S]*unref\(\);\n/, ''));
		expect((await ran(cwd, ['list'])).document.projects).toMatchObject([
			{ state: 'unchanged', updates: [{ what: 'blueprint', from: '1, an older listener' }] },
		]);
		expect((await ran(cwd, UPDATE)).document.status).toBe('applied');
		expect(readFileSync(path, 'utf8')).toBe(today);
		expect((await ran(cwd, UPDATE)).document.status).toBe('unchanged');
	});

	it('brings it to that of today where the file was changed by hand too, and verify tells of it', async () => {
		const cwd = await added('--reconnect');
		const path = join(cwd, 'db.ts');
		const today = readFileSync(path, 'utf8');
		const edit = (text: string) => text.replace('multi.exec()', 'multi.execAsPipeline()');
		writeFileSync(path, edit(today.replace(/\nfunction renew[\s\S]*unref\(\);\n/, '')));
		const listener = async () => {
			const { checks } = (await ran(cwd, ['verify', 'database'])).document;
			return checks.find(({ id }: { id: string }) => id === 'project.listener');
		};
		expect(await listener()).toMatchObject({
			status: 'warn',
			message: expect.stringContaining('an older listener of this command'),
		});
		expect((await ran(cwd, ['list'])).document.projects).toMatchObject([
			{ state: 'edited', updates: [{ what: 'blueprint', from: '1, an older listener' }] },
		]);
		expect((await ran(cwd, UPDATE)).document.status).toBe('applied');
		expect(readFileSync(path, 'utf8')).toBe(edit(today));
		expect(await listener()).toMatchObject({ status: 'pass' });
		expect((await ran(cwd, UPDATE)).document.status).toBe('unchanged');
	});

	it('leaves a listener of somebody’s own alone', async () => {
		const cwd = await added();
		const path = join(cwd, 'db.ts');
		const own = "await client.connect();\nclient.on('error', (error) => report(error));\n";
		const text = readFileSync(path, 'utf8').replace('await client.connect();\n', own);
		writeFileSync(path, text);
		expect((await ran(cwd, UPDATE)).document.status).toBe('unchanged');
		expect(readFileSync(path, 'utf8')).toBe(text);
	});

	it('puts the copy of the adapter of today into the place of an older one, or changes nothing', async () => {
		const cwd = await added('--adapter', 'vendored');
		const [copy = ''] = Object.keys(readTree(cwd)).filter((path) => path.startsWith('vendor/'));
		const bytes = Buffer.from('an older copy');
		const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
		const old = `vendor/flue-redis-2.0.0-${digest}.tgz`;
		renameSync(join(cwd, copy), join(cwd, old));
		writeFileSync(join(cwd, old), bytes);
		const manifest = join(cwd, 'package.json');
		writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(copy, old));
		const before = readTree(cwd);
		const broken = fakeManager(makeTree({}), 'npm', 'process.exit(3);');
		const failed = await ran(cwd, UPDATE, cleanEnvironment({ PATH: broken }));
		expect(failed.document.error.code).toBe('INSTALL_FAILED');
		expect(readTree(cwd)).toEqual(before);
		const PATH = fakeManager(makeTree({}), 'npm', INSTALLS);
		const { document } = await ran(cwd, UPDATE, cleanEnvironment({ PATH }));
		expect(document.status).toBe('applied');
		expect(document.steps.map(({ kind }: { kind: string }) => kind)).toEqual([
			'copy',
			'write',
			'install',
			'remove',
		]);
		const after = readTree(cwd);
		expect(Object.keys(after)).toContain(copy);
		expect(Object.keys(after)).not.toContain(old);
		expect(after['package.json']).toContain(copy);
	});

	it.each([
		['nothing to update', {}, 'unchanged', 0],
		['no entry', { 'db.ts': undefined }, 'unchanged', 0],
		['another database', { 'db.ts': "import pg from 'canary';\n" }, 'unchanged', 0],
	] as const)('changes nothing where there is %s', async (_, files, status, exit) => {
		const { 'db.ts': entry, ...rest } = readTree(await added());
		const cwd = makeTree({});
		const said: Record<string, string | undefined> = { 'db.ts': entry, ...files };
		for (const [path, text] of Object.entries({ ...rest, ...said }))
			if (text !== undefined) addToTree(cwd, { [path]: text });
		const before = readTree(cwd);
		const { document, status: ended } = await ran(cwd, UPDATE);
		expect([document.status, ended]).toEqual([status, exit]);
		expect(readTree(cwd)).toEqual(before);
	});

	it('leaves what says something else, and refuses what it does not know', async () => {
		const cwd = await added();
		const path = join(cwd, 'db.ts');
		const text = readFileSync(path, 'utf8');
		const told = async (changed: string, ...more: string[]) => {
			writeFileSync(path, changed);
			const { document, status } = await ran(cwd, [...UPDATE, ...more]);
			expect(readFileSync(path, 'utf8')).toBe(changed);
			return { ...document, exit: status };
		};
		const bare = text.slice(text.indexOf('\n') + 1);
		const foreign = await told(bare.replace('client.close()', 'client.destroy()'));
		expect(foreign).toMatchObject({ status: 'unchanged', warnings: [{ code: 'ENTRY_FOREIGN' }] });
		expect(await told(text.replace('@1', '@7'))).toMatchObject({
			error: { code: 'VERSION_UNKNOWN', hint: expect.stringContaining('newer') },
			exit: 1,
		});
		expect((await told(text.replace('@1', '@0'))).error.code).toBe('VERSION_UNKNOWN');
		expect((await told(`const = ;\n${bare}`)).error.code).toBe('UNREADABLE_PROJECT');
		expect(await told(text, '--ours', '--theirs')).toMatchObject({
			error: { code: 'BAD_USAGE' },
			exit: 2,
		});
	});
});
