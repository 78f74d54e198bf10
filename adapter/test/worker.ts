// One of several processes of a test: `start` migrates and admits; `race` claims what it is told to.
import { message } from '../bench/data.ts';
import { redis } from '../src/index.ts';
import { connectRunner } from './clients.ts';

const [task = '', url = '', name = ''] = process.argv.slice(2);
const adapter = redis(await connectRunner(Number(name) % 2 === 0 ? 'redis 5' : 'redis 6', url));
await adapter.migrate?.();
const { submissionStore } = await adapter.connect();

if (task === 'start') {
	await submissionStore.admitDirect(message(`s${name}`, `i${name}`));
	await adapter.close?.();
}

if (task === 'race') {
	process.on('message', async (ids: string[]) => {
		const won: string[] = [];
		for (const submissionId of ids) {
			const claim = await submissionStore.claimSubmission({
				submissionId,
				attemptId: `attempt-${name}`,
				ownerId: `owner-${name}`,
				leaseExpiresAt: Date.now() + 30_000,
			});
			if (claim) won.push(submissionId);
		}
		process.send?.(won);
	});
	process.on('disconnect', () => process.exit(0));
	process.send?.('ready');
}
