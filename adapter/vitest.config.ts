// A project for each runtime. The newest number of each line runs everything of that line, the others
// the contract and what the clients have to do with.
import { defineConfig } from 'vitest/config';
import { TEST_MS } from './test/patience.ts';
import { CountReporter } from './test/reporter.ts';

const shared = { testTimeout: TEST_MS, hookTimeout: TEST_MS, pool: 'forks' as const };

/** Runs some tests with another copy of the runtime in the place of the installed one. */
function withRuntime(name: string, copy: string, include: string[]) {
	return {
		resolve: { alias: [{ find: /^@flue\/runtime/, replacement: copy }] },
		test: { ...shared, name: `runtime ${name}`, include },
	};
}

export default defineConfig({
	test: {
		reporters: ['default', new CountReporter()],
		globalSetup: ['test/setup.ts'],
		maxWorkers: 2,
		projects: [
			{ test: { ...shared, name: 'runtime 2.0.3', include: ['test/*.test.ts'] } },
			withRuntime('2.1.0', 'flue-runtime-2.1', ['test/{contract-*,protocol}.test.ts']),
			withRuntime('1.0.0-beta.5', 'flue-runtime-beta-5', ['test/beta5/contract-*.test.ts']),
			withRuntime('1.0.0-beta.7', 'flue-runtime-beta-7', ['test/beta5/*.test.ts']),
			withRuntime('1.0.0-beta.8', 'flue-runtime-beta-8', ['test/beta8/contract-*.test.ts']),
			withRuntime('1.0.0-beta.9', 'flue-runtime-beta-9', ['test/beta8/*.test.ts']),
		],
	},
});
