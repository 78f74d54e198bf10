import { describe, expect, it } from 'vitest';
import { COMMAND_NAMES } from '../../src/cli/options.ts';
import { FlueError } from '../../src/errors.ts';
import type { Warning } from '../../src/model/found.ts';
import type { ManagerAtHand, Start } from '../../src/model/start.ts';
import type { Check } from '../../src/model/verification.ts';
import {
	accountInWords,
	checksInWords,
	errorInWords,
	nextInWords,
	outcomeInWords,
	pasteable,
	shellWord,
	wordsOf,
} from '../../src/terminal/words.ts';
import { makeFacts, makePlanned, makeWrite } from '../values.ts';

const NPM: ManagerAtHand = { name: 'npm', yarnIsBerry: null };
const PNPM: ManagerAtHand = { name: 'pnpm', yarnIsBerry: null };
const YARN_1: ManagerAtHand = { name: 'yarn', yarnIsBerry: false };
const YARN_4: ManagerAtHand = { name: 'yarn', yarnIsBerry: true };
const BUN: ManagerAtHand = { name: 'bun', yarnIsBerry: null };

function start(changes: Partial<Start> = {}): Start {
	return {
		name: 'flue-blueprints',
		way: 'fetched',
		said: ['flue-blueprints'],
		manager: NPM,
		...changes,
	};
}

const NPX = wordsOf(start(), {});

describe('wordsOf', () => {
	it.each<[ManagerAtHand, string, string]>([
		[NPM, 'npx flue-blueprints', 'npx flue-blueprints'],
		[PNPM, 'pnpm exec flue-blueprints', 'pnpm dlx flue-blueprints'],
		[YARN_1, 'yarn -s flue-blueprints', 'npx flue-blueprints'],
		[YARN_4, 'yarn flue-blueprints', 'yarn dlx flue-blueprints'],
		[BUN, 'bunx flue-blueprints', 'bunx flue-blueprints'],
	])('takes the words of %j', (manager, installed, fetched) => {
		expect(wordsOf(start({ way: 'installed', manager }), {}).own).toBe(installed);
		expect(wordsOf(start({ way: 'fetched', manager }), {}).own).toBe(fetched);
	});

	it("takes the project's own manager where none started the program, and npm where nothing says", () => {
		const bare = start({ way: 'installed', manager: null });
		expect(wordsOf(bare, { manager: PNPM }).own).toBe('pnpm exec flue-blueprints');
		expect(wordsOf(bare, {}).own).toBe('npx flue-blueprints');
		const told = start({ way: 'installed', manager: NPM });
		expect(wordsOf(told, { manager: PNPM }).own).toBe('npx flue-blueprints');
	});

	it('repeats what was typed, fit for a shell', () => {
		const said = ['node', "../it's here/bin/flue.js"];
		expect(wordsOf(start({ way: 'direct', said }), {}).own).toBe(
			"node '../it'\\''s here/bin/flue.js'",
		);
	});
});

