// A plan in a file: made in one clone, applied in another, or refused as soon as anything is otherwise.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, symlinkSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { fakeManager, INSTALLS } from '../fake-manager.ts';
import { cleanEnvironment, flue } from '../program.ts';
import { PROJECT } from '../project.ts';
import { checkDocument, checkPlanDocument } from '../schema.ts';
import { addToTree, makeTree, readTree } from '../tree.ts';

const SECRET = 'canary-token';

function git(cwd: string, ...args: string[]): void {
	const who = ['-c', 'user.name=t', '-c', 'user.email=t@localhost', '-c', 'commit.gpgsign=false'];
	execFileSync('git', [...who, ...args], { cwd, stdio: 'ignore' });
}

function makeRepository(files: Record<string, string> = {}): string {
	const root = makeTree({ ...PROJECT, '.env.example': 'TOKEN=\n', ...files });
	git(root, 'init', '-q');
	git(root, 'add', '.');
	git(root, 'commit', '-qm', 'all');
	return root;
}

function cloneOf(root: string): string {
	const parent = makeTree({});
	git(parent, 'clone', '-q', root, 'clone');
	return join(parent, 'clone');
}

async function ran(cwd: string, args: string[], env = cleanEnvironment()) {
	const { stdout, stderr, status } = await flue([...args, '--json'], { cwd, env });
	const document = JSON.parse(stdout);
	checkDocument(document);
	expect(stdout + stderr).not.toContain(SECRET);
	return { document, status };
}

/** Keeps a plan beside the project, and sees that nothing else is written. */
async function keep(cwd: string, args: string[]): Promise<string> {
	const before = readTree(cwd);
	const file = join(makeTree({}), 'plan.json');
	const { document } = await ran(cwd, [...args, '--plan-out', file]);
	expect(document).toMatchObject({ status: 'previewed', planFile: file });
	expect(readTree(cwd)).toEqual(before);
	const text = readFileSync(file, 'utf8');
	checkPlanDocument(JSON.parse(text));
	expect(text).not.toContain(SECRET);
	expect(text).not.toContain(cwd);
	return file;
}

const ADD = ['add', 'database', 'redis', '--no-install'];

