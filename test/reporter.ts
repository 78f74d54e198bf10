// The closing lines of a run: which tests were skipped, and why.
import type { Reporter, TestModule } from 'vitest/node';

export class SkipReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		const skipped = modules.flatMap((module) => [...module.children.allTests('skipped')]);
		for (const test of skipped) {
			const result = test.result();
			// Without a note it was not run because the command line names others.
			if (result.state !== 'skipped' || !result.note) continue;
			process.stdout.write(`skipped: ${test.fullName}: ${result.note}\n`);
		}
	}
}
