import { describe, expect, it } from 'vitest';
import { withEnvKey } from '../../src/plan/env-file.ts';
import { withoutEnvKey, withoutEnvValue } from '../../src/plan/removal/env.ts';

const NAME = 'REDIS_URL';
const FILES: Record<string, string> = {
	plain: 'A=1\nB=2\n',
	'comments above each': '# The port\nPORT=1\n\n# The model\nMODEL=x\n',
	'no last line end': '# The port\nPORT=1\n\n# The model\nMODEL=x',
	CRLF: '# The port\r\nPORT=1\r\n\r\n# The model\r\nMODEL=x\r\n',
	exports: 'export A="1"\nexport B="2"\n',
	groups: '# ---- One ----\nA=1\n\n# ---- Two ----\nB=2\n',
	'a group of its kind': 'A=1\n\nDATABASE_URL=x\n\nB=2\n',
	empty: '',
};

/** As somebody gives it a value. */
const GIVEN = [
	'REDIS_URL=redis://x',
	'REDIS_URL="redis://x"',
	'REDIS_URL=redis://x # local',
	'export REDIS_URL=redis://x',
	'REDIS_URL = redis://x',
];

describe.each(Object.entries(FILES))('an env file: %s', (_, before) => {
	const added = withEnvKey(before, NAME, false);

	it('is what it was without the empty key', () => {
		expect(added).not.toBe(before);
		expect(withoutEnvKey(added, NAME)).toBe(before);
	});

	it.each(GIVEN)('is what it was without the value, written as %s', (line) => {
		const given = added.replace(/^.*REDIS_URL.*$/m, line + (/\r\n/.test(added) ? '\r' : ''));
		expect(withoutEnvValue(given, NAME)).toBe(before);
	});
});

describe('an env file that somebody went on with', () => {
	it('loses the comment of the key, and no other', () => {
		const added = withEnvKey('# The port\nPORT=1\n', NAME, false);
		expect(added).toContain('# Redis URL\n');
		const given = added.replace('REDIS_URL=', 'REDIS_URL=redis://x');
		const later = `${given}\n# Later\nLATER=1\n`;
		expect(withoutEnvValue(later, NAME)).toBe('# The port\nPORT=1\n\n# Later\nLATER=1\n');
		const own = later.replace('# Redis URL', '# Mine');
		expect(withoutEnvValue(own, NAME)).toContain('# Mine\n');
	});
});
