// Every record comes back exactly as it was given, whatever it is and however it was batched, and what is
// damaged is told.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { streamed } from '../bench/streamed.ts';
import { DamagedBatch } from '../src/streams/damage.ts';
import { baseOf, contextAfter, decode } from '../src/streams/decode.ts';
import { type Base, encode } from '../src/streams/encode.ts';
import type { Context } from '../src/streams/template.ts';

const SEED = Number(process.env.FLUE_MODEL_SEED ?? Date.now() % 1_000_000_000);
const MARK = '0123456789abcdef';

/** Writes batches as a stream of one producer. */
function write(
	batches: readonly (readonly unknown[])[],
	marks: readonly string[] = [MARK],
): string[] {
	const entries: string[] = [];
	let base: Base | undefined;
	for (const [offset, batch] of batches.entries()) {
		const { entry, context } = encode(batch, marks[offset % marks.length] ?? MARK, base);
		if (context) base = { offset, context };
		entries.push(entry);
	}
	return entries;
}

/** Reads one batch and all that it goes on from, as a reader does that has seen nothing. */
function readAt(entries: readonly string[], offset: number): { records: unknown[]; mark: string } {
	const contextAt = (at: number): Context => contextAfter(read(at));
	const read = (at: number) => {
		const entry = entries[at] ?? '';
		const base = baseOf(entry, at);
		return decode(entry, base === undefined ? undefined : contextAt(base));
	};
	return read(offset);
}

const ulid = fc.stringMatching(/^[0-7][0-9A-HJKMNP-TV-Z]{25}$/);
const time = fc
	.date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
	.map((date) => date.toISOString());
const value = fc.oneof(
	{ weight: 3, arbitrary: fc.string({ unit: 'binary' }) },
	{ weight: 3, arbitrary: ulid.map((id) => `record_${id}`) },
	{ weight: 2, arbitrary: time },
	{ weight: 2, arbitrary: fc.integer() },
	{
		weight: 1,
		arbitrary: fc.constantFrom('', '~', '\x1e', 'é'.repeat(1200), 'x'.repeat(1001), -0),
	},
	{ weight: 2, arbitrary: fc.jsonValue() },
);
const alike = fc.record(
	{
		v: fc.constant(1),
		id: ulid.map((id) => `record_${id}`),
		type: fc.constantFrom('a', 'b'),
		timestamp: time,
		sequence: fc.oneof(fc.nat(9), fc.double()),
		content: fc.constantFrom<unknown>([{ type: 'text', text: 'é' }], {}, null, 'text', [
			'x'.repeat(1200),
		]),
		delta: value,
	},
	{ requiredKeys: ['v', 'id', 'type', 'timestamp'] },
);
const anything = fc.oneof(
	{ weight: 6, arbitrary: alike as fc.Arbitrary<unknown> },
	{ weight: 1, arbitrary: fc.dictionary(fc.string(), value) as fc.Arbitrary<unknown> },
	{ weight: 1, arbitrary: fc.jsonValue() as fc.Arbitrary<unknown> },
	{
		weight: 1,
		arbitrary: fc.constantFrom<unknown>(
			JSON.parse('{"__proto__":{"a":1},"b":2}'),
			{ a: undefined, b: Number.NaN },
			{ when: new Date(0), list: [undefined] },
			{ 2: 'two', 1: 'one' },
		),
	},
);
const batches = fc.array(fc.array(anything, { minLength: 1, maxLength: 6 }), { maxLength: 12 });

