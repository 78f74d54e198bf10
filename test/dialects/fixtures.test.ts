// Every folder of fixtures/dialects is one config module: what is planned for it, and what Node then reads from it.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { buildSync } from 'esbuild';
import { describe, expect, it } from 'vitest';
import {
	applyInsertions,
	type CheckedKeyPlan,
	planKey,
	recogniseDialect,
} from '../../src/dialects/index.ts';
import type { Access, Import, Insertion, Neighbours } from '../../src/model/key-plan.ts';
import { node22 } from '../node22.ts';
import { makeTree } from '../tree.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const FIXTURES = join(ROOT, 'fixtures', 'dialects');
const ADDRESS = 'redis://user:p%40ss@canary:6379/3';

/** What comes out is written into the fixture, for a person to read. */
const UPDATE = process.env.UPDATE_FIXTURES !== undefined;

interface Case {
	variable: string;
	/** null: no dialect may claim the module. */
	dialect: string | null;
	/** The file's name, where its ending matters; `config.ts` unless told. */
	path?: string;
	/** A part of the reason, when the module is to be left alone. */
	unclear?: string;
	import?: Import | null;
	expression?: string;
	/** `bundled` where a bundler has to resolve what it imports; false where Node cannot load the module in any way. */
	runtime?: 'node' | 'bundled' | false;
	/** Why plain Node cannot load the module that has its key. */
	because?: string;
	env?: Record<string, string>;
	/** What db.ts gets where the variable is not set, and where it is empty: a value, null for none, or that nothing loads. */
	unset?: Given | undefined;
	empty?: Given | undefined;
}

type Given = { value: unknown } | 'throws';

function read(folder: string, name: string): string | null {
	const path = join(FIXTURES, folder, name);
	return existsSync(path) ? readFileSync(path, 'utf8') : null;
}

function load(folder: string) {
	const details = JSON.parse(read(folder, 'case.json') ?? '{}') as Case;
	const before = read(folder, 'before.ts') ?? '';
	return { ...details, path: details.path ?? 'config.ts', before, after: read(folder, 'after.ts') };
}

/** What must become of a file beside the module: `schema.after.ts`. */
function afterName(path: string): string {
	return path.replace(/\.ts$/, '.after.ts');
}

/** The files of a fixture beside its module, before or after a plan. */
function besideIn(folder: string, main: string, plan?: CheckedKeyPlan): Neighbours {
	const names = readdirSync(join(FIXTURES, folder)).filter(
		(name) => /\.ts$/.test(name) && !/^before\.ts$|(?:^|\.)after\.ts$/.test(name),
	);
	const stem = main.replace(/\.ts$/, '');
	const isUser = (name: string) =>
		(read(folder, name) ?? '').includes(`'./${stem}`) && name !== main;
	const users = names.filter(isUser).map((name) => read(folder, name) ?? '');
	const files = names.map((path) => {
		const text = plan?.others.find((one) => one.path === path)?.after;
		return { path, text: text ?? read(folder, path) ?? '' };
	});
	const targets = [main, ...names].flatMap((name) => {
		const stem = `./${name.replace(/\.ts$/, '')}`;
		return [stem, `${stem}.ts`, `${stem}.js`].map((specifier) => [specifier, name]);
	});
	const links = Object.fromEntries(
		[main, ...names].map((one) => [one, Object.fromEntries(targets)]),
	);
	return { files, links, users, importers: files };
}

/**
 * Imports the module in a child process that strips types, and evaluates the expression as db.ts would: with the variable
 * set, without it, and with an empty one.
 */
function valuesInNode(
	folder: string,
	text: string,
	{ path, access, env, variable, others, isBundled }: Run,
): Given[] {
	const place = makeTree({ 'package.json': '{"type":"module"}' });
	// Node strips no types below node_modules, so the libraries come to the module, by a link.
	symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'), 'junction');
	for (const name of readdirSync(join(FIXTURES, folder))) {
		if (/^(?:before\.ts|case\.json)$|(?:^|\.)after\.ts$/.test(name)) continue;
		writeFileSync(join(place, name), readFileSync(join(FIXTURES, folder, name)));
	}
	for (const other of others) writeFileSync(join(place, other.path), other.after);
	writeFileSync(join(place, path), text);
	if (isBundled) bundle(place, path);
	const { kind, name } = access.import ?? { kind: 'namespace', name: 'all' };
	const taken = { named: `{ ${name} }`, default: `{ default: ${name} }`, namespace: name };
	const entry = join(place, 'read.mjs');
	writeFileSync(
		entry,
		`process.exit = () => { throw new Error('process.exit'); };
		const given = [];
		for (const value of [${JSON.stringify(ADDRESS)}, undefined, '']) {
			delete process.env.${variable};
			if (value !== undefined) process.env.${variable} = value;
			try {
				const ${taken[kind]} = await import(${JSON.stringify(pathToFileURL(join(place, path)).href)} + '?' + given.length);
				given.push({ value: (${access.expression}) ?? null });
			} catch {
				given.push('throws');
			}
		}
		process.stdout.write('\\n' + JSON.stringify(given));\n`,
	);
	const output = execFileSync(node22(), ['--no-warnings', entry], {
		encoding: 'utf8',
		env: { PATH: process.env.PATH ?? '', ...env },
		stdio: ['ignore', 'pipe', 'ignore'],
	});
	return JSON.parse(output.slice(output.lastIndexOf('\n'))) as Given[];
}

