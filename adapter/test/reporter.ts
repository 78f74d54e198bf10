// Prints what each run counted, so that "eight green runs" and "fifty kills" are numbers to read, not
// claims: the tests of each contract run, and every line that a test left in its `meta.count`.
import type { Reporter, TestModule } from 'vitest/node';

declare module 'vitest' {
	interface TaskMeta {
		/** One line to print when the run has ended. */
		count?: string;
	}
}

export class CountReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		for (const run of modules) {
			const tests = [...run.children.allTests()];
			const passed = tests.filter((test) => test.result().state === 'passed');
			const name = /contract-([a-z]+\d)-(\w+)\.test/.exec(run.moduleId);
			if (name) {
				process.stdout.write(
					`contract: ${name[1]} client, ${name[2]} server, ${run.project.name}: ${passed.length} of ${tests.length}\n`,
				);
			}
			for (const { count } of passed.map((test) => test.meta())) {
				if (count) process.stdout.write(`${count}\n`);
			}
		}
	}
}
