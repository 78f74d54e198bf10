// What a drill finds of each noun, held against what it wrote: whole, gone, or something else.
import { describe, expect, it } from 'vitest';
import { openNouns } from '../../../../src/commands/verify/drill/lines.ts';
import {
	attachmentOf,
	compareAttachment,
} from '../../../../src/commands/verify/drill/nouns/attachment.ts';
import {
	batchesOf,
	compareRecords,
} from '../../../../src/commands/verify/drill/nouns/conversation.ts';
import {
	compareStreams,
	type FoundStream,
	streamsOf,
} from '../../../../src/commands/verify/drill/nouns/events.ts';
import {
	compareRuns,
	type FoundRuns,
	runsOf,
} from '../../../../src/commands/verify/drill/nouns/runs.ts';
import { compareSession, sessionOf } from '../../../../src/commands/verify/drill/nouns/session.ts';
import {
	compareSubmission,
	inputOf,
} from '../../../../src/commands/verify/drill/nouns/submission.ts';
import {
	compareTurn,
	type FoundTurn,
	turnOf,
} from '../../../../src/commands/verify/drill/nouns/turn.ts';
import { sampleOf } from '../../../../src/commands/verify/drill/sample.ts';
import type { Finding } from '../../../../src/commands/verify/drill/survival.ts';

const sample = sampleOf('nonce', 0);

/** `whole: 12 of 12 records` */
const told = ({ state, words }: Finding): string => `${state}: ${words}`;

it('a sample is the same in every process, and another one in each round', () => {
	const other = sampleOf('nonce', 1);
	expect(sampleOf('nonce', 0)).toEqual(sample);
	expect(other.path).not.toBe(sample.path);
	expect(attachmentOf(other).attachment.digest).not.toBe(attachmentOf(sample).attachment.digest);
});

describe('of the records', () => {
	const whole = batchesOf(sample).map((records, index) => ({ offset: String(index), records }));
	const [first, second, third, fourth] = whole;
	if (!first || !second || !third || !fourth) throw new Error('A sample has four batches.');
	const turned = whole.map(({ offset, records }) => ({
		offset,
		records: records.map((record) => Object.fromEntries(Object.entries(record).reverse())),
	}));
	const strange = (same: number, of: number) =>
		`other: ${same} of 12 records, ${of} doubled, changed or out of order`;

	it.each([
		['everything', whole, 'whole: 12 of 12 records'],
		['everything, with keys in another order', turned, 'whole: 12 of 12 records'],
		['nothing', [], 'gone: 0 of 12 records'],
		['a lost tail', [first, second], 'other: 6 of 12 records'],
		['a hole', [first, third, fourth], strange(3, 6)],
		['a doubled batch', [...whole, { ...fourth, offset: '9' }], strange(12, 3)],
		['a doubled offset', [first, second, third, { ...fourth, offset: '0' }], strange(12, 1)],
		['another order', [second, first, third, fourth], strange(6, 6)],
		['half a batch', [first, { ...second, records: second.records.slice(1) }], strange(3, 2)],
	])('%s is told', (_, found, words) => {
		expect(told(compareRecords(sample, found))).toBe(words);
	});
});

describe('of the submission', () => {
	const input = inputOf(sample, (message) => ({ payload: { message } }));
	const row = { submissionId: input.submissionId, status: 'queued', input };
	it.each<[string, Parameters<typeof compareSubmission>[1], string]>([
		['everything', { submission: row, runnable: [row] }, 'whole: the submission still runnable'],
		['nothing', { submission: null, runnable: [] }, 'gone: no submission'],
		['two', { submission: row, runnable: [row, row] }, 'other: the submission twice'],
		[
			'one out of the queue',
			{ submission: row, runnable: [] },
			'other: the submission no longer runnable',
		],
		[
			'one that is not ready',
			{ submission: { ...row, canonicalReadyAt: null }, runnable: [row] },
			'other: the submission no longer runnable',
		],
		[
			'one that says something else',
			{ submission: { ...row, input: { ...input, agent: 'x' } }, runnable: [row] },
			'other: the submission changed',
		],
	])('%s is told', (_, found, words) => {
		expect(told(compareSubmission(input, found))).toBe(words);
	});
});

it('of the attachment what is there, missing or changed is told', () => {
	const { attachment, bytes } = attachmentOf(sample);
	const other = new Uint8Array(3);
	expect(
		[{ attachment, bytes }, null, { attachment, bytes: other }].map((found) =>
			told(compareAttachment(sample, found)),
		),
	).toEqual([
		'whole: the attachment unchanged',
		'gone: no attachment',
		'other: the attachment changed',
	]);
});

it('of the session its last state is told from an earlier one', () => {
	expect(
		[6, 5, 0].map((steps) => told(compareSession(sample, steps ? sessionOf(sample, steps) : null))),
	).toEqual(['whole: the session unchanged', 'other: the session changed', 'gone: no session']);
});

