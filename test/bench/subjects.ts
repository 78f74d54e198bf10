// What is measured of a build: every command, in the project that it is run in, with its goal.
import { appendFileSync, cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { FIRST, folder, type Subject } from './program.ts';

const FIXTURES = fileURLToPath(new URL('../fixtures/projects', import.meta.url));
const ADD = ['add', 'database', 'redis', '--no-install'];
/** The row that others are compared with. */
export const PLAIN = 'flue add database redis --no-install';

/** A fixture, copied so that it can be changed. */
function copied(fixture: string, name: string): string {
	const place = join(folder, `source-${name}`);
	cpSync(join(FIXTURES, fixture, 'before'), place, { recursive: true });
	return place;
}

/** A workspace with so many packages beside the project, which is `packages/agents`. */
function workspaceOf(members: number): string {
	const place = join(folder, 'source-workspace');
	cpSync(join(FIXTURES, 'init-node/before'), join(place, 'packages/agents'), { recursive: true });
	const root = { name: 'root', private: true, workspaces: ['packages/*'] };
	writeFileSync(join(place, 'package.json'), JSON.stringify(root));
	writeFileSync(join(place, 'package-lock.json'), '{ "lockfileVersion": 3, "packages": {} }\n');
	for (let index = 0; index < members; index++) {
		const member = join(place, `packages/member-${index}`);
		mkdirSync(member);
		const manifest = { name: `member-${index}`, version: '1.0.0', private: true };
		writeFileSync(join(member, 'package.json'), JSON.stringify(manifest));
	}
	return place;
}

/** A project whose config module goes on for so many lines. */
function longModule(lines: number): string {
	const place = copied('config-zod', 'long-module');
	const more = Array.from(
		{ length: lines },
		(_, at) => `export const limit${at} = { at: ${at} };\n`,
	);
	appendFileSync(join(place, 'src/env.ts'), `\n${more.join('')}`);
	return place;
}

/** A project whose flue.config names its target elsewhere. */
function constantTarget(): string {
	const place = copied('init-node', 'constant');
	const text = "const target = 'node';\n\nexport default { target };\n";
	writeFileSync(join(place, 'flue.config.ts'), text);
	return place;
}

type Project = NonNullable<Subject['project']>;

/** A command in its project, and the same as the first run after an install. */
function both(subject: Subject & { first?: Partial<Subject> }): Subject[] {
	const { first, ...later } = subject;
	return first
		? [later, { ...later, ...first, name: `${later.name}${FIRST}`, isFirst: true }]
		: [later];
}

/** Whatever is answered without a project. */
function wordsOf(bin: string): Subject[] {
	const words = [
		{ name: 'flue --help', args: [bin, '--help'], goal: 1.15 },
		{ name: 'flue --version', args: [bin, '--version'], goal: 1.15 },
		{
			name: 'flue add --nothing (usage error)',
			args: [bin, 'add', '--nothing'],
			goal: 1.15,
			status: 2,
		},
		{ name: 'flue add (list)', args: [bin, 'add'], goal: 1.4 },
	];
	return words.flatMap((one) => both({ ...one, first: {} }));
}

/** What a build does, each as its user would have it do. */
export function subjectsOf(bin: string): Subject[] {
	const args = [bin, ...ADD];
	const at = (from: string, more = {}): Project => ({ beside: 0, below: false, from, ...more });
	const plain = join(FIXTURES, 'init-node/before');
	const zod = join(FIXTURES, 'config-zod/before');
	return [
		...wordsOf(bin),
		...both({
			...{ name: PLAIN, args, project: at(plain), goal: 4, goalMiB: 72 },
			first: { goal: 6.2, goalMiB: 78 },
		}),
		...both({
			...{ name: 'flue add, with a zod config module', args, project: at(zod), goal: 5 },
			first: { goal: 7 },
		}),
		...both({
			...{
				name: 'flue add, where flue.config names a constant',
				args,
				project: at(constantTarget()),
				goal: 4,
			},
			first: { goal: 6.2 },
		}),
		{
			...{ name: 'flue add, with a config module of 2,000 lines', args },
			...{ project: at(longModule(2000)), goalToPlain: 1.3 },
		},
		{
			...{ name: 'flue add, in a workspace of 300 members', args },
			...{ project: at(workspaceOf(300), { in: 'packages/agents' }), goalToPlain: 1.3 },
		},
		{
			...{ name: 'flue add, 50,000 files in a folder beside', args },
			...{ project: { beside: 50_000, below: true }, goalToPlain: 1.1 },
		},
		{
			...{ name: 'flue add, 50,000 files in the project folder', args },
			...{ project: { beside: 50_000, below: false }, goalToPlain: 1.1 },
		},
		// Nothing is installed there, which is what it finds.
		...both({
			...{ name: 'flue verify database redis', args: [bin, 'verify', 'database', 'redis'] },
			...{ project: at(plain), goalToPlain: 1, status: 1 },
			first: {},
		}),
	];
}
