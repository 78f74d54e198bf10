// Two projects: everything against the oldest supported runtime, the contract and the other clients
// against the newest too.
import { defineConfig } from 'vitest/config';
import { CountReporter } from './test/reporter.ts';

const shared = { testTimeout: 60_000, hookTimeout: 60_000, pool: 'forks' as const };

export default defineConfig({
	test: {
		reporters: ['default', new CountReporter()],
		globalSetup: ['test/setup.ts'],
		maxWorkers: 2,
		projects: [
			{
				test: { ...shared, name: 'runtime 2.0.3', include: ['test/**/*.test.ts'] },
			},
			{
				resolve: {
					alias: [{ find: /^@flue\/runtime/, replacement: 'flue-runtime-2.1' }],
				},
				test: { ...shared, name: 'runtime 2.1.0', include: ['test/{contract-*,protocol}.test.ts'] },
			},
		],
	},
});