describe('a batch', () => {
	it(`gives back any JSON text exactly, from any offset (seed ${SEED})`, () => {
		const property = fc.property(batches, (all) => {
			const entries = write(all, [MARK, '-'.repeat(16)]);
			for (const [offset, batch] of all.entries()) {
				const { records, mark } = readAt(entries, offset);
				expect(JSON.stringify(records)).toBe(JSON.stringify(batch));
				expect(mark).toBe(offset % 2 === 0 ? MARK : '-'.repeat(16));
			}
		});
		fc.assert(property, { seed: SEED, numRuns: 150 });
	});

	it('shares no object with another record, nor with what was given', () => {
		const given = Array.from({ length: 3 }, () => ({ type: 'a', content: [{ text: 'one' }] }));
		const { entry, context } = encode(given, MARK);
		(given[2] as (typeof given)[number]).content[0] = { text: 'changed' };
		const next = encode([{ type: 'a', content: [{ text: 'one' }] }], MARK, {
			offset: 0,
			context: context as Context,
		});
		const first = readAt([entry, next.entry], 0).records as typeof given;
		expect(new Set(first.map(({ content }) => content)).size).toBe(3);
		expect(new Set(first.map(({ content }) => content[0])).size).toBe(3);
		expect(readAt([entry, next.entry], 1).records).toEqual([
			{ type: 'a', content: [{ text: 'one' }] },
		]);
	});

	it('keeps what a list says of itself, though the one before had the same in every place', () => {
		const told = Object.assign(['one'], { toJSON: () => ['two'] });
		const { entry, context } = encode([{ type: 'a', content: ['one'] }], MARK);
		const next = encode([{ type: 'a', content: told }], MARK, {
			offset: 0,
			context: context as Context,
		});
		expect(readAt([entry, next.entry], 1).records).toEqual([{ type: 'a', content: ['two'] }]);
	});

	it('is text that every client carries: no tab, no line end, no zero, no lone half of a sign', () => {
		const property = fc.property(batches, (all) => {
			for (const entry of write(all)) expect(entry).not.toMatch(/[\0\t\n\r]|\p{Surrogate}/u);
		});
		fc.assert(property, { seed: SEED, numRuns: 50 });
	});
});

describe('a damaged batch', () => {
	it('is an error, whichever character is another, missing or too many', () => {
		const all = [...streamed({ turns: 2, deltas: 30 })];
		const entries = write([all.slice(0, 20), all.slice(20, 24), all.slice(24, 40), all.slice(40)]);
		const damaged = fc.record({
			offset: fc.nat(entries.length - 1),
			at: fc.nat(10_000),
			sign: fc.constantFrom('0', 'a', ' ', '\x04', '\x1e', '\x1f', 'é', '', '00'),
		});
		const property = fc.property(damaged, ({ offset, at, sign }) => {
			const good = entries[offset] as string;
			const place = at % good.length;
			const bad = good.slice(0, place) + sign + good.slice(place + 1);
			if (bad === good) return;
			expect(() => readAt(entries.with(offset, bad), offset)).toThrow(DamagedBatch);
		});
		fc.assert(property, { seed: SEED, numRuns: 1500 });
	});

	it('is an error too where the one that it goes on from is another', () => {
		const all = [...streamed({ turns: 1, deltas: 8 })];
		const entries = write(all.map((one) => [one]));
		const other = write([...streamed({ turns: 1, deltas: 8, id: 'other' })].map((one) => [one]));
		const last = entries.findLastIndex((entry, at) => baseOf(entry, at) !== undefined);
		const base = baseOf(entries[last] ?? '', last) ?? -1;
		expect(() => readAt(entries.with(base, other[base] ?? ''), last)).toThrow(/damaged/);
	});
});

describe('a stream', () => {
	it.each([
		[1, 3.9],
		[2, 3.2],
		[4, 2.9],
		[35, 2.45],
	])('in batches of %i takes less than %s times its text', (size, most) => {
		const all = [...streamed({ turns: 3, deltas: 600 })];
		const cut = Array.from({ length: Math.ceil(all.length / size) }, (_unused, index) =>
			all.slice(index * size, (index + 1) * size),
		);
		const stored = write(cut).reduce((sum, entry) => sum + entry.length + 4, 0);
		const text = all.reduce((sum, one) => sum + ('delta' in one ? String(one.delta).length : 0), 0);
		expect(stored / text).toBeLessThan(most);
	});

	it('can be read from the middle after few batches, however long it is', () => {
		const entries = write([...streamed({ turns: 60, deltas: 4 })].map((one) => [one]));
		const depths: number[] = [];
		for (const [offset, entry] of entries.entries()) {
			const base = baseOf(entry, offset);
			depths.push(base === undefined ? 0 : (depths[base] ?? 0) + 1);
		}
		expect(Math.max(...depths)).toBeLessThanOrEqual(32);
	});
});
