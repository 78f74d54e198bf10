import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { spliceText } from '../../src/plan/splice.ts';

describe('spliceText', () => {
	it('replaces, inserts and removes, all by offsets into the original', () => {
		const splices = [
			{ start: 8, end: 8, text: '!' },
			{ start: 0, end: 3, text: 'ONE' },
			{ start: 4, end: 5, text: '' },
		];
		expect(spliceText('one two3', splices)).toBe('ONE wo3!');
	});

	it('keeps the order of what is inserted at one place', () => {
		const at = (text: string) => ({ start: 1, end: 1, text });
		expect(spliceText('ab', [at('1'), at('2'), at('3')])).toBe('a123b');
	});

	it('changes nothing without splices', () => {
		expect(spliceText('text', [])).toBe('text');
	});

	it('gives the kept and the new pieces in their order, in whatever order it is told', () => {
		const pieces = fc.array(fc.record({ kept: fc.string(), old: fc.string(), text: fc.string() }), {
			maxLength: 6,
		});
		fc.assert(
			fc.property(pieces, fc.string(), fc.func(fc.nat()), (all, rest, rank) => {
				let original = '';
				const splices = all.map(({ kept, old, text }) => {
					const start = original.length + kept.length;
					original += kept + old;
					return { start, end: start + old.length, text };
				});
				const expected = all.map(({ kept, text }) => kept + text).join('') + rest;
				const original2 = original + rest;
				expect(spliceText(original2, splices)).toBe(expected);
				// Splices at the same place keep their order; the others may come in any.
				const isApart = new Set(splices.map(({ start }) => start)).size === splices.length;
				const shuffled = isApart
					? [...splices].sort((a, b) => rank(a.start) - rank(b.start))
					: splices;
				expect(spliceText(original2, shuffled)).toBe(expected);
			}),
		);
	});

	it('does not change the list that it is given', () => {
		const splices = Object.freeze([
			{ start: 1, end: 1, text: 'b' },
			{ start: 0, end: 0, text: 'a' },
		]);
		expect(spliceText('xy', [...splices])).toBe('axby');
	});
});
