import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import type { Style } from '../../src/model/facts.ts';
import { readTemplate } from '../../src/package/template.ts';
import { sameProgram } from '../../src/plan/entry-state.ts';
import { type RenderOptions, renderDb } from '../../src/plan/render.ts';
import { CANONICAL_STYLE, styleText } from '../../src/plan/style-text.ts';
import { morph, parse, syntaxErrors } from '../../src/text/source.ts';

const template = readTemplate(redis);
const access = { import: { kind: 'named', name: 'env' }, expression: 'env.REDIS_URL' } as const;

function render(options: Partial<RenderOptions> = {}): string {
	return renderDb(template, {
		blueprint: redis,
		variable: 'REDIS_URL',
		module: { specifier: './env.ts', access },
		keyPrefix: 'app',
		inspectServer: false,
		reconnect: true,
		style: CANONICAL_STYLE,
		...options,
	});
}

const STYLES: Style[] = ['\t', '  ', '    ', '   '].flatMap((indent) =>
	(["'", '"'] as const).flatMap((quote) =>
		[true, false].flatMap((semicolons) =>
			(['\n', '\r\n'] as const).map((lineEnding) => ({ indent, quote, semicolons, lineEnding })),
		),
	),
);

const style = fc.constantFrom(...STYLES);

/** Every string of a program, as it is at run time. */
function stringsOf(text: string): string[] {
	const { SyntaxKind } = morph();
	return parse('db.ts', text)
		.getDescendantsOfKind(SyntaxKind.StringLiteral)
		.map((node) => node.getLiteralValue());
}

describe('styleText', () => {
	it('leaves the canonical style alone', () => {
		expect(styleText(render(), CANONICAL_STYLE)).toBe(render());
	});

	it.each(STYLES)('writes the same program with %j', (one) => {
		const text = styleText(render(), one);
		expect(syntaxErrors(parse('db.ts', text))).toEqual([]);
		expect(sameProgram(text, render())).toBe(true);
		expect(stringsOf(text)).toEqual(stringsOf(render()));
	});

	it.each(STYLES)('writes nothing else than %j', (one) => {
		const text = styleText(render(), one);
		const lines = text.split(one.lineEnding);
		const indents = lines.map((line) => /^[ \t]*/.exec(line)?.[0] ?? '');
		expect(indents.every((indent) => indent.replaceAll(one.indent, '') === '')).toBe(true);
		expect(indents).toContain(one.indent);
		expect(lines.join('')).not.toMatch(/[\r\n]/);
		expect(lines.some((line) => line.endsWith(';'))).toBe(one.semicolons);
		expect(text.includes(`from ${one.quote}redis${one.quote}`)).toBe(true);
	});

	it('keeps every key prefix what it is, in every style', () => {
		const mark = fc.constantFrom(
			'"',
			"'",
			'\\',
			'`',
			'$',
			'{',
			'  ',
			'\u2028  ',
			'\uFEFF',
			'//',
			'a',
			':',
		);
		const prefix = fc.oneof(
			fc.array(mark, { minLength: 1, maxLength: 8 }).map((marks) => marks.join('')),
			fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/\p{Cc}/u.test(text)),
		);
		fc.assert(
			fc.property(prefix, style, (keyPrefix, one) => {
				const text = render({ keyPrefix, style: one });
				expect(syntaxErrors(parse('db.ts', text))).toEqual([]);
				expect(stringsOf(text)).toContain(keyPrefix);
				expect(sameProgram(text, render({ keyPrefix }))).toBe(true);
			}),
			{ numRuns: 60 },
		);
	});
});
