// A project for each runtime. The newest number of each line runs everything of that line, the others
// the contract and what the clients have to do with.
import { defineConfig } from 'vitest/config';
import { EVERYTHING } from './test/extent.ts';
import { TEST_MS } from './test/patience.ts';
import { CountReporter } from './test/reporter.ts';
import { longestFirst } from './test/sequencer.ts';

const shared = {
	testTimeout: TEST_MS,
	hookTimeout: TEST_MS,
	pool: 'forks' as const,
	setupFiles: ['test/bytes.ts'],
};

const DURATIONS: [part: RegExp, seconds: number][] = [
	[/test\/model\.test/, 60],
	[/beta\d\/(model|crash|cuts)\.test/, 30],
	[/test\/(packages|crash|inspect|faults)\.test/, 25],
];

/** Two contract runs that have each client and each server; the other two pair them the other way round. */
const STRAIGHT = '{redis5-redis,redis6-valkey}';
const CROSSED = '{redis5-valkey,redis6-redis}';

/** Runs some tests with another copy of the runtime in the place of the installed one. */
function withRuntime(name: string, copy: string, include: string[], exclude: string[] = []) {
	return {
		resolve: { alias: [{ find: /^@flue\/runtime/, replacement: copy }] },
		test: { ...shared, name: `runtime ${name}`, include, exclude },
	};
}

/** The contract runs in a folder that only `npm run test:all` adds to those of a pairing. */
function without(folder: string, pairing: string): string[] {
	return EVERYTHING ? [] : [`test/${folder}contract-${pairing}.test.ts`];
}

export default defineConfig({
	test: {
		reporters: ['default', new CountReporter()],
		globalSetup: ['test/setup.ts'],
		maxWorkers: 2,
		sequence: { sequencer: longestFirst(DURATIONS) },
		projects: [
			{ test: { ...shared, name: 'runtime 2.0.3', include: ['test/*.test.ts'] } },
			withRuntime(
				'2.1.0',
				'flue-runtime-2.1',
				['test/{contract-*,protocol}.test.ts'],
				without('', CROSSED),
			),
			withRuntime(
				'1.0.0-beta.5',
				'flue-runtime-beta-5',
				['test/beta5/contract-*.test.ts'],
				without('beta5/', STRAIGHT),
			),
			withRuntime(
				'1.0.0-beta.7',
				'flue-runtime-beta-7',
				['test/beta5/*.test.ts'],
				without('beta5/', CROSSED),
			),
			withRuntime(
				'1.0.0-beta.8',
				'flue-runtime-beta-8',
				['test/beta8/contract-*.test.ts'],
				without('beta8/', STRAIGHT),
			),
			withRuntime(
				'1.0.0-beta.9',
				'flue-runtime-beta-9',
				['test/beta8/*.test.ts'],
				without('beta8/', CROSSED),
			),
		],
	},
});
