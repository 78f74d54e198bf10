// Each line keeps to its own data: what another line, or another adapter, has written is refused before it
// is touched, in the runtime's own words, and with what is there and what to do.
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { RedisRunner } from '../src/runner.ts';
import { connectRunner } from './clients.ts';
import { startServer, type TestServer } from './servers.ts';

interface Adapter {
	readonly migrate?: () => void | Promise<void>;
	readonly connect: () => unknown;
}

/** A line, and the stamp that it writes. */
export interface StampedLine {
	readonly redis: (runner: RedisRunner) => Adapter;
	readonly stamp: readonly [field: string, version: string];
	readonly refusal: new (...given: never[]) => Error;
	/** The runtime's words for another version. */
	readonly words: RegExp;
}

const MARK = 'flue:@flue/redis';

/** What the others write, and what the message must say of it. */
const OTHERS: readonly [what: string, keys: readonly string[][], says: string][] = [
	[
		'2.x',
		[['HSET', MARK, 'format_version', '1', 'layout', '1']],
		'were written for @flue/runtime 2.x',
	],
	[
		'1.0.0-beta.5 to beta.7',
		[['HSET', MARK, 'schemaVersion', '3', 'layout', '1']],
		'were written for @flue/runtime 1.0.0-beta.5 to beta.7',
	],
	[
		'1.0.0-beta.8 and beta.9',
		[['HSET', MARK, 'schemaVersion', '4', 'layout', '1']],
		'were written for @flue/runtime 1.0.0-beta.8 and beta.9',
	],
	[
		'another adapter of 1.0.0-beta.5 to beta.7',
		[['HSET', 'flue:meta', 'schemaVersion', '3']],
		'were written by another adapter for @flue/runtime 1.0.0-beta.5 to beta.7',
	],
	[
		'another adapter of 1.0.0-beta.8 and beta.9',
		[['HSET', 'flue:meta', 'schemaVersion', '4']],
		'were written by another adapter for @flue/runtime 1.0.0-beta.8 and beta.9',
	],
	[
		'another adapter of 2.x',
		[['HSET', 'flue:meta', 'format_version', '1']],
		'were written by another adapter for @flue/runtime 2.x',
	],
	['nobody we know', [['SET', 'flue:thing', '1']], 'were not written by this adapter'],
	[
		'two lines at once',
		[['HSET', MARK, 'format_version', '1', 'schemaVersion', '3', 'layout', '1']],
		'were written for @flue/runtime',
	],
	['an unreadable version', [['HSET', MARK, 'schemaVersion', 'abc', 'layout', '1']], ''],
];

export function defineForeignDataTests({ redis, stamp, refusal, words }: StampedLine): void {
	let server: TestServer;
	let runner: RedisRunner;
	const sent: string[] = [];
	const [field, version] = stamp;

	beforeAll(async () => {
		server = await startServer('valkey');
		const inner = await connectRunner('redis 6', server.url);
		runner = {
			...inner,
			command(command, args) {
				sent.push(command);
				return inner.command(command, args);
			},
		};
	});
	afterAll(async () => {
		await runner.close();
		await server.stop();
	});
	beforeEach(async () => {
		await runner.command('FLUSHALL');
		sent.length = 0;
	});

	const everything = async () => {
		const keys = ((await runner.command('KEYS', ['*'])) as string[]).sort();
		return Promise.all(
			keys.map(async (key) => [key, await runner.command('HGETALL', [key]).catch(() => 'no hash')]),
		);
	};

	const others = OTHERS.filter(
		([, [words = []]]) => !(words[2] === field && words[3] === version && words.length === 6),
	);

	describe('data of others', () => {
		it.each(others)('of %s is refused and left alone', async (_what, keys, says) => {
			for (const [command = '', ...args] of keys) await runner.command(command, args);
			const before = await everything();
			for (const begin of ['migrate', 'connect'] as const) {
				const error = await Promise.resolve(redis(runner)[begin]?.()).then(
					() => undefined,
					(reason: unknown) => reason as Error,
				);
				expect(error).toBeInstanceOf(refusal);
				expect(error?.message).toMatch(words);
				expect(error?.message).toContain(says);
				expect(error?.message).toContain('another keyPrefix');
			}
			expect(await everything()).toEqual(before);
		});

		it('is told from our own, which is stamped before anything else and known without a scan', async () => {
			await redis(runner).migrate?.();
			expect(await runner.command('HGET', [MARK, field])).toBe(version);
			expect(await runner.command('KEYS', ['*'])).toEqual([MARK]);
			sent.length = 0;
			await redis(runner).connect();
			expect(sent).not.toContain('SCAN');
		});
	});
}
