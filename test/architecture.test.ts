// Who may import whom, and who may touch the world: read from every file in src.
import { readdirSync, readFileSync } from 'node:fs';
import { posix } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { morph, parse } from '../src/source.ts';

const SRC = fileURLToPath(new URL('../src', import.meta.url));
const PURE = [
	'model.ts',
	'errors.ts',
	'options.ts',
	'option-values.ts',
	'source.ts',
	'jsonc.ts',
	'versions.ts',
	'nearest.ts',
];
const STORIES = [
	'main.ts',
	'cli.ts',
	'session.ts',
	'add.ts',
	'tools.ts',
	'speak.ts',
	'repeat.ts',
	'verify-session.ts',
	'verify.ts',
	'verify-project.ts',
	'verify-tools.ts',
];
/** Where a program begins: the command, and the probe, which runs in a process of its own. */
const EDGES = ['main.ts', 'probe/child/main.ts'];
/** What a room may import beside itself, model.ts and errors.ts; `type plan` is for `import type` alone. */
const ROOMS: Record<string, string[]> = {
	blueprints: ['nearest.ts'],
	completion: ['options.ts', 'blueprints'],
	dialects: ['source.ts'],
	inspect: ['source.ts', 'jsonc.ts', 'versions.ts', 'dialects'],
	plan: ['source.ts', 'jsonc.ts', 'versions.ts', 'dialects'],
	apply: [],
	checks: ['versions.ts'],
	probe: [],
	drill: ['versions.ts', 'inspect'],
	terminal: ['type plan'],
};
/** A drill has programs and a temporary folder of its own, which these files alone handle: a list, not a licence. */
const DRILLERS = {
	writes: ['drill/throwaway.ts', 'drill/children/keeper.ts'],
	process: ['drill/throwaway.ts', /^drill\/children\//],
	// The guard runs none: it takes the means away.
	runs: [
		'drill/throwaway.ts',
		'drill/programs.ts',
		'drill/children/keeper.ts',
		'drill/children/guard.ts',
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
const links = files.flatMap(({ path, imports }) =>
	imports
		.filter(({ name }) => name.startsWith('.'))
		.map(({ name, isType }) => ({ from: path, to: posix.join(posix.dirname(path), name), isType })),
);
const roomOf = (path: string): string => path.split('/')[0] ?? '';

it('lets a room import itself, the pure modules and what it is told, and nobody a story', () => {
	const breaches = links.filter(({ from, to, isType }) => {
		const [own, other] = [roomOf(from), roomOf(to)];
		if (STORIES.includes(own) || own === other) return false;
		const allowed = PURE.includes(own) ? PURE : ['model.ts', 'errors.ts', ...(ROOMS[own] ?? [])];
		return !allowed.includes(other) && !(isType && allowed.includes(`type ${other}`));
	});
	expect(breaches).toEqual([]);
	const rooms = new Set(files.map(({ path }) => roomOf(path)));
	expect([...rooms].sort()).toEqual([...PURE, ...STORIES, ...Object.keys(ROOMS)].sort());
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
						.getImportClauseOrThrow()
						.getText()
						.match(/[*\w]+/g) ?? [],
			)
			.filter((name) => WRITES.test(name))
			.map((name) => `${path}: ${name}`),
	);
	const elsewhere = writers.filter(
		(writer) =>
			!writer.startsWith('apply/') && !isListed(writer.replace(/:.*/, ''), DRILLERS.writes),
	);
	expect(elsewhere).toEqual([]);
});

it('runs programs in apply alone, and those of a drill', () => {
	const runners = files.filter(
		({ path, imports }) =>
			imports.some(({ name, isType }) => !isType && /^(node:child_process|execa)$/.test(name)) &&
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

it('keeps files within 200 lines, the nouns aside', () => {
	const long = files.filter(
		({ path, text }) => path !== 'model.ts' && text.split('\n').length > 201,
	);
	expect(long.map(({ path }) => path)).toEqual([]);
});
