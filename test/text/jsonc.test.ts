import { expect, it } from 'vitest';
import { faultIn } from '../../src/text/jsonc.ts';

it.each([
	['', 'line 1, column 1'],
	['{\n  "a": 1\n  "b": "canary"\n}', 'line 3, column 3'],
	['{\r\n  "a": 1,\r\n}', 'line 3, column 1'],
	['\uFEFF{ "a": canary }', 'line 1, column 8'],
	['{\n// canary\n}', 'line 2, column 1'],
	['{ "a": "canary\n" }', 'line 1, column 8'],
	['{"a":"\\canary"}', 'line 1, column 6'],
	['{} canary', 'line 1, column 4'],
])('says where %j stops being JSON, and nothing of what stands there', (text, place) => {
	expect(faultIn(text)).toBe(place);
});
