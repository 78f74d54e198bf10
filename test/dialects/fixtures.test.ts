// Every folder of fixtures/dialects is one config module: what is planned for it, and what Node then reads from it.
import { execFileSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import {
	applyInsertions,
	type CheckedKeyPlan,
	planKey,
	recogniseDialect,
} from '../../src/dialects/index.ts';
import type { Access, Import, Insertion } from '../../src/model/key-plan.ts';
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
	/** False where plain Node cannot load the module. */
	runtime?: 'node' | false;
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

/**
 * Imports the module in a child process that strips types, and evaluates the expression as db.ts would: with the variable
 * set, without it, and with an empty one.
 */
function valuesInNode(folder: string, text: string, { path, access, env, variable }: Run): Given[] {
	const place = makeTree({ 'package.json': '{"type":"module"}' });
	// Node strips no types below node_modules, so the libraries come to the module, by a link.
	symlinkSync(join(ROOT, 'node_modules'), join(place, 'node_modules'), 'junction');
	for (const name of readdirSync(join(FIXTURES, folder))) {
		if (/^(?:before\.ts|after\.ts|case\.json)$/.test(name)) continue;
		writeFileSync(join(place, name), readFileSync(join(FIXTURES, folder, name)));
	}
	writeFileSync(join(place, path), text);
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
}

function writeCase(folder: string, more: Partial<Case>): void {
	const path = join(FIXTURES, folder, 'case.json');
	const details = JSON.parse(readFileSync(path, 'utf8')) as Case;
	writeFileSync(path, `${JSON.stringify({ ...details, ...more }, null, 2)}\n`);
}

function writePlan(folder: string, before: string, plan: CheckedKeyPlan): void {
	if (plan.kind === 'unclear') return;
	if (plan.after !== before) writeFileSync(join(FIXTURES, folder, 'after.ts'), plan.after);
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
	const plan = planKey(path, before, variable);
	if (UPDATE) writePlan(folder, before, plan);
	const fixture = load(folder);

	it('is recognised as its dialect', () => {
		expect(recogniseDialect(path, before)).toBe(fixture.dialect);
	});

	if (fixture.unclear !== undefined || fixture.dialect === null) {
		it('is left alone, with a reason and something to paste', () => {
			expect(plan).toMatchObject({ kind: 'unclear', after: before });
			if (plan.kind !== 'unclear') return;
			expect(plan.reason).toContain(fixture.unclear ?? '');
			expect(plan.snippet).toMatch(/^[\w ]+(?::| =| default ) ?\S.*[,;]$/m);
		});
		return;
	}

	it('gets the key by insertions alone', () => {
		expect(plan).toMatchObject({ kind: 'ready' });
		expect(plan.after).toBe(fixture.after ?? before);
		if (plan.kind !== 'ready') return;
		expect(applyInsertions(before, plan.insertions)).toBe(plan.after);
		expect(withoutInsertions(plan.after, plan.insertions)).toBe(before);
		expect(plan.access).toEqual({ import: fixture.import, expression: fixture.expression });
	});

	it('is not changed a second time', () => {
		const again = planKey(path, plan.after, variable);
		expect(again).toMatchObject({ kind: 'ready', insertions: [], after: plan.after });
	});

	it('gives the very value of the variable in Node', ({ skip }) => {
		if (fixture.runtime !== 'node') {
			expect(fixture.because).toBeTruthy();
			skip(fixture.because);
		}
		if (plan.kind !== 'ready') throw new Error('no plan');
		const { env = {}, unset, empty } = fixture;
		const run = { path, access: plan.access, env, variable };
		const [set, ...missing] = valuesInNode(folder, plan.after, run);
		expect(set).toEqual({ value: ADDRESS });
		if (UPDATE) writeCase(folder, { unset: missing[0], empty: missing[1] });
		else if (unset !== undefined) expect(missing).toEqual([unset, empty]);
	});
});
