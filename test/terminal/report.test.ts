import { stripVTControlCharacters } from 'node:util';
import { describe, expect, it } from 'vitest';
import { BLUEPRINTS } from '../../src/blueprints/index.ts';
import { ERROR_CODES, FlueError } from '../../src/errors.ts';
import type { Warning } from '../../src/model/found.ts';
import type { Status } from '../../src/model/plan.ts';
import { laidOut } from '../../src/terminal/page.ts';
import {
	errorCodeLines,
	errorLines,
	factLines,
	listLines,
	outcomeLines,
	planLines,
	warningLines,
} from '../../src/terminal/report.ts';
import { makeFacts, makePlanned, makeSecretPlan, makeWrite, withEntry } from '../values.ts';

const plain = (lines: string[]): string[] => laidOut(lines, { columns: null, colors: false });
const coloured = (lines: string[]): string[] => laidOut(lines, { columns: null, colors: true });

const PLAN = makePlanned({
	steps: [
		makeWrite({ path: 'package.json', before: '{}\n', after: '{ "a": 1 }\n' }),
		{ kind: 'install', command: 'pnpm', args: ['install', '--no-frozen-lockfile'] },
		makeWrite({
			path: '.env',
			before: 'A=canary\n',
			after: 'A=canary\nREDIS_URL=\n',
			shown: 'additions',
		}),
		makeWrite({ after: '-- a\n' }),
	],
	nextSteps: ['Set it.', 'Start it.'],
});

describe('planLines', () => {
	it('tells each step in order, with its diff and without a secret', async () => {
		expect(plain(await planLines(PLAN, 'whole'))).toEqual([
			'update package.json',
			'  @@ -1,1 +1,1 @@',
			'  -{}',
			'  +{ "a": 1 }',
			'run pnpm install --no-frozen-lockfile',
			'update .env',
			'  +REDIS_URL=',
			'create src/db.ts',
			'  @@ -0,0 +1,1 @@',
			'  +-- a',
		]);
	});

	it('shows a person the head of a long diff, and says how to see the rest', async () => {
		const text = (count: number): string =>
			Array.from({ length: count }, (_, at) => `line ${at}\n`).join('');
		const lines = async (count: number) =>
			plain(await planLines(makePlanned({ steps: [makeWrite({ after: text(count) })] }), 'head'));
		expect(await lines(8)).toHaveLength(9);
		expect(await lines(9)).toEqual([
			'create src/db.ts',
			...[0, 1, 2, 3, 4, 5].map((at) => `  +line ${at}`),
			'  … 3 more lines; --dry-run shows all of them',
		]);
		const short = makeWrite({ path: 'package.json', before: '{}\n', after: '{ "a": 1 }\n' });
		expect(plain(await planLines(makePlanned({ steps: [short] }), 'head'))).toEqual([
			'update package.json',
			'  -{}',
			'  +{ "a": 1 }',
		]);
	});

	it('shows a line of the file that looks like a header of the diff', async () => {
		const steps = [makeWrite({ before: '-- old\n', after: '++ new\n' })];
		expect(plain(await planLines(makePlanned({ steps }), 'whole'))).toEqual([
			'update src/db.ts',
			'  @@ -1,1 +1,1 @@',
			'  --- old',
			'  +++ new',
		]);
	});

	it('colours without changing a word', async () => {
		const lines = await planLines(PLAN, 'whole');
		const shown = coloured(lines);
		expect(shown.map((line) => stripVTControlCharacters(line))).toEqual(plain(lines));
		expect(shown[0]).toBe('\u001b[1mupdate\u001b[22m \u001b[36mpackage.json\u001b[39m');
		expect(shown[2]).toBe('  \u001b[31m-\u001b[39m\u001b[31m{}\u001b[39m');
		expect(shown[3]).toBe('  \u001b[32m+\u001b[39m\u001b[32m{ "a": 1 }\u001b[39m');
		expect(shown[6]).toContain('\u001b[32m');
	});
});

