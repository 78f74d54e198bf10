// One of several processes of a test that claim the same submissions of a beta at the same time.
import type { SubmissionClaimRef } from '@flue/runtime/adapter';
import type { RedisRunner } from '../../src/runner.ts';
import { connectRunner } from '../clients.ts';

/** What the processes are told. */
export interface Race {
	readonly url: string;
	readonly ids: readonly string[];
}

interface Claimable {
	readonly claimSubmission: (claim: SubmissionClaimRef) => Promise<unknown>;
}

/** Connects to each server that this process was given, and then claims what it is told to. */
export async function serveClaims(
	open: (runner: RedisRunner) => Promise<Claimable>,
): Promise<void> {
	const [name = '', ...urls] = process.argv.slice(2);
	const stores = new Map<string, Claimable>();
	for (const url of urls) {
		const client = Number(name) % 2 === 0 ? 'redis 5' : 'redis 6';
		stores.set(url, await open(await connectRunner(client, url)));
	}
	process.on('message', async ({ url, ids }: Race) => {
		const won: string[] = [];
		for (const submissionId of ids) {
			const claim = await stores.get(url)?.claimSubmission({
				...{ submissionId, attemptId: `attempt-${name}`, ownerId: `owner-${name}` },
				leaseExpiresAt: Date.now() + 30_000,
			});
			if (claim) won.push(submissionId);
		}
		process.send?.(won);
	});
	process.on('disconnect', () => process.exit(0));
	process.send?.([]);
}
