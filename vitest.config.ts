// Two projects: tests of what src thinks, for the inner loop; and tests that run real programs, servers and managers.
import { defineConfig } from 'vitest/config';
import { TEST_MS } from './adapter/test/patience.ts';
import { longestFirst } from './adapter/test/sequencer.ts';
import { DURATIONS } from './test/durations.ts';
import { realTests } from './test/real.ts';
import { SkipReporter } from './test/reporter.ts';

const real = realTests(import.meta.dirname);

export default defineConfig({
	test: {
		testTimeout: TEST_MS,
		hookTimeout: TEST_MS,
		// Most of a test is waiting for other programs.
		maxWorkers: 3,
		sequence: { sequencer: longestFirst(DURATIONS) },
		restoreMocks: true,
		reporters: ['default', new SkipReporter()],
		projects: [
			{
				extends: true,
				test: {
					name: 'quick',
					include: ['test/**/*.test.ts'],
					exclude: real,
					globalSetup: ['test/built.ts'],
					// They only think, and loading the parser takes longer than most of them.
					isolate: false,
				},
			},
			{
				extends: true,
				test: {
					name: 'real',
					include: real,
					globalSetup: ['test/built.ts', 'test/global-setup.ts'],
				},
			},
		],
	},
});
