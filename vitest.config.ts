import { defineConfig } from 'vitest/config';

export default defineConfig({
	test: {
		include: ['test/**/*.test.ts'],
		globalSetup: ['test/global-setup.ts'],
		testTimeout: 30_000,
		hookTimeout: 60_000,
		// Most of a test is waiting for other programs.
		maxWorkers: 2,
		restoreMocks: true,
		reporters: ['default'],
	},
});