describe('of the turn', () => {
	const { attempt, begun, written, segments } = turnOf(sample);
	const submission = { ...attempt, status: 'running', input: {} };
	const whole: FoundTurn = {
		submission,
		running: [submission],
		journal: {
			...begun,
			...written,
			phase: 'tool_request_recorded',
			committed: false,
			revision: 2,
		},
		segments,
	};
	it.each<[string, Partial<FoundTurn>, string]>([
		['everything', {}, 'whole: the turn in flight unchanged'],
		[
			'nothing',
			{ submission: null, running: [], journal: null, segments: [] },
			'gone: no turn in flight',
		],
		['no journal', { journal: null }, 'other: the turn in flight changed'],
		['a lost segment', { segments: segments.slice(1) }, 'other: the turn in flight changed'],
		['one that is queued again', { running: [] }, 'other: the turn in flight changed'],
		[
			'another attempt',
			{ submission: { ...submission, attemptId: 'x' } },
			'other: the turn in flight changed',
		],
	])('%s is told', (_, change, words) => {
		expect(told(compareTurn(sample, { ...whole, ...change }))).toBe(words);
	});
});

describe('of the runs', () => {
	const runs = runsOf(sample);
	const records = runs.map(({ start, end, status }) => ({ ...start, ...end, status }));
	const listed = runs.map(({ start, status }) => `${start.runId} ${status}`).reverse();
	const whole: FoundRuns = { records, listed, active: listed.slice(0, 1) };
	const [first = null, second = null] = records;
	it.each<[string, Partial<FoundRuns>, string]>([
		['everything', {}, 'whole: 3 of 3 workflow runs'],
		[
			'nothing',
			{ records: [null, null, null], listed: [], active: [] },
			'gone: 0 of 3 workflow runs',
		],
		[
			'a lost tail',
			{ records: [first, second, null], listed: listed.slice(1), active: [] },
			'other: 2 of 3 workflow runs',
		],
		[
			'a run that is active again',
			{ records: [{ ...runs[0]?.start, status: 'active' }, second, records[2] ?? null] },
			'other: 2 of 3 workflow runs, 1 doubled, changed or out of order',
		],
		['an index that forgot', { listed: [] }, 'other: 3 of 3 workflow runs, listed otherwise'],
		[
			'another order',
			{ listed: [...listed].reverse() },
			'other: 3 of 3 workflow runs, listed otherwise',
		],
		[
			'an index that alone is left',
			{ records: [null, null, null] },
			'other: 0 of 3 workflow runs, listed otherwise',
		],
	])('%s is told', (_, change, words) => {
		expect(told(compareRuns(sample, { ...whole, ...change }))).toBe(words);
	});
});

describe('of the event streams', () => {
	const whole: FoundStream[] = streamsOf(sample).map(({ events, closed }) => ({
		events: events.map((data, index) => ({ data, offset: String(index) })),
		closed,
	}));
	const [agent, run] = whole;
	if (!agent || !run) throw new Error('A sample has two streams.');
	const nothing = { events: [], closed: null };
	const end = 'of which one is open that was closed, or closed that was open';
	it.each<[string, FoundStream[], string]>([
		['everything', whole, 'whole: 12 of 12 events in 2 streams'],
		['nothing', [nothing, nothing], 'gone: 0 of 12 events in 2 streams'],
		['one of them', [agent, nothing], 'other: 6 of 12 events in 2 streams'],
		['their names', [{ ...agent, events: [] }, nothing], 'other: 0 of 12 events in 2 streams'],
		[
			'a doubled event',
			[{ ...agent, events: [...agent.events, { data: agent.events[5]?.data, offset: '6' }] }, run],
			'other: 12 of 12 events in 2 streams, 1 doubled, changed or out of order',
		],
		[
			'one that is open again',
			[agent, { ...run, closed: false }],
			`other: 12 of 12 events in 2 streams, ${end}`,
		],
	])('%s is told', (_, found, words) => {
		expect(told(compareStreams(sample, found))).toBe(words);
	});
});

it.each([
	['2.x', {}, 'its stores are not those of Flue 2.x'],
	[
		'1.0.0-beta.8',
		{ conversationStreamStore: {}, submissionStore: {}, attachmentStore: {} },
		'its stores are not those of Flue 1.0.0-beta.8 and beta.9, but those of Flue 2.x',
	],
	[
		'2.x',
		{ executionStore: { sessions: {}, submissions: {} }, runStore: {}, eventStreamStore: {} },
		'its stores are not those of Flue 2.x, but those of Flue 1.0.0-beta.5 to beta.7',
	],
] as const)('stores on %s that are of another line are named', (contract, stores, words) => {
	expect(() => openNouns(contract, stores)).toThrow(words);
	expect(() => openNouns(contract, null)).toThrow('its stores are not those');
});
