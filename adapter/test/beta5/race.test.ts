// Eight processes of 1.0.0-beta.5 to beta.7 race for one session.
import { redis } from '../../src/lines/beta5/index.ts';
import { defineRaceTests } from '../beta/race.ts';
import { attempt, direct } from '../beta/samples.ts';

defineRaceTests({
	runtime: 'beta.7',
	copy: 'flue-runtime-beta-7',
	program: new URL('./racer.ts', import.meta.url),
	async open(runner) {
		const { submissions } = (await redis(runner).connect()).executionStore;
		return {
			admit: (id) => submissions.admitDirect(direct(id, 'one-session')),
			look: (id) => submissions.getSubmission(id),
			async end(id) {
				const row = await submissions.getSubmission(id);
				await submissions.completeSubmission(attempt(id, row?.attemptId ?? ''));
			},
		};
	},
});
