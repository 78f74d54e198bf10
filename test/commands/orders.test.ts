// Add, update and remove in any order, each with a failure or without: what ends well is there whole, what fails has changed nothing.
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { add } from '../../src/commands/add/story.ts';
import { makeTools } from '../../src/commands/add/tools.ts';
import { remove } from '../../src/commands/remove/story.ts';
import { makeRemoveTools } from '../../src/commands/remove/tools.ts';
import { update } from '../../src/commands/update/story.ts';
import type { Outcome } from '../../src/model/plan.ts';
import type { RemoveOptions, UpdateOptions } from '../../src/model/request.ts';
import { fakeManager, INSTALLS } from '../fake-manager.ts';
import { cleanEnvironment } from '../program.ts';
import { PROJECT } from '../project.ts';
import { refusingOnce } from '../refusing.ts';
import { addToTree, makeTree, readTree } from '../tree.ts';
import { makeOptions } from '../values.ts';

/** How an operation ends: its install, a write into the root, beside db.ts or beside the copy of the adapter, or any one change of files. */
const ENDS = [
	...(['well', 'at once', 'in the middle', 'by a signal'] as const),
	...(['no write: .', 'no write: src', 'no write: vendor'] as const),
];
type End = (typeof ENDS)[number] | `change ${number} ${string}` | `after ${number} ${string}`;

/** What a file system says, some of it of what it cannot do at all. */
const CODES = ['EIO', 'ENOSPC', 'EACCES', 'EPERM', 'EBUSY', 'EXDEV'];

const ANY_END = fc.oneof(
	fc.constantFrom<End>(...ENDS),
	fc
		.tuple(fc.nat({ max: 70 }), fc.constantFrom(...CODES))
		.map(([number, code]): End => `change ${number} ${code}`),
	// The package manager ends after so much of its work, by itself or killed.
	fc
		.tuple(fc.nat({ max: 3 }), fc.constantFrom('exit', 'kill'))
		.map(([number, way]): End => `after ${number} ${way}`),
);

/** `ages`: a user has an older copy of the adapter, as after a newer version of the command. */
const OPERATIONS = ['redis', 'valkey', 'update', 'remove', 'ages'] as const;
type Operation = (typeof OPERATIONS)[number];

const SCRIPT = `
const fs = require('node:fs');
const { END } = process.env;
const [, done, way] = /^after (.) (.*)$/.exec(END) ?? [];
if (done !== undefined) {
	if (done > 0) fs.writeFileSync('package-lock.json', '{ "half": ');
	if (done > 1) fs.rmSync('package-lock.json');
	if (done > 2) {${INSTALLS}}
	if (way === 'kill') process.kill(process.pid, 'SIGKILL');
}
if (END === 'in the middle') {
	fs.writeFileSync('package-lock.json', '{ "half": ');
	if (!fs.existsSync('node_modules')) fs.mkdirSync('node_modules/half', { recursive: true });
}
if (END === 'by a signal') setInterval(() => {}, 1000);
else if (END !== 'well') process.exit(3);
else {${INSTALLS}}
`;

const QUIET = { yes: true, dryRun: false, json: false, install: true };

/** Runs one of the commands as its session does; a signal comes as soon as the package manager runs. */
function run(operation: Operation, cwd: string, { end, PATH }: { end: End; PATH: string }) {
	const controller = new AbortController();
	const progress = (): { output(): void; stop(): void } => {
		if (end === 'by a signal') controller.abort();
		return { output() {}, stop() {} };
	};
	const environment = {
		...cleanEnvironment({ PATH }),
		END: end.replace(/^(no write|change).*/, 'well'),
	};
	const tools = {
		...makeRemoveTools(environment, progress),
		...makeTools(environment, progress),
	};
	const world = { person: null, tools, signal: controller.signal, account: {} };
	const said = { ...QUIET, cwd, packageManager: undefined, envVar: undefined, planOut: undefined };
	const removing: RemoveOptions = {
		...said,
		keepPackages: false,
		discard: true,
		removeValue: false,
	};
	const updating: UpdateOptions = { ...said, ours: true, theirs: false, conflicts: false };
	if (operation === 'remove') return remove(undefined, removing, world);
	if (operation === 'update') return update(undefined, updating, world);
	const agentsMd = operation === 'redis';
	const options = makeOptions({ cwd, yes: true, replace: true, adapter: 'vendored', agentsMd });
	return add({ kind: 'database', name: operation }, options, world);
}