describe('flue apply', () => {
	it('does on another clone of the commit what was planned on the first, byte for byte', async () => {
		const root = makeRepository();
		const file = await keep(root, [...ADD, '--adapter', 'vendored', '--reconnect']);
		const clone = cloneOf(root);
		const shown = await ran(clone, ['apply', file, '--dry-run']);
		expect(shown.document.next.command).toContain(`apply '${file}' --yes`);
		const { document, status } = await ran(clone, ['apply', file]);
		expect([status, document.status, document.command]).toEqual([0, 'applied', 'apply']);
		expect(document.warnings).toContainEqual(
			expect.objectContaining({
				code: 'STEP_LEFT_OUT',
				message: expect.stringContaining('.env is not here'),
			}),
		);
		await ran(root, [...ADD, '--adapter', 'vendored', '--reconnect']);
		const { '.env': own, ...expected } = readTree(root);
		expect(own).toContain('REDIS_URL=');
		expect(readTree(clone)).toEqual(expected);
		const after = readTree(clone);
		const again = await ran(clone, ['apply', file]);
		expect([again.status, again.document.status]).toEqual([0, 'unchanged']);
		writeFileSync(join(clone, 'src/db.ts'), 'export default 1;\n');
		const edited = await ran(clone, ['apply', file]);
		expect([edited.status, edited.document.error.code]).toEqual([1, 'CHANGED_ON_DISK']);
		expect(readTree(clone)).toEqual({ ...after, 'src/db.ts': 'export default 1;\n' });
	});

	it('takes back what was planned to be taken back, the text that git holds among it', async () => {
		const mine = `export const password = '${SECRET}';\nexport default {};\n`;
		const root = makeRepository({ 'src/db.ts': mine });
		const before = readTree(root);
		await ran(root, [...ADD, '--replace']);
		const file = await keep(root, ['remove', 'database', '--no-install']);
		const { document } = await ran(root, ['apply', file]);
		expect(document.status).toBe('applied');
		expect(readTree(root)).toEqual(before);
	});

	it('installs as add does, and puts every file back when that fails', async () => {
		const root = makeRepository();
		const file = await keep(root, ['add', 'database', 'redis']);
		const before = readTree(root);
		const broken = fakeManager(makeTree({}), 'npm', 'console.error("broken"); process.exit(3);');
		const failed = await ran(root, ['apply', file], cleanEnvironment({ PATH: broken }));
		expect([failed.status, failed.document.error.code]).toEqual([1, 'INSTALL_FAILED']);
		expect(failed.document.error.hint).toContain('make it again with them, and --plan-out');
		expect(failed.document.project.packageManager).toEqual({
			value: 'npm',
			from: 'the plan file',
		});
		expect(readTree(root)).toEqual(before);
		const home = makeTree({});
		const PATH = fakeManager(home, 'npm', INSTALLS);
		const { document } = await ran(root, ['apply', file], cleanEnvironment({ PATH }));
		expect(document.status).toBe('applied');
		expect(readFileSync(join(home, 'calls.txt'), 'utf8')).toContain('"install"');
		expect(existsSync(join(root, 'node_modules/redis'))).toBe(true);
	});

	it('says of what is no file, and of what is not there, that it is so', async () => {
		const root = makeRepository();
		writeFileSync(join(root, 'bytes.json'), Uint8Array.of(0xff, 0xfe, 0x00));
		for (const [name, what] of [
			['.', 'is no file that can be read'],
			['/dev/null', 'is no file that can be read'],
			['bytes.json', 'is no file that can be read'],
			['gone.json', 'is not there'],
		] as const) {
			const { document } = await ran(root, ['apply', name]);
			expect(document.error).toMatchObject({
				code: 'PLAN_UNREADABLE',
				message: `The plan file ${name} ${what}.`,
			});
		}
	});

	it('names every file that changed, is missing or is new, and writes nothing', async () => {
		const root = makeRepository();
		const file = await keep(root, ADD);
		addToTree(root, {
			'src/agents/hello.ts': 'export const other = 1;\n',
			'tsconfig.json': '{}\n',
			'.env': 'TOKEN=other\n',
		});
		unlinkSync(join(root, '.env.example'));
		const before = readTree(root);
		const { document, status } = await ran(root, ['apply', file]);
		expect([status, document.error.code]).toEqual([1, 'CHANGED_ON_DISK']);
		for (const part of [
			'src/agents/hello.ts',
			'tsconfig.json (new)',
			'.env.example (missing)',
			'.env,',
		])
			expect(`${document.error.message},`).toContain(part);
		expect(readTree(root)).toEqual(before);
	});

	it('refuses edited bytes, a file that is no plan or not there, and a link out of the project', async () => {
		const root = makeRepository();
		const file = await keep(root, ADD);
		const whole = readFileSync(file, 'utf8');
		const code = async (text: string) => {
			writeFileSync(file, text);
			return (await ran(root, ['apply', file])).document.error.code;
		};
		expect(await code(whole.replace('createClient', 'createCluster'))).toBe('PLAN_UNREADABLE');
		expect(await code('{}')).toBe('PLAN_UNREADABLE');
		rmSync(file);
		expect((await ran(root, ['apply', file])).document.error.code).toBe('PLAN_UNREADABLE');
		const { digest: _, ...plan } = JSON.parse(whole);
		plan.steps.at(-1).path = '../x.ts';
		const digest = createHash('sha256').update(JSON.stringify(plan)).digest('hex');
		expect(await code(JSON.stringify({ ...plan, digest }))).toBe('UNSAFE_PATH');
		expect(existsSync(join(root, '../x.ts'))).toBe(false);
		writeFileSync(file, whole);
		const other = makeTree({ 'package.json': '{ "name": "other" }' });
		expect((await ran(other, ['apply', file])).document.error.code).toBe('PLAN_FOREIGN');
		const outside = makeTree({ 'package.json': readFileSync(join(root, 'package.json'), 'utf8') });
		rmSync(join(root, '.env.example'));
		symlinkSync(join(outside, 'package.json'), join(root, '.env.example'));
		expect((await ran(root, ['apply', file])).document.error.code).toBe('UNSAFE_PATH');
	});
});

describe('--plan-out', () => {
	it('keeps no token, writes over nothing but a plan, and says what applies it', async () => {
		const root = makeRepository();
		const token = 'https://x:canary-token@registry.example/redis.tgz';
		const held = await ran(root, [...ADD, '--adapter', token, '--plan-out', 'plan.json']);
		expect(held.document.error.code).toBe('BAD_USAGE');
		// An edit of a version that stands there may begin behind the scheme.
		const declared = { '@flue/redis': 'https://registry.example/redis.tgz' };
		const text = readFileSync(join(root, 'package.json'), 'utf8');
		const manifest = JSON.parse(text) as { dependencies: Record<string, string> };
		Object.assign(manifest.dependencies, declared);
		writeFileSync(join(root, 'package.json'), JSON.stringify(manifest, null, 2));
		const cut = await ran(root, [...ADD, '--adapter', token, '--plan-out', 'plan.json']);
		expect(cut.document.error.code).toBe('BAD_USAGE');
		writeFileSync(join(root, 'package.json'), text);
		const taken = await ran(root, [...ADD, '--plan-out', 'package.json']);
		expect(taken.document.error.code).toBe('WRITE_FAILED');
		const { document } = await ran(root, [...ADD, '--plan-out', 'plan.json']);
		expect(document.next.command).toContain('apply plan.json --json');
		const { stdout } = await flue([...ADD, '--plan-out', 'plan.json'], { cwd: root });
		expect(stdout).toContain('The plan is kept in plan.json');
		await ran(root, ['apply', 'plan.json']);
		const again = await ran(root, [...ADD, '--plan-out', 'plan.json']);
		expect(again.document.status).toBe('unchanged');
		const nothing = await ran(root, ['apply', 'plan.json']);
		expect([nothing.status, nothing.document.status]).toEqual([0, 'unchanged']);
	});
});
