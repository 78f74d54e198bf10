// A plan file is believed in nothing: whoever changes it, and seals it again, gets no other file written and no other program run.
import { createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { blueprint } from '../../../src/blueprints/redis.ts';
import type { Plan } from '../../../src/model/plan.ts';
import type { PlanFile } from '../../../src/model/plan-file.ts';
import { digestOf, keepPlan } from '../../../src/plan/file/keep.ts';
import { readPlanFile } from '../../../src/plan/file/read.ts';
import { checkPlanFile, rebuildPlan } from '../../../src/plan/file/rebuild.ts';
import { makeFacts } from '../../values.ts';

const ON_DISK: Record<string, string> = {
	'package.json': '{ "name": "app" }\n',
	'db.ts': 'export default canary();\n',
	'.env': 'TOKEN=canary\n',
};
const onDisk = (path: string) => {
	const text = ON_DISK[path];
	return text === undefined ? null : Buffer.from(text);
};

const PLAN: Plan = {
	root: '/app',
	boundary: '/app',
	steps: [
		{
			kind: 'write',
			path: 'package.json',
			shown: 'changes',
			before: '{ "name": "app" }\n',
			after: '{ "name": "app", "dependencies": {} }\n',
		},
		{ kind: 'install', command: 'npm', args: ['install', '--no-audit', '--no-fund'] },
		{
			kind: 'write',
			path: '.env',
			shown: 'additions',
			before: 'TOKEN=canary\n',
			after: 'TOKEN=canary\nREDIS_URL=\n',
		},
		{
			kind: 'write',
			path: 'db.ts.bak',
			shown: 'nothing',
			before: null,
			after: 'export default canary();\n',
		},
		{
			kind: 'write',
			path: 'db.ts',
			shown: 'additions',
			before: 'export default canary();\n',
			after: 'export default redis();\n',
		},
	],
	installTouches: [],
	warnings: [],
	nextSteps: [],
	installCommand: null,
};

/** Made once: its digests are slow on purpose. */
const KEPT = keepPlan({
	plan: PLAN,
	blueprint,
	program: '0.1.0',
	command: 'add',
	project: { name: 'app', place: '' },
	salt: '0'.repeat(32),
	promised: { oneRuntime: null, isVendored: false },
	files: [],
	absent: ['tsconfig.json'],
	ignored: new Set(['.env']),
	committed: new Map(),
});

function kept(): PlanFile {
	return structuredClone(KEPT);
}

/** What a hand makes of the file that knows how it is sealed. */
function resealed(change: (plan: PlanFile) => void): string {
	const plan = kept();
	change(plan);
	return JSON.stringify({ ...plan, digest: digestOf(plan) });
}

const sources = { facts: makeFacts(), onDisk, committed: new Map(), adapters: [] };
const here = { name: 'app', place: '' };

/** Reads, checks and makes the plan again, as `apply` does. */
function takeUp(text: string): Plan {
	const file = readPlanFile(text);
	checkPlanFile(file, here, onDisk);
	return rebuildPlan(file, sources);
}

const codeOf = (run: () => unknown): unknown => {
	try {
		run();
		return null;
	} catch (error) {
		return (error as { code?: unknown }).code;
	}
};

/** A step of the file, to be changed. */
const step = (plan: PlanFile, index: number): object => plan.steps[index] ?? {};

describe('a plan file', () => {
	it('gives the very steps back, and repeats nothing of what is there', () => {
		const text = JSON.stringify(kept());
		expect(text).not.toContain('canary');
		// Whoever reads it and knows the rest of an env file must not be able to try passwords fast.
		const digest = (one: string) => createHash('sha256').update(one).digest('hex');
		expect(text).not.toContain(digest(ON_DISK['.env'] ?? ''));
		expect(text).not.toContain(digest(`${ON_DISK['.env']}REDIS_URL=\n`));
		expect(takeUp(text).steps).toEqual(PLAN.steps);
	});

	it.each<[string, (plan: PlanFile) => void, string]>([
		['another version', (plan) => Object.assign(plan, { version: 1 }), 'PLAN_UNREADABLE'],
		['a field too many', (plan) => Object.assign(plan, { more: 1 }), 'PLAN_UNREADABLE'],
		['no steps', (plan) => Object.assign(plan, { steps: null }), 'PLAN_UNREADABLE'],
		[
			'a step of no kind',
			(plan) => Object.assign(step(plan, 0), { kind: 'run' }),
			'PLAN_UNREADABLE',
		],
		['another project', (plan) => Object.assign(plan.project, { name: 'other' }), 'PLAN_FOREIGN'],
		['another member', (plan) => Object.assign(plan.project, { place: 'a' }), 'PLAN_FOREIGN'],
		...[
			'/etc/passwd',
			'a/../../x.ts',
			'.git/hooks/a',
			'a/node_modules/b.js',
			'a\\b.ts',
			'C:/x.ts',
			'',
			'.',
			'a//b',
		].map((path): [string, (plan: PlanFile) => void, string] => [
			`the path ${JSON.stringify(path)}`,
			(plan) => Object.assign(step(plan, 3), { path }),
			'UNSAFE_PATH',
		]),
		[
			'other bytes than it promises',
			(plan) => Object.assign(step(plan, 4), { edits: [{ start: 0, length: 0, text: 'x' }] }),
			'PLAN_UNREADABLE',
		],
		[
			'edits behind the end',
			(plan) => Object.assign(step(plan, 4), { edits: [{ start: 99, length: 1, text: '' }] }),
			'PLAN_UNREADABLE',
		],
		[
			'another text than is there',
			(plan) =>
				Object.assign(step(plan, 2), {
					base: { from: 'file', path: '.env', sha256: '0'.repeat(64) },
				}),
			'CHANGED_ON_DISK',
		],
		[
			'an install of its own',
			(plan) => Object.assign(step(plan, 1), { args: ['install', 'left-pad'] }),
			'PLAN_UNREADABLE',
		],
		[
			'a program of its own',
			(plan) => Object.assign(step(plan, 1), { command: 'sh', args: ['-c', 'id'] }),
			'PLAN_UNREADABLE',
		],
		[
			'an adapter that is not brought along',
			(plan) => plan.steps.push({ kind: 'copy', path: 'vendor/a.tgz', sha256: '0'.repeat(64) }),
			'PLAN_UNREADABLE',
		],
	])('is refused with %s, also where the digest is right', (_, change, code) => {
		expect(codeOf(() => takeUp(resealed(change)))).toBe(code);
	});

	it.each(['', '{', '[]', 'null', '{"kind":1}'])('is none: %s', (text) => {
		expect(codeOf(() => readPlanFile(text))).toBe('PLAN_UNREADABLE');
	});

	it.each<[string, Record<string, string>, RegExp]>([
		[
			'a value filled in',
			{ '.env': 'TOKEN=canary\nREDIS_URL=canary\n' },
			/is done but for \.env: n/,
		],
		['half of it', { '.env': 'TOKEN=canary\n', 'db.ts': 'export default canary();\n' }, /^2 files/],
		[
			'the rest and one of ours',
			{ 'db.ts': 'x', 'package.json': '{ "name": "app" }\n' },
			/: db\.ts\./,
		],
	])('that is done but for one thing names no file that is as planned: %s', (_, more, told) => {
		const made = PLAN.steps.flatMap((one) =>
			one.kind === 'write' ? [[one.path, one.after] as const] : [],
		);
		const texts: Record<string, string> = { ...Object.fromEntries(made), ...more };
		const now = (path: string) => (path in texts ? Buffer.from(texts[path] ?? '') : null);
		expect(() => checkPlanFile(kept(), here, now)).toThrow(told);
		expect(() => checkPlanFile(kept(), here, now)).not.toThrow(/canary/);
	});

	it('is refused when a byte of it changed', () => {
		const text = JSON.stringify(kept());
		expect(codeOf(() => readPlanFile(text.replace('redis', 'rediss')))).toBe('PLAN_UNREADABLE');
	});
});