describe('factLines', () => {
	it('tells each fact with what it rests on', () => {
		const lines = plain(factLines(makeFacts(), makeSecretPlan())).map((line) =>
			line.replace(/ {2,}/, ': '),
		);
		expect(lines).toEqual([
			'project: /app',
			'runtime: 2.0.3, because of package-lock.json',
			'target: node, because of flue.config.ts:1',
			'package manager: npm, because of package-lock.json',
			'source root: src, because of src/',
			'db entry: src/db.ts (new)',
			'secrets: none, because nothing that holds secrets; db.ts reads process.env.REDIS_URL',
			'style: as in src/agents/hello.ts',
		]);
	});

	it('tells what is open, with every candidate', () => {
		const facts = makeFacts({
			packageManager: {
				options: [
					{ value: 'npm', from: 'package-lock.json' },
					{ value: 'yarn', from: 'yarn.lock' },
				],
				from: 'package-lock.json and yarn.lock',
			},
			sourceRoot: { value: '', from: 'no src/' },
			runtime: null,
			...withEntry('old'),
		});
		const text = plain(factLines(facts, makeSecretPlan())).join('\n');
		expect(text).toContain('open: npm (package-lock.json) or yarn (yarn.lock)');
		expect(text).toMatch(/source root +\., because/);
		expect(text).toMatch(/runtime +unknown; package\.json/);
		expect(text).toMatch(/db entry +src\/db\.ts$/m);
	});
});

describe('outcomeLines', () => {
	it.each<[Status, string]>([
		['applied', 'Done.'],
		['unchanged', 'Unchanged'],
		['previewed', 'Nothing was changed'],
		['declined', 'Declined'],
	])('says %s as %s', (status, start) => {
		const lines = plain(outcomeLines({ status, plan: PLAN }));
		expect(lines[0]?.startsWith(start)).toBe(true);
		expect(lines.includes('  2. Start it.')).toBe(status !== 'declined');
		expect(lines.includes('  created src/db.ts')).toBe(status === 'applied');
	});

	it('sums up what was done', () => {
		expect(plain(outcomeLines({ status: 'applied', plan: PLAN })).slice(1, 5)).toEqual([
			'  updated package.json',
			'  ran pnpm install --no-frozen-lockfile',
			'  updated .env',
			'  created src/db.ts',
		]);
	});
});

describe('errorLines', () => {
	const cause = new Error('the reason');
	const error = new FlueError('BUSY', 'Another run.', { hint: 'Wait.', cause });

	it('gives code, message and hint, and the cause to whoever debugs', () => {
		expect(plain(errorLines(error, { debug: false }))).toEqual([
			'error BUSY: Another run.',
			'hint: Wait.',
		]);
		expect(plain(errorLines(error, { debug: true }))[2]).toBe('Error: the reason');
		const bare = new FlueError('BUSY', 'Another run.', { cause: 'what it printed' });
		expect(plain(errorLines(bare, { debug: true }))).toEqual([
			'error BUSY: Another run.',
			'what it printed',
		]);
	});

	it('takes the password out of an address, in the cause too', () => {
		const told = 'git+https://me:canary@h/a.git not found';
		const failed = new FlueError('INSTALL_FAILED', told, { cause: new Error(told) });
		const text = plain(errorLines(failed, { debug: true })).join('\n');
		expect(text).toContain('git+https://***@h/a.git');
		expect(text).not.toContain('canary');
	});

	it('colours the code', () => {
		expect(coloured(errorLines(error, { debug: false }))[0]).toBe(
			'\u001b[31merror BUSY\u001b[39m: Another run.',
		);
	});
});

describe('the tables', () => {
	it('hold every blueprint and every error code, aligned', () => {
		const rows = plain(listLines(BLUEPRINTS)).slice(1);
		const widest = Math.max(...BLUEPRINTS.map(({ name }) => name.length));
		const starts = BLUEPRINTS.map(({ description }, index) => rows[index]?.indexOf(description));
		expect(starts).toEqual(BLUEPRINTS.map(() => '  flue add database '.length + widest + 2));
		const text = plain(errorCodeLines()).join('\n');
		const codes = text.match(/^ {2}[A-Z_]+ +\d+ {2}\S.*$/gm) ?? [];
		expect(codes).toHaveLength(Object.keys(ERROR_CODES).length);
		expect(new Set(codes.map((row) => /\d+ {2}/.exec(row)?.index)).size).toBeLessThan(4);
	});

	it('give a warning its code', () => {
		const warnings: Warning[] = [{ code: 'ENV_NOT_IGNORED', message: 'Mind it.' }];
		expect(plain(warningLines(warnings))).toEqual(['warning ENV_NOT_IGNORED: Mind it.']);
		expect(coloured(warningLines(warnings))).toEqual([
			'\u001b[33mwarning ENV_NOT_IGNORED\u001b[39m: Mind it.',
		]);
	});
});
