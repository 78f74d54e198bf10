// Eight processes of 1.0.0-beta.8 and beta.9 race for one session.
import { redis } from '../../src/lines/beta8/index.ts';
import { defineRaceTests } from '../beta/race.ts';
import { attempt, direct } from '../beta/samples.ts';

defineRaceTests({
	runtime: 'beta.9',
	copy: 'flue-runtime-beta-9',
	program: new URL('./racer.ts', import.meta.url),
	async open(runner) {
		const { submissions } = (await redis(runner).connect()).executionStore;
		return {
			async admit(id) {
				await submissions.admitDirect(direct(id, 'one-session'));
				await submissions.markSubmissionCanonicalReady(id);
			},
			look: (id) => submissions.getSubmission(id),
			async end(id) {
				const row = await submissions.getSubmission(id);
				await submissions.completeSubmission(attempt(id, row?.attemptId ?? ''));
			},
		};
	},
});
