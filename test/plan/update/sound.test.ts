// A merge without a conflict is no merge that can be loaded; and what a version changed is taken back exactly.
import { createTwoFilesPatch } from 'diff';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BLUEPRINTS } from '../../../src/blueprints/index.ts';
import { readTemplate } from '../../../src/package/template.ts';
import { faultOf, withoutTwinImports } from '../../../src/plan/update/sound.ts';
import { knownVersions, templateAt } from '../../../src/plan/update/versions.ts';
import { editsBetween, withEdits } from '../../../src/text/merge.ts';
import { unpatched } from '../../../src/text/patch.ts';

describe('a merged module', () => {
	it.each([
		['const a = 1;\n', ['const a = 1;\n'], null],
		['const a = ;\n', [''], /does not parse/],
		['const a = 1;\nconst a = 2;\n', ['const a = 1;\n'], /declares a twice/],
		["import { a } from 'x';\nimport { a } from 'y';\n", [''], /declares a twice/],
		['export default 1;\nexport default 2;\n', [''], /a default export twice/],
		[
			'const store = 1;\nclient.close();\n',
			['const store = 1;\n', 'const client = 1;\n'],
			/uses client/,
		],
		['const { a } = {};\nfor (const b of [a]) b;\n', [''], null],
		['try {} catch (error) { error; }\n', [''], null],
		['console.log(1);\n', ['console.log(2);\n'], null],
		[
			'function a(b: number): void;\nfunction a(): void {}\n',
			['function a(b: number): void;\nfunction a(): void {}\n'],
			null,
		],
	])('%j', (text, sources, fault) => {
		const found = faultOf(text, sources);
		if (fault === null) expect(found).toBeNull();
		else expect(found).toMatch(fault);
	});

	it('has an import once that both have added', () => {
		const twins =
			"import { a } from 'x';\nimport { b } from 'y';\nimport { a } from \"x\"\na(b);\n";
		expect(withoutTwinImports(twins)).toBe(
			"import { a } from 'x';\nimport { b } from 'y';\na(b);\n",
		);
	});
});

const LINES = fc.array(fc.constantFrom('a', 'b', 'const c = 1;', '', '  @@', '-x', '+y'), {
	maxLength: 12,
});
const textOf = (lines: string[]) => lines.map((line) => `${line}\n`).join('');

describe('texts', () => {
	it('come back from the unified diff of what became of them', () => {
		fc.assert(
			fc.property(LINES, LINES, fc.integer({ min: 0, max: 3 }), (one, other, context) => {
				const [before, after] = [textOf(one), textOf(other)];
				const diff = createTwoFilesPatch('a', 'b', before, after, '', '', { context });
				expect(unpatched(after, diff)).toBe(before);
			}),
		);
	});

	it('become each other by their edits, whatever stands in them', () => {
		fc.assert(
			fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (before, after) => {
				expect(withEdits(before, editsBetween(before, after))).toBe(after);
			}),
		);
	});

	it('are known of every version of every blueprint', () => {
		for (const blueprint of BLUEPRINTS) {
			const template = readTemplate(blueprint);
			const versions = knownVersions(blueprint);
			expect(versions).toEqual(versions.map((_, index) => blueprint.version - index));
			for (const version of versions)
				expect(templateAt(blueprint, template, version)).toMatch(/\S/);
			expect(templateAt(blueprint, template, blueprint.version + 1)).toBeNull();
		}
	});
});
