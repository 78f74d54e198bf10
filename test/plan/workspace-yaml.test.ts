import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { addOverride } from '../../src/plan/workspace-yaml.ts';

const RUNTIME = { name: '@flue/runtime', spec: '2.0.3' };

describe('addOverride', () => {
	test.each([
		['an empty text', '', { overrides: { '@flue/runtime': '2.0.3' } }],
		[
			'a list without a line end',
			'packages:\n  - apps/*',
			{ packages: ['apps/*'], overrides: { '@flue/runtime': '2.0.3' } },
		],
		[
			'overrides of others, in their indentation',
			'overrides: # ours\n    # old\n    redis: ^5.12.1\npackages:\n    - apps/*\n',
			{ packages: ['apps/*'], overrides: { redis: '^5.12.1', '@flue/runtime': '2.0.3' } },
		],
		[
			'the very one in another version',
			'packages:\n  - apps/*\noverrides:\n  "@flue/runtime": $@flue/runtime\n  redis: 5.12.1\n',
			{ packages: ['apps/*'], overrides: { '@flue/runtime': '2.0.3', redis: '5.12.1' } },
		],
		[
			'a name that only begins alike',
			"overrides:\n  '@flue/runtime-tools': 1.0.0\n",
			{ overrides: { '@flue/runtime': '2.0.3', '@flue/runtime-tools': '1.0.0' } },
		],
		['a key without entries', 'overrides:\n', { overrides: { '@flue/runtime': '2.0.3' } }],
	])('it goes into %s', (_, text, expected) => {
		for (const lines of [text, text.replaceAll('\n', '\r\n')]) {
			const after = addOverride(lines, RUNTIME);
			expect(parse(after ?? '')).toEqual(expected);
			expect(/(?<!\r)\n/.test(after ?? '') && /\r\n/.test(after ?? '')).toBe(false);
			expect(addOverride(after ?? '', RUNTIME)).toBe(after);
		}
	});

	test.each(['overrides: { redis: 5.12.1 }\n', '"overrides": {}\n', 'overrides: &all\n  a: 1\n'])(
		'it leaves alone what it cannot add a line to: %j',
		(text) => {
			expect(addOverride(text, RUNTIME)).toBeNull();
		},
	);
});
