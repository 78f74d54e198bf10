// A run that cannot go on tells every open question and every refusal of the same stage, each with its flag.
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { checkPlan } from '../../../src/apply/index.ts';
import { flue } from '../../program.ts';
import { PROJECT } from '../../project.ts';
import { refusalOf } from '../../refusal.ts';
import { checkDocument } from '../../schema.ts';
import { makeTree, readTree } from '../../tree.ts';

const MANIFEST = JSON.parse(PROJECT['package.json'] ?? '');

/** Two lockfiles, somebody's own db.ts, and a client from before the adapter. */
const TROUBLED = {
	...PROJECT,
	'package.json': JSON.stringify({
		...MANIFEST,
		dependencies: { ...MANIFEST.dependencies, redis: '^3.1.0' },
	}),
	'yarn.lock': '# yarn lockfile v1\n',
	'src/db.ts': 'export default { mine: true };\n',
};

async function refused(files: Record<string, string>, args: string[]) {
	const cwd = makeTree(files);
	const before = readTree(cwd);
	const ran = await flue(args, { cwd });
	expect(readTree(cwd)).toEqual(before);
	return ran;
}

const ADD = ['add', 'database', 'redis'];

describe('all reasons at once', () => {
	it('tells the questions and the refusals of a project, each with its flag', async () => {
		const { stdout, status } = await refused(TROUBLED, [
			...ADD,
			'--secrets',
			'config-module',
			'--json',
		]);
		const document = JSON.parse(stdout);
		checkDocument(document);
		const { code, reasons } = document.error;
		const told = reasons.map((one: { code: string; flag: string | null }) => [one.code, one.flag]);
		expect({ status, code, told }).toEqual({
			status: 2,
			code: 'BAD_USAGE',
			told: [
				['BAD_USAGE', '--secrets env|dev-vars|none'],
				['NEEDS_ANSWER', '--package-manager npm|yarn'],
				['NEEDS_ANSWER', '--replace'],
				['CLIENT_TOO_OLD', null],
			],
		});
		// What was only assumed, to find the others, is no fact.
		expect(document).toMatchObject({ steps: [], project: { packageManager: null } });
	});

	it('tells with them that the adapter is not where it was said to be', async () => {
		const args = [...ADD, '--adapter', './missing.tgz', '--no-install', '--json'];
		const { stdout } = await refused(TROUBLED, args);
		const { reasons } = JSON.parse(stdout).error;
		const told = reasons.map((one: { code: string; flag: string | null }) => [one.code, one.flag]);
		expect(told).toEqual([
			['BAD_USAGE', '--adapter'],
			['NEEDS_ANSWER', '--package-manager npm|yarn'],
			['NEEDS_ANSWER', '--replace'],
			['CLIENT_TOO_OLD', null],
		]);
	});

	it('says them in words too, none of them twice', async () => {
		const { stderr, status } = await refused(TROUBLED, [...ADD, '--yes']);
		expect(status).toBe(2);
		expect(stderr).toContain('Say it with --package-manager npm|yarn and --replace.');
		expect(stderr.match(/^error NEEDS_ANSWER: /gm)).toHaveLength(1);
		expect(stderr.match(/^also CLIENT_TOO_OLD: /gm)).toHaveLength(1);
		expect(stderr.match(/Replace src\/db\.ts\?/g)).toHaveLength(1);
	});

	it('tells every value of the command line that is not fit', async () => {
		const { stdout } = await refused(PROJECT, [
			...ADD,
			...['--env-var', '1X', '--entry', 'notes.md', '--key-prefix', ':', '--json'],
		]);
		const document = JSON.parse(stdout);
		checkDocument(document);
		expect(document.error.message).toContain('--env-var "1X"');
		expect(document.error.reasons.map(({ flag }: { flag: string }) => flag)).toEqual([
			'--env-var',
			'--key-prefix',
			'--entry',
		]);
	});

	it('tells every file that is not what the plan was made from', () => {
		const root = makeTree({ 'a.txt': 'A', 'b.txt': 'B', 'c.txt': 'c' });
		const steps = ['a.txt', 'b.txt', 'c.txt'].map((path) => ({
			...{ kind: 'write' as const, path, before: path.slice(0, 1), after: '' },
			shown: 'changes' as const,
		}));
		const nothing = { installTouches: [], warnings: [], nextSteps: [], installCommand: null };
		const refusal = refusalOf(() => checkPlan({ root, boundary: root, steps, ...nothing }));
		expect(refusal).toMatchObject({ code: 'CHANGED_ON_DISK', path: 'a.txt' });
		expect(refusal.reasons.map(({ path }) => path)).toEqual(['a.txt', 'b.txt']);
	});

	it('counts a single refusal once, and without a flag says nothing more', async () => {
		const { stdout } = await refused({ 'package.json': '{}' }, [...ADD, '--json']);
		expect(JSON.parse(stdout).error).not.toHaveProperty('reasons');
		const alone = await refused({ ...PROJECT, 'yarn.lock': '' }, [...ADD, '--json']);
		expect(JSON.parse(alone.stdout).error.reasons).toHaveLength(1);
	});

	it('names the missing program beside what is open', async () => {
		const cwd = makeTree({ ...PROJECT, 'src/db.ts': TROUBLED['src/db.ts'] });
		const env = { PATH: join(cwd, 'nothing'), HOME: cwd, CI: 'true' };
		const { stdout } = await flue([...ADD, '--json'], { cwd, env });
		const { reasons } = JSON.parse(stdout).error;
		expect(reasons.map(({ flag }: { flag: string }) => flag)).toEqual([
			'--replace',
			'--no-install',
		]);
	});
});
