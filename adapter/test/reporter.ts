// Prints the count of each contract run, so that "eight green runs" is a number to read, not a claim.
import type { Reporter, TestModule } from 'vitest/node';

export class ContractReporter implements Reporter {
	onTestRunEnd(modules: readonly TestModule[]): void {
		const runs = modules.filter((module) => /contract-redis\d/.test(module.moduleId));
		for (const run of runs) {
			const tests = [...run.children.allTests()];
			const passed = tests.filter((test) => test.result().state === 'passed').length;
			const name = /contract-(redis\d)-(\w+)\.test/.exec(run.moduleId);
			process.stdout.write(
				`contract: ${name?.[1]} client, ${name?.[2]} server, ${run.project.name}: ${passed} of ${tests.length}\n`,
			);
		}
	}
}