/** Takes the place of the folder in which files are staged, so that none is; gives what makes room again. */
function block(cwd: string, end: End): () => void {
	const [, number, code] = /^change (\d+) (.*)$/.exec(end) ?? [];
	if (number && code) return refusingOnce(cwd, Number(number), code);
	const folder = /^no write: (.*)$/.exec(end)?.[1];
	if (folder === undefined || !existsSync(join(cwd, folder))) return () => {};
	const path = join(cwd, folder, `.flue-blueprints-${process.pid}`);
	// One that an earlier failure has left is in nobody's way.
	if (existsSync(path)) return () => {};
	writeFileSync(path, '');
	return () => rmSync(path);
}

/** Puts other bytes into the place of the copy of the adapter, under the name that says so. */
function age(cwd: string): void {
	const copy = Object.keys(readTree(cwd)).find((path) => path.startsWith('vendor/flue-redis-'));
	if (copy === undefined) return;
	const bytes = 'an older copy';
	const digest = createHash('sha256').update(bytes).digest('hex').slice(0, 8);
	const old = `vendor/flue-redis-2.0.0-${digest}.tgz`;
	rmSync(join(cwd, copy));
	addToTree(cwd, { [old]: bytes });
	const manifest = join(cwd, 'package.json');
	writeFileSync(manifest, readFileSync(manifest, 'utf8').replace(copy, old));
}

/** A folder in which files were staged, and that could not be removed: it is told, and a later run takes it away. */
const LEFT = /(^|\/)\.flue-blueprints-\d+\//;

function withoutLeft(tree: Record<string, string>): Record<string, string> {
	return Object.fromEntries(Object.entries(tree).filter(([path]) => !LEFT.test(path)));
}

/** Everything that an operation promised stands there. */
function expectWhole(
	{ plan, status, warnings }: Outcome,
	{ before, after }: Record<'before' | 'after', Record<string, string>>,
): void {
	expect(['applied', 'unchanged']).toContain(status);
	if (Object.keys(after).some((path) => LEFT.test(path) && !(path in before)))
		expect(warnings.map(({ code }) => code)).toContain('STAGING_LEFT');
	for (const step of plan.steps) {
		if (step.kind === 'install' || plan.installTouches.includes(step.path)) continue;
		if (step.kind === 'remove') expect(after[step.path]).toBeUndefined();
		if (step.kind === 'copy') expect(after[step.path]).toBeDefined();
		if (step.kind === 'write') expect(after[step.path]).toBe(step.after);
	}
}

const RUNS = Number(process.env.FLUE_GENERATED ?? 4);

it('leave the whole or nothing, in any order and with any failure', async () => {
	const ways = fc.array(fc.tuple(fc.constantFrom(...OPERATIONS), ANY_END), {
		minLength: 2,
		maxLength: 5,
	});
	const all = fc.asyncProperty(ways, async (steps) => {
		const cwd = makeTree(PROJECT);
		const PATH = fakeManager(makeTree({}), 'npm', SCRIPT);
		// Something is there to update and to remove.
		for (const [operation, end] of [['redis', 'well'] as const, ...steps]) {
			if (operation === 'ages') {
				age(cwd);
				continue;
			}
			const makeRoom = block(cwd, end);
			const before = readTree(cwd);
			const outcome = await run(operation, cwd, { end, PATH }).catch((error) => error);
			const after = readTree(cwd);
			makeRoom();
			if (outcome instanceof Error) {
				expect(end, outcome.message).not.toBe('well');
				expect(withoutLeft(after)).toEqual(withoutLeft(before));
				expect(Object.keys(after).filter((path) => !(path in before))).toEqual([]);
			} else expectWhole(outcome, { before, after });
		}
	});
	await fc.assert(all, { numRuns: RUNS, endOnFailure: true });
});