describe('pasteable', () => {
	it.each(COMMAND_NAMES)('knows our command %s', (command) => {
		expect(pasteable(`Run \`flue ${command} x\`.`, NPX)).toBe(
			`Run \`npx flue-blueprints ${command} x\`.`,
		);
	});

	it.each([
		['`flue run` takes REDIS_URL from .env', '`flue run` takes REDIS_URL from .env'],
		['The one of `flue init`.', 'The one of `flue init`.'],
		['a word: flue add', 'a word: flue add'],
		['Run `flue --help`.', 'Run `npx flue-blueprints --help`.'],
		['Usage: flue [options] <command>', 'Usage: npx flue-blueprints [options] <command>'],
		['  flue add database redis  It is.', '  npx flue-blueprints add database redis  It is.'],
		['a\n  flue verify database', 'a\n  npx flue-blueprints verify database'],
		['Run `npx @flue/cli add`.', 'Run `npx @flue/cli add`.'],
		['`flue add $& $1`', '`npx flue-blueprints add $& $1`'],
	])('makes of %j %j', (text, said) => {
		expect(pasteable(text, NPX)).toBe(said);
	});

	it("names the framework's own command so that no stranger's package is fetched", () => {
		const words = (manager: ManagerAtHand) => wordsOf(start({ manager }), {});
		const said = [NPM, PNPM, YARN_1, YARN_4, BUN].map((manager) =>
			pasteable('`npx flue run`, `npx @flue/cli add`', words(manager)),
		);
		expect(said).toEqual([
			'`npx @flue/cli run`, `npx @flue/cli add`',
			'`pnpm exec flue run`, `pnpm dlx @flue/cli add`',
			'`yarn -s flue run`, `npx @flue/cli add`',
			'`yarn flue run`, `yarn dlx @flue/cli add`',
			'`bunx @flue/cli run`, `bunx @flue/cli add`',
		]);
	});

	it('names the project where it is not the working directory', () => {
		const words = wordsOf(start(), { cwd: 'my apps/bot' });
		expect(pasteable('`flue verify database`', words)).toBe(
			"`npx flue-blueprints verify database --cwd 'my apps/bot'`",
		);
		expect(pasteable('`flue add database redis --cwd x`', words)).not.toContain('my apps');
		expect(pasteable('`flue help errors`', words)).toBe('`npx flue-blueprints help errors`');
		expect(nextInWords({ command: 'npm install', why: '' }, words)?.command).toBe(
			"cd 'my apps/bot' && npm install",
		);
		expect(nextInWords({ command: 'flue verify database', why: '' }, words)?.command).toMatch(
			/^npx flue-blueprints verify database --cwd /,
		);
	});
});

it('rewords everything that is said of a run, and no file', () => {
	const warnings: Warning[] = [{ code: 'ENV_NOT_IGNORED', message: '`flue add`' }];
	const step = makeWrite({ after: '`flue add`\n' });
	const plan = makePlanned({ nextSteps: ['`flue verify database`'], warnings, steps: [step] });
	const check: Check = {
		id: 'project.entry',
		status: 'fail',
		message: '`flue add`',
		hint: '`flue add`',
	};
	const facts = makeFacts({ warnings });
	const said = accountInWords({ plan, checks: [check], facts }, NPX);
	const ours = '`npx flue-blueprints add`';
	expect(said.plan?.nextSteps).toEqual(['`npx flue-blueprints verify database`']);
	expect([said.plan?.warnings, said.facts?.warnings]).toEqual(
		Array(2).fill([{ code: 'ENV_NOT_IGNORED', message: ours }]),
	);
	expect(said.plan?.steps).toEqual([step]);
	expect(said.checks).toEqual([{ ...check, message: ours, hint: ours }]);
	expect(checksInWords([{ ...check, hint: null }], NPX)[0]?.hint).toBeNull();
	expect(outcomeInWords({ status: 'applied', plan, warnings }, NPX).warnings[0]?.message).toBe(
		ours,
	);
});

it('rewords an error and keeps the rest of it', () => {
	const cause = new Error('why');
	const details = { hint: '`flue add`', again: ['--x'], path: 'a', cause };
	const said = errorInWords(new FlueError('BUSY', '`flue add`', details), NPX);
	expect(said).toMatchObject({ code: 'BUSY', again: ['--x'], path: 'a', cause });
	expect([said.message, said.hint]).toEqual(Array(2).fill('`npx flue-blueprints add`'));
	expect(errorInWords(new FlueError('BUSY', 'x'), NPX).hint).toBeUndefined();
});

it.each([
	['a-b/c@^1.2', "'a-b/c@^1.2'"],
	['redis@5', 'redis@5'],
	["it's", "'it'\\''s'"],
	['', "''"],
])('writes %j as the word %s', (text, word) => {
	expect(shellWord(text)).toBe(word);
});
