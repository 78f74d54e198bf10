// Who may import whom, and who may touch the world: read from every file in src.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { morph, parse } from '../src/text/source.ts';

const SRC = fileURLToPath(new URL('../src', import.meta.url));
/**
 * The rooms from top to bottom, and whom each may import beside itself and the ground floor: rooms below it alone, so
 * that no arrow runs up and none in a circle. A room's path begins with its name.
 */
const ROOMS: Record<string, string[]> = {
	'main.ts': [
		'output.ts',
		'own-start.ts',
		'input.ts',
		'cli',
		'commands/add',
		'commands/verify',
		'commands/list',
		'commands/rarely.ts',
		'commands/mcp',
		'commands/help',
		'commands/framework',
		'terminal',
		'package',
	],
	// One piece of the build instead of three, so that what all commands share is cut into fewer.
	'commands/rarely.ts': ['commands/remove', 'commands/update', 'commands/apply'],
	// Starts by itself, so that help need not wait for the rest.
	'at-once.ts': ['output.ts', 'own-start.ts', 'commands/help'],
	// What both edges do with the process.
	'output.ts': ['terminal'],
	'own-start.ts': ['package'],
	// Its calls are command lines, which the edge carries out.
	'commands/mcp': ['cli', 'inspect', 'terminal', 'blueprints'],
	// What `--input` names becomes words of the command line before anything else sees it.
	'input.ts': ['cli'],
	cli: ['adapter-words.ts', 'blueprints', 'framework', 'text'],
	// It tells what an update would do, and judges a db entry as `verify` does.
	'commands/list': [
		'commands/update',
		'commands/verify',
		'commands/tools.ts',
		'plan',
		'inspect',
		'terminal',
	],
	// It installs as the command does whose plan it applies.
	'commands/apply': [
		'commands/remove',
		'commands/add',
		'commands/plan-out.ts',
		'commands/session.ts',
		'plan',
		'inspect',
		'apply',
		'terminal',
		'blueprints',
		'package',
	],
	// It judges a db entry as `verify` does, and runs the package manager as `add` does.
	'commands/update': [
		'commands/add',
		'commands/verify',
		'commands/plan-out.ts',
		'commands/session.ts',
		'commands/tools.ts',
		'plan',
		'inspect',
		'apply',
		'terminal',
		'blueprints',
		'package',
	],
	// It judges a db entry as `verify` does, and runs the package manager as `add` does.
	'commands/remove': [
		'commands/add',
		'commands/verify',
		'commands/plan-out.ts',
		'commands/session.ts',
		'commands/tools.ts',
		'plan',
		'inspect',
		'apply',
		'terminal',
		'blueprints',
	],
	'commands/add': [
		'commands/verify',
		'commands/plan-out.ts',
		'commands/session.ts',
		'commands/tools.ts',
		'plan',
		'inspect',
		'apply',
		'terminal',
		'blueprints',
		'package',
	],
	'commands/verify': [
		'commands/session.ts',
		'commands/tools.ts',
		'commands/verify/checks',
		'commands/verify/probe',
		'commands/verify/drill',
		'plan',
		'inspect',
		'apply',
		'terminal',
		'blueprints',
		'package',
	],
	// What is kept of a plan, whichever command made it.
	'commands/plan-out.ts': ['commands/tools.ts', 'plan', 'inspect', 'apply', 'terminal'],
	// One frame for the sessions of all commands.
	'commands/session.ts': ['terminal'],
	'commands/tools.ts': ['inspect', 'apply'],
	'commands/help': ['commands/completion', 'terminal', 'blueprints', 'package'],
	'commands/completion': ['blueprints'],
	'commands/framework': ['inspect', 'blueprints', 'framework', 'text'],
	'commands/verify/checks': ['managers', 'text', 'adapter-words.ts'],
	'commands/verify/probe': ['package', 'adapter-words.ts'],
	'commands/verify/drill': ['inspect', 'package', 'text', 'adapter-words.ts'],
	plan: ['adapter-words.ts', 'dialects', 'managers', 'text'],
	// Whose a project is, its lockfiles and traces tell, which stand in the managers' table.
	inspect: ['dialects', 'managers', 'text'],
	dialects: ['text'],
	apply: ['managers'],
	terminal: [],
	blueprints: ['framework', 'text', 'adapter-words.ts'],
	framework: [],
	package: [],
	managers: ['text'],
	text: [],
	// What the adapter's own files say, which both packages need.
	'adapter-words.ts': [],
	'refusals.ts': [],
	model: [],
	'errors.ts': [],
};
/** Where everybody may stand, from the top down: the nouns, and the ways to refuse. */
const GROUND = ['refusals.ts', 'model', 'errors.ts'];
/** What of the ground floor a room may stand on: a part of it only on what lies below. */
const groundOf = (room: string): string[] => GROUND.slice(GROUND.indexOf(room) + 1);
/** Imports every file beside it but these two: a glob for Vitest, for which the build puts imports (esbuild.config.js). */
const FINDER = 'blueprints/found.ts';
const NOT_FOUND = [FINDER, 'blueprints/index.ts'];
/** Where a program begins: the command, and the probe, which runs in a process of its own. */
const EDGES = [
	'main.ts',
	'at-once.ts',
	'output.ts',
	'own-start.ts',
	'commands/verify/probe/child/main.ts',
];
/** Writes to what is open already: stdout. */
const STDOUT = 'output.ts: writeSync';
/** A drill has programs and a temporary folder of its own, which these files alone handle: a list, not a licence. */
const DRILLERS = {
	writes: ['commands/verify/drill/throwaway.ts', 'commands/verify/drill/children/keeper.ts'],
	process: ['commands/verify/drill/throwaway.ts', /^commands\/verify\/drill\/children\//],
	// The guard runs none: it takes the means away.
	runs: [
		'commands/verify/drill/throwaway.ts',
		'commands/verify/drill/programs.ts',
		'commands/verify/drill/children/keeper.ts',
		'commands/verify/drill/children/guard.ts',
	],
};
const isListed = (path: string, list: (string | RegExp)[]): boolean =>
	list.some((one) => (typeof one === 'string' ? one === path : one.test(path)));
const WRITES =
	/^(\*|default$|write|rm|mkdir|mkdtemp|rename|chmod|copyFile|cp|link|symlink|unlink|append|truncate)/;

const { Node, SyntaxKind } = morph();
const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
	.map((name) => name.replaceAll('\\', '/'))
	.filter((path) => path.endsWith('.ts'))
	.map((path) => {
		const text = readFileSync(`${SRC}/${path}`, 'utf8');
		const tree = parse(path, text);
		const calls = tree.getDescendantsOfKind(SyntaxKind.CallExpression).flatMap((call) => {
			const [name] = call.getExpression().getText() === 'import' ? call.getArguments() : [];
			return Node.isStringLiteral(name) ? [{ name: name.getLiteralValue(), isType: false }] : [];
		});
		const declarations = [...tree.getImportDeclarations(), ...tree.getExportDeclarations()];
		const imports = declarations.flatMap((one) => {
			const name = one.getModuleSpecifierValue();
			return name === undefined ? [] : [{ name, isType: one.isTypeOnly() }];
		});
		return { path, text, tree, imports: [...imports, ...calls] };
	});
const found = files
	.map(({ path }) => path)
	.filter((path) => path.startsWith('blueprints/') && !NOT_FOUND.includes(path));
const links = files
	.flatMap(({ path, imports }) =>
		imports
			.filter(({ name }) => name.startsWith('.'))
			.map(({ name }) => ({ from: path, to: posix.join(posix.dirname(path), name) })),
	)
	.concat(found.map((to) => ({ from: FINDER, to })));
/** The one file that reads the other package, and what it may read of it. */
const SHARED = {
	from: 'adapter-words.ts',
	to: /^\.\.\/adapter\/src\/(least|refusals|retention)\.ts$/,
};
/** The room of a file: the longest name that its path begins with. */
const roomOf = (path: string): string =>
	Object.keys(ROOMS)
		.filter((room) => path === room || path.startsWith(`${room}/`))
		.sort((a, b) => b.length - a.length)[0] ?? path;

it('gives every file a room, and every room a file', () => {
	const rooms = new Set(files.map(({ path }) => roomOf(path)));
	expect([...rooms].sort()).toEqual(Object.keys(ROOMS).sort());
});

it('lets a room import what it is told and the ground floor alone', () => {
	const breaches = links.filter(({ from, to }) => {
		if (from === SHARED.from) return !SHARED.to.test(to);
		const [own, other] = [roomOf(from), roomOf(to)];
		return own !== other && ![...groundOf(own), ...(ROOMS[own] ?? [])].includes(other);
	});
	expect(breaches).toEqual([]);
});

it('draws no arrow up, and none that nobody uses', () => {
	const floors = Object.keys(ROOMS);
	const arrows = Object.entries(ROOMS).flatMap(([from, others]) =>
		others.map((to) => ({ from, to })),
	);
	const up = arrows.filter(({ from, to }) => floors.indexOf(to) <= floors.indexOf(from));
	const inside = links.filter(({ from }) => from !== SHARED.from);
	const used = new Set(inside.map(({ from, to }) => `${roomOf(from)} ${roomOf(to)}`));
	expect([...up, ...arrows.filter(({ from, to }) => !used.has(`${from} ${to}`))]).toEqual([]);
});

it('has no circle of imports', () => {
	const circle = (path: string, trail: string[]): string[] | undefined => {
		if (trail.includes(path)) return [...trail.slice(trail.indexOf(path)), path];
		if (finished.has(path)) return undefined;
		const next = links.filter(({ from }) => from === path);
		const found = next.map(({ to }) => circle(to, [...trail, path])).find(Boolean);
		finished.add(path);
		return found;
	};
	const finished = new Set<string>();
	expect(files.map(({ path }) => circle(path, [])).find(Boolean)).toBeUndefined();
});

it('finds files by a pattern in one place, which the build knows', () => {
	const finders = files.filter(({ text }) => /\bimport\.meta\.glob\b/.test(text));
	expect(finders.map(({ path }) => path)).toEqual([FINDER]);
});

it('gives each package of others one file that owns it', () => {
	const owners = new Map<string, Set<string>>();
	for (const { path, imports } of files)
		for (const { name } of imports.filter((one) => !/^(\.|#|node:)/.test(one.name)))
			owners.set(name, (owners.get(name) ?? new Set()).add(path));
	expect([...owners].filter(([, found]) => found.size > 1)).toEqual([]);
});

it('writes to the disk in apply alone, and in the folder of a drill', () => {
	const writers = files.flatMap(({ path, tree }) =>
		tree
			.getImportDeclarations()
			.filter((one) => /^(node:)?fs\b/.test(one.getModuleSpecifierValue()))
			.flatMap(
				(one) =>
					one
						.getImportClause()
						?.getText()
						.match(/[*\w]+/g) ?? [],
			)
			.filter((name) => WRITES.test(name))
			.map((name) => `${path}: ${name}`),
	);
	const elsewhere = writers.filter(
		(writer) =>
			writer !== STDOUT &&
			!writer.startsWith('apply/') &&
			!isListed(writer.replace(/:.*/, ''), DRILLERS.writes),
	);
	expect(elsewhere).toEqual([]);
});

it('runs programs in apply alone, and those of a drill', () => {
	const runners = files.filter(
		({ path, imports }) =>
			imports.some(
				({ name, isType }) => !isType && /^(node:child_process|cross-spawn)$/.test(name),
			) &&
			roomOf(path) !== 'apply' &&
			!isListed(path, DRILLERS.runs),
	);
	expect(runners.map(({ path }) => path)).toEqual([]);
});

it('names the process at the edges, in apply and what a drill runs, and the console nowhere', () => {
	const uses = files.flatMap(({ path, tree }) => {
		const names = tree.getDescendantsOfKind(SyntaxKind.Identifier).map((one) => one.getText());
		const mayUse =
			EDGES.includes(path) || roomOf(path) === 'apply' || isListed(path, DRILLERS.process);
		const banned = mayUse ? ['console'] : ['console', 'process'];
		return banned.filter((name) => names.includes(name)).map((name) => `${path}: ${name}`);
	});
	expect(uses).toEqual([]);
});

it('keeps every file within 200 lines', () => {
	const long = files.filter(({ text }) => text.split('\n').length > 201);
	expect(long.map(({ path }) => path)).toEqual([]);
});
