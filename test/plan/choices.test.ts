import { describe, expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import type { Answers, Question, QuestionId } from '../../src/model/choices.ts';
import type { Facts } from '../../src/model/facts.ts';
import type { AddOptions } from '../../src/model/request.ts';
import { makeChoices, openQuestions, refuseCloudflare } from '../../src/plan/choices.ts';
import { answerUnattended } from '../../src/plan/unattended.ts';
import { refusalOf } from '../refusal.ts';
import { makeDraft, makeFacts, makeOptions, makeRuntimes, withEntry } from '../values.ts';

const OPEN_TARGET: Facts['target'] = {
	options: [
		{ value: 'node', from: 'flue.config.ts:4' },
		{ value: 'cloudflare', from: 'vite.config.ts:9' },
	],
	from: 'the target is an expression',
};
const OPEN_MANAGER: Facts['packageManager'] = {
	options: [
		{ value: 'yarn', from: 'yarn.lock' },
		{ value: 'npm', from: 'package-lock.json' },
	],
	from: 'yarn.lock and package-lock.json',
};
const ALL_OPEN = makeFacts({
	target: OPEN_TARGET,
	packageManager: OPEN_MANAGER,
	runtimes: makeRuntimes({
		copies: [
			{ path: 'node_modules/@flue/runtime', version: '2.1.0' },
			{ path: 'node_modules/@flue/cli/node_modules/@flue/runtime', version: '2.0.3' },
		],
	}),
	...withEntry('mine'),
});

const ALL: QuestionId[] = ['target', 'package-manager', 'replace', 'align-runtime', 'reconnect'];

function idsOf(questions: Question[]): QuestionId[] {
	return questions.map(({ id }) => id);
}

function choose(facts: Facts, said: Partial<AddOptions>, answers: Answers = {}) {
	const options = makeOptions(said);
	const known = { blueprint: redis, facts, options, draft: makeDraft(), copy: null };
	return makeChoices(known, answers);
}

describe('openQuestions', () => {
	it('asks of a plain project only whether to reconnect', () => {
		expect(idsOf(openQuestions(makeFacts(), makeOptions(), makeDraft()))).toEqual(['reconnect']);
	});

	it('asks all that is open, in one order', () => {
		expect(idsOf(openQuestions(ALL_OPEN, makeOptions(), makeDraft('other')))).toEqual(ALL);
	});

	it.each<[QuestionId, Partial<AddOptions>]>([
		['target', { target: 'node' }],
		['package-manager', { packageManager: 'bun' }],
		['replace', { replace: true }],
		['align-runtime', { alignRuntime: true }],
		['align-runtime', { alignRuntime: false }],
		['reconnect', { reconnect: true }],
		['reconnect', { reconnect: false }],
	])('does not ask for %s with %j', (id, said) => {
		const asked = idsOf(openQuestions(ALL_OPEN, makeOptions(said), makeDraft('other')));
		expect(asked).toEqual(ALL.filter((one) => one !== id));
	});

	it.each(['absent', 'scaffold', 'same'] as const)(
		'replaces what is %s without a question',
		(state) => {
			expect(idsOf(openQuestions(makeFacts(), makeOptions(), makeDraft(state)))).not.toContain(
				'replace',
			);
		},
	);

	it('does not ask how to write what is written already', () => {
		expect(openQuestions(makeFacts(), makeOptions(), makeDraft('same'))).toEqual([]);
	});

	it('offers each candidate with its evidence, and names the flag with the values', () => {
		const [target, manager] = openQuestions(ALL_OPEN, makeOptions(), makeDraft());
		expect(target).toMatchObject({
			flag: '--target node',
			initial: 'node',
			options: [
				{ value: 'node', hint: 'flue.config.ts:4' },
				{ value: 'cloudflare', hint: 'vite.config.ts:9' },
			],
		});
		expect(manager).toMatchObject({ flag: '--package-manager yarn|npm', initial: 'yarn' });
	});

	it.each([
		[{}, 'It is not what this command writes'],
		[{ writtenBy: 'redis' }, 'It was edited after this command wrote it'],
		[{ writtenBy: 'redis', isToldOtherwise: true }, 'This command wrote it, with other options'],
		[{ writtenBy: 'valkey' }, 'It is the one of the valkey blueprint'],
	])('says of an entry with %j whose work it is', (changes, words) => {
		const draft = { ...makeDraft('other'), ...changes };
		expect(openQuestions(makeFacts(), makeOptions(), draft)[0]?.message).toContain(words);
	});

	it('says what replacing takes away', () => {
		const entryUse = {
			exports: ['store', 'pool'],
			importedBy: ['src/a.ts'],
			inGit: true,
			beside: [],
			hasCopy: false,
		};
		const facts = makeFacts({ ...withEntry('mine', 'lib/db.mts'), entryUse });
		const [question] = openQuestions(facts, makeOptions(), makeDraft('other'));
		for (const word of ['lib/db.mts', 'store, pool', 'src/a.ts', 'git'])
			expect(question?.message).toContain(word);
		expect(question?.initial).toBe(false);
		const unsaved = makeFacts({ ...withEntry('mine'), entryUse: { ...entryUse, inGit: false } });
		expect(openQuestions(unsaved, makeOptions(), makeDraft('other'))[0]?.message).toContain('.bak');
	});
});

describe('answerUnattended', () => {
	it('names the flag of every question at once', () => {
		const questions = openQuestions(ALL_OPEN, makeOptions(), makeDraft('other'));
		const error = refusalOf(() => answerUnattended(questions));
		expect(error).toMatchObject({ code: 'NEEDS_ANSWER', status: 2 });
		for (const flag of ['--target node', '--package-manager yarn|npm', '--replace'])
			expect(error.hint).toContain(flag);
		expect(error.hint).not.toContain('--reconnect');
	});

	it('stays with the documented text where only that is open', () => {
		const questions = openQuestions(makeFacts(), makeOptions(), makeDraft());
		expect(answerUnattended(questions)).toEqual({ reconnect: false });
		expect(answerUnattended([])).toEqual({});
	});

	it('needs neither a manager nor a replacement for a text that is only printed', () => {
		const facts = makeFacts({ packageManager: OPEN_MANAGER, ...withEntry('mine') });
		const questions = openQuestions(facts, makeOptions({ print: true }), makeDraft('other'));
		expect(answerUnattended(questions)).toEqual({
			'package-manager': 'yarn',
			replace: false,
			reconnect: false,
		});
	});
});

describe('refuseCloudflare', () => {
	it('names the file and line that decides', () => {
		const error = refusalOf(() =>
			refuseCloudflare({ value: 'cloudflare', from: 'flue.config.ts:7' }),
		);
		expect(error).toMatchObject({ code: 'UNSUPPORTED_TARGET', status: 1 });
		expect(error.message).toContain('flue.config.ts:7');
	});

	it('lets the rest pass', () => {
		expect(() => refuseCloudflare({ value: 'node', from: '' })).not.toThrow();
		expect(() => refuseCloudflare(OPEN_TARGET)).not.toThrow();
	});
});

describe('makeChoices', () => {
	it('takes what the files say', () => {
		expect(choose(makeFacts(), {})).toEqual({
			blueprint: redis,
			target: { value: 'node', from: 'flue.config.ts:1' },
			packageManager: { value: 'npm', from: 'package-lock.json' },
			replaceDb: false,
			reconnect: false,
			copy: null,
			alignRuntime: null,
			adapter: undefined,
		});
	});

	it('prefers --package-manager to the files', () => {
		const chosen = choose(makeFacts(), { packageManager: 'bun' });
		expect(chosen.packageManager).toEqual({ value: 'bun', from: '--package-manager' });
	});

	it('settles an open target by flag or answer, and keeps the evidence', () => {
		const facts = makeFacts({ target: OPEN_TARGET });
		expect(choose(facts, { target: 'node' }).target).toEqual({ value: 'node', from: '--target' });
		expect(choose(facts, {}, { target: 'node' }).target).toEqual({
			value: 'node',
			from: 'answered; flue.config.ts:4',
		});
	});

	it('lets --target override no literal cloudflare, and no answer choose it', () => {
		const literal = makeFacts({ target: { value: 'cloudflare', from: 'flue.config.ts:7' } });
		expect(refusalOf(() => choose(literal, { target: 'node' })).code).toBe('UNSUPPORTED_TARGET');
		const open = makeFacts({ target: OPEN_TARGET });
		const error = refusalOf(() => choose(open, {}, { target: 'cloudflare' }));
		expect(error.code).toBe('UNSUPPORTED_TARGET');
		expect(error.message).toContain('vite.config.ts:9');
	});

	it('keeps the evidence of a target that the files settle, whatever --target repeats', () => {
		expect(choose(makeFacts(), { target: 'node' }).target.from).toBe('flue.config.ts:1');
	});

	it('calls an open question without an answer a defect', () => {
		const facts = makeFacts({ packageManager: OPEN_MANAGER });
		expect(refusalOf(() => choose(facts, {})).code).toBe('INTERNAL');
	});

	it.each([
		[{ replace: true }, {}, true],
		[{}, { replace: true }, true],
		[{}, { replace: false }, false],
		[{}, {}, false],
	])('replaces with %j and the answers %j: %s', (said, answers, expected) => {
		expect(choose(makeFacts(), said, answers).replaceDb).toBe(expected);
	});

	it.each([
		[{ reconnect: true }, { reconnect: false }, true],
		[{ reconnect: false }, { reconnect: true }, false],
		[{}, { reconnect: true }, true],
		[{}, {}, false],
	])('reconnects with %j and the answers %j: %s', (said, answers, expected) => {
		expect(choose(makeFacts(), said, answers).reconnect).toBe(expected);
	});

	it('keeps the listener that is there', () => {
		const draft = makeDraft('same', true);
		const known = {
			blueprint: redis,
			facts: makeFacts(),
			options: makeOptions(),
			draft,
			copy: null,
		};
		expect(makeChoices(known, {}).reconnect).toBe(true);
	});
});
