import { describe, expect, it } from 'vitest';
import type { Check } from '../../src/model/verification.ts';
import { checkLines } from '../../src/terminal/checks.ts';

const check = (id: Check['id'], status: Check['status'], message: string): Check => ({
	id,
	status,
	message,
	hint: null,
});

describe('checkLines', () => {
	const CHECKS = [
		check('server.tcp', 'fail', 'no route'),
		check('server.tls', 'skipped', 'not reached'),
		check('server.auth', 'skipped', 'not reached'),
		check('server.version', 'skipped', 'the server does not say'),
		check('server.namespace', 'skipped', 'not reached'),
	];

	it('folds what was skipped for one reason into one line', () => {
		const lines = checkLines(CHECKS, { all: false }).join('\n');
		expect(lines.match(/not reached/g)).toHaveLength(1);
		expect(lines).toContain('not reached (auth, namespace too)');
		expect(lines).toContain('the server does not say');
		expect(lines).toContain('1 failed, 4 skipped');
	});

	it('shows each with --all', () => {
		const lines = checkLines(CHECKS, { all: true }).join('\n');
		expect(lines.match(/not reached$/gm)).toHaveLength(3);
	});
});