interface Run {
	path: string;
	access: Access;
	env: Record<string, string>;
	variable: string;
	others: CheckedKeyPlan['others'];
	isBundled: boolean;
}

/** Puts the module and what it imports into its own place, as a bundler does; dotenv has no file to read there. */
function bundle(place: string, path: string): void {
	writeFileSync(join(place, 'nothing.js'), '');
	buildSync({
		absWorkingDir: place,
		entryPoints: [path],
		outfile: path,
		allowOverwrite: true,
		bundle: true,
		platform: 'node',
		format: 'esm',
		alias: { 'dotenv/config': './nothing.js' },
		logLevel: 'silent',
	});
}

function writeCase(folder: string, more: Partial<Case>): void {
	const path = join(FIXTURES, folder, 'case.json');
	const details = JSON.parse(readFileSync(path, 'utf8')) as Case;
	writeFileSync(path, `${JSON.stringify({ ...details, ...more }, null, 2)}\n`);
}

function writePlan(folder: string, before: string, plan: CheckedKeyPlan): void {
	if (plan.kind === 'unclear') return;
	if (plan.after !== before) writeFileSync(join(FIXTURES, folder, 'after.ts'), plan.after);
	for (const { path, after } of plan.others) {
		writeFileSync(join(FIXTURES, folder, afterName(path)), after);
	}
	const { import: how, expression } = plan.access;
	writeCase(folder, { import: how, expression });
}

/** The original must be what is left when the inserted pieces are taken out again. */
function withoutInsertions(text: string, insertions: Insertion[]): string {
	let shift = 0;
	let result = text;
	const inOrder = insertions.map((one) => one).sort((left, right) => left.at - right.at);
	for (const { at, text: added } of inOrder) {
		const start = at + shift;
		expect(text.slice(start, start + added.length)).toBe(added);
		shift += added.length;
	}
	for (const { at, text: added } of inOrder.reverse()) {
		shift -= added.length;
		result = result.slice(0, at + shift) + result.slice(at + shift + added.length);
	}
	return result;
}

describe.each(readdirSync(FIXTURES).sort())('%s', (folder) => {
	const { before, path, variable } = load(folder);
	const beside = besideIn(folder, path);
	const plan = planKey(path, before, variable, beside);
	if (UPDATE) writePlan(folder, before, plan);
	const fixture = load(folder);

	it('is recognised as its dialect', () => {
		expect(recogniseDialect(path, before, beside)).toBe(fixture.dialect);
	});

	if (fixture.unclear !== undefined || fixture.dialect === null) {
		it('is left alone, with a reason and something to paste', () => {
			expect(plan).toMatchObject({ kind: 'unclear', after: before });
			if (plan.kind !== 'unclear') return;
			expect(plan.reason).toContain(fixture.unclear ?? '');
			// Nothing where the key is there already, or where the module has to be mended first.
			expect(plan.snippet).toMatch(/^$|^[\w ]+(?::| =| default ) ?\S.*[,;]$/m);
			expect(before).not.toContain(plan.snippet.replace(/[:=].*$/s, ': ').padEnd(3, '\0'));
		});
		return;
	}

	it('gets the key by insertions alone', () => {
		expect(plan).toMatchObject({ kind: 'ready' });
		expect(plan.after).toBe(fixture.after ?? before);
		if (plan.kind !== 'ready') return;
		const own = plan.insertions.filter((one) => one.path === undefined);
		expect(applyInsertions(before, own)).toBe(plan.after);
		expect(withoutInsertions(plan.after, own)).toBe(before);
		for (const one of beside.files) {
			const after = plan.others.find(({ path }) => path === one.path)?.after ?? one.text;
			expect(after).toBe(read(folder, afterName(one.path)) ?? one.text);
			const inserted = plan.insertions.filter(({ path }) => path === one.path);
			expect(withoutInsertions(after, inserted)).toBe(one.text);
		}
		expect(plan.access).toEqual({ import: fixture.import, expression: fixture.expression });
	});

	it('is not changed a second time', () => {
		const again = planKey(path, plan.after, variable, besideIn(folder, path, plan));
		expect(again).toMatchObject({ kind: 'ready', insertions: [], after: plan.after });
	});

	it('gives the very value of the variable in Node', ({ skip }) => {
		if (!fixture.runtime) {
			expect(fixture.because).toBeTruthy();
			skip(fixture.because);
		}
		if (plan.kind !== 'ready') throw new Error('no plan');
		const { env = {}, unset, empty } = fixture;
		const isBundled = fixture.runtime === 'bundled';
		const run = { path, access: plan.access, env, variable, others: plan.others, isBundled };
		const [set, ...missing] = valuesInNode(folder, plan.after, run);
		expect(set).toEqual({ value: ADDRESS });
		if (UPDATE) writeCase(folder, { unset: missing[0], empty: missing[1] });
		else if (unset !== undefined) expect(missing).toEqual([unset, empty]);
		// Then the example file must not give it an empty value.
		const mayOnlyBeMissing = missing[0] !== 'throws' && missing[1] === 'throws';
		if (mayOnlyBeMissing) expect(plan.refusesEmpty).toBe(true);
	});
});
