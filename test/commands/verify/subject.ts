// A project that `flue verify` finds nothing wrong with, made by the built command; and what it says of one.
import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect } from 'vitest';
import type { Check } from '../../../src/model/verification.ts';
import { node22 } from '../../node22.ts';
import { cleanEnvironment, flue, type Ran } from '../../program.ts';
import { PROJECT } from '../../project.ts';
import { checkDocument } from '../../schema.ts';
import { COMPILED } from '../../tools.ts';
import { makeTree, readTree } from '../../tree.ts';

/** A part of every password in these tests; never in any output. */
export const CANARY = 'canary-pass';

const MODULES = fileURLToPath(new URL('../../../node_modules', import.meta.url));

function packageText(name: string, version: string, more: object = {}): Record<string, string> {
	return {
		[`node_modules/${name}/package.json`]: JSON.stringify({ name, version, ...more }),
	};
}

const INSTALLED = {
	...packageText('@flue/runtime', '2.0.3'),
	...packageText('@flue/redis', '2.0.3', { peerDependencies: { '@flue/runtime': '^2.0.0' } }),
};

const START = '"scripts": { "start": "node --env-file=.env dist/server.mjs" },\n  "type"';

let made: Promise<Record<string, string>> | undefined;

/** What `flue add database redis --reconnect` leaves in a small project, with a start script. */
async function writtenByAdd(): Promise<Record<string, string>> {
	const cwd = makeTree(PROJECT);
	const ran = await flue(['add', 'database', 'redis', '--no-install', '--reconnect'], { cwd });
	expect(ran.status, ran.stderr).toBe(0);
	const files = readTree(cwd);
	const manifest = files['package.json'] ?? '';
	return { ...files, 'package.json': manifest.replace('"type"', START) };
}

export interface Subject {
	/** Files to write, or to change with a function. */
	files?: Record<string, string | ((text: string) => string)>;
	/** The value of REDIS_URL in .env. */
	url?: string;
	client?: 'redis' | 'redis6' | null;
	git?: boolean;
}

/** Makes the project, with changes; everything is installed and set. */
export async function makeSubject(subject: Subject = {}): Promise<string> {
	made ??= writtenByAdd();
	const { url = `redis://me:${CANARY}@localhost:6390/1`, client = 'redis' } = subject;
	const base: Record<string, string> = {
		...(await made),
		...INSTALLED,
		'.env': `REDIS_URL=${url}\n`,
	};
	for (const [path, change] of Object.entries(subject.files ?? {}))
		base[path] = typeof change === 'string' ? change : change(base[path] ?? '');
	const cwd = makeTree(base);
	if (client) symlinkSync(join(MODULES, client), join(cwd, 'node_modules/redis'));
	if (subject.git !== false) execFileSync('git', ['init', '-q'], { cwd });
	return cwd;
}

/** Node 22 first on PATH, as Flue needs it. */
export function flueEnvironment(more: Record<string, string> = {}): Record<string, string> {
	const PATH = `${dirname(node22())}:${process.env.PATH}`;
	return cleanEnvironment({ PATH, ...COMPILED, ...more });
}

export interface Verdict {
	ran: Ran;
	checks: Check[];
	/** The check of an id. */
	of(id: string): Check;
	/** Ids with a status. */
	ids(status: Check['status']): string[];
}

/** Runs `flue verify database … --json`, and asserts what holds of every run. */
export async function verdict(
	cwd: string,
	args: string[] = [],
	env: Record<string, string> = flueEnvironment(),
): Promise<Verdict> {
	const ran = await flue(['verify', 'database', ...args, '--json'], { cwd, env, node: node22() });
	expect(ran.stdout + ran.stderr).not.toContain(CANARY);
	const document = JSON.parse(ran.stdout);
	checkDocument(document);
	const checks = document.checks as Check[];
	const fails = checks.some(({ status }) => status === 'fail') || document.error !== undefined;
	expect([document.status, ran.status]).toEqual(
		fails ? ['failed', ran.status || 1] : ['passed', 0],
	);
	for (const { id, status, hint } of checks)
		if (status === 'fail') expect(hint, `${id} has no hint`).toBeTruthy();
	return {
		ran,
		checks,
		of: (id) => {
			const found = checks.filter((one) => one.id === id);
			expect(found, `${id} in ${checks.map((one) => one.id).join(' ')}`).toHaveLength(1);
			return found[0] as Check;
		},
		ids: (status) => checks.filter((one) => one.status === status).map(({ id }) => id),
	};
}
