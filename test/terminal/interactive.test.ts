import { beforeEach, describe, expect, it, vi } from 'vitest';
import { isInteractive } from '../../src/terminal/interactive.ts';

// The detection of agents reads the environment of this very process, in which an agent may run the tests.
const AGENT =
	/^(AI_AGENT|CURSOR_|GEMINI_|CODEX_|ANTIGRAVITY_|AUGMENT_|OPENCODE|CLAUDE|REPL_ID|COPILOT_)/;

beforeEach(() => {
	for (const name of Object.keys(process.env).filter((one) => AGENT.test(one)))
		vi.stubEnv(name, undefined);
	return () => vi.unstubAllEnvs();
});

describe('isInteractive', () => {
	it.each([
		[{}],
		[{ TERM: 'xterm-256color' }],
		[{ CI: '' }],
		[{ CI: '0' }],
		[{ CI: 'false' }],
		[{ CI: 'FALSE', BUILD_NUMBER: '' }],
	])('sees a person with %j', async (environment) => {
		expect(await isInteractive(environment)).toBe(true);
	});

	it.each([
		[{ TERM: 'dumb' }],
		[{ CI: 'true' }],
		[{ CI: '1' }],
		[{ CI: 'woodpecker' }],
		[{ CONTINUOUS_INTEGRATION: 'true' }],
		[{ BUILD_NUMBER: '42' }],
		[{ CI: 'false', BUILD_NUMBER: '42' }],
	])('sees nobody with %j', async (environment) => {
		expect(await isInteractive(environment)).toBe(false);
	});

	it.each([
		['CLAUDECODE', '1'],
		['CURSOR_AGENT', '1'],
		['GEMINI_CLI', '1'],
		['CODEX_SANDBOX', 'seatbelt'],
		['AI_AGENT', 'anything'],
	])('sees a coding agent by %s', async (name, value) => {
		vi.stubEnv(name, value);
		expect(await isInteractive({})).toBe(false);
	});
});
