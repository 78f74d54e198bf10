// Where the marker of a db.ts is found, and where a line that looks like one is none.
import { describe, expect, it } from 'vitest';
import { partAtMarker } from '../../src/text/marker.ts';

const MARKER = '// flue-blueprint: database/redis@1\n';
const CODE = "import { redis } from '@flue/redis';\n";

describe('partAtMarker', () => {
	it.each([
		['first', ''],
		['behind a byte order mark', '\uFEFF'],
		['below a line', '// our header\n'],
		['below lines that end as on Windows', '// our header\r\n\r\n'],
		['below a licence', '/*\n * Copyright\n */\n\n// more\n'],
		['below a licence and a byte order mark', '\uFEFF/* Copyright */\n'],
	])('finds one that stands %s', (_, head) => {
		const text = head + MARKER + CODE;
		expect(partAtMarker(text)).toEqual({ head, marker: MARKER, body: CODE });
	});

	it.each([
		['below a statement', CODE + MARKER],
		['in a comment', `/*\n${MARKER}*/\n${CODE}`],
		['in a comment without an end', `/*\n${MARKER}${CODE}`],
		['behind something', `/* a */ ${MARKER}${CODE}`],
		['in a string', `\`\n${MARKER}\`;\n`],
		['as prose', `// flue-blueprint: see the docs\n${CODE}`],
	])('finds none %s', (_, text) => {
		expect(partAtMarker(text)).toEqual({ head: '', marker: '', body: text });
	});

	it('takes none where there are those of several blueprints', () => {
		const other = '// flue-blueprint: database/valkey@1\n';
		expect(partAtMarker(`// ours\n${MARKER}${other}${CODE}`)).toEqual({
			head: '',
			marker: '',
			body: `// ours\n${CODE}`,
		});
	});

	it('takes the first of two, and the other is no part of the body', () => {
		const text = `${MARKER}// our header\n${MARKER}${CODE}`;
		expect(partAtMarker(text)).toEqual({
			head: '',
			marker: MARKER,
			body: `// our header\n${CODE}`,
		});
		expect(partAtMarker(MARKER.trim())).toEqual({ head: '', marker: MARKER.trim(), body: '' });
	});
});
