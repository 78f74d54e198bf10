// Cuts the server's log inside its last transaction, at every place where a crash can cut it, and looks at what
// is there after one more crash. A server that is killed in the middle of a transaction keeps the commands before
// the cut in its log, leaves them out when it starts again, and carries them out when it starts the next time.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { RedisRunner } from '../src/runner.ts';
import { connectRunner } from './clients.ts';
import { type ServerKind, startServer, type TestServer } from './servers.ts';

/** Every cut with everything that may follow it, on both servers. */
const isThorough = process.env.FLUE_TORN === 'all';

/** What is looked at, by what it is. */
type Look = Readonly<Record<string, unknown>>;

/** A write that is cut off, and what is done after it. */
export interface Tear<Stores> {
	readonly name: string;
	readonly prepare: (stores: Stores) => Promise<unknown>;
	/** What is cut: nobody was told that it happened. */
	readonly torn: (stores: Stores) => Promise<unknown>;
	/** What callers do on the server that has started again; for each cut one of them. */
	readonly after: readonly ((stores: Stores) => Promise<unknown>)[];
	/** Done by a process that has lived on, instead of by one that starts. */
	readonly isStanding?: boolean;
	/** What must be the same before and after the next crash. */
	readonly look: (stores: Stores) => Promise<Look>;
	/** After that crash: what must still go on, whatever is left of the write. */
	readonly goOn?: (stores: Stores) => Promise<unknown>;
}

interface TornLine<Stores> {
	readonly open: (runner: RedisRunner) => Promise<Stores>;
	readonly tears: readonly Tear<Stores>[];
}

interface Logged {
	readonly name: string;
	readonly start: number;
	readonly end: number;
}

/** The commands of a log, each with where it stands. */
function commandsOf(log: Buffer): Logged[] {
	const found: Logged[] = [];
	const line = (from: number) => {
		const end = log.indexOf('\r\n', from);
		return { text: log.toString('latin1', from + 1, end), next: end + 2 };
	};
	for (let at = 0; at < log.length; ) {
		const { text, next } = line(at);
		const words: string[] = [];
		let end = next;
		for (let left = Number(text); left > 0; left -= 1) {
			const length = line(end);
			words.push(log.toString('latin1', length.next, length.next + Number(length.text)));
			end = length.next + Number(length.text) + 2;
		}
		found.push({ name: words[0] ?? '', start: at, end });
		at = end;
	}
	return found;
}

/** Everywhere a crash can have cut the last transaction so that some of it stays, a few bytes into each command. */
function cutsOf(log: Buffer): number[] {
	const commands = commandsOf(log);
	const first = commands.findLastIndex(({ name }) => name === 'MULTI');
	const last = commands.findLastIndex(({ name }) => name === 'EXEC');
	if (first < 0) throw new Error('The log has no transaction.');
	return commands.slice(first + 2, last + 1).map(({ start }) => start + 5);
}

/** Where a server writes its log: in a folder of files that follow each other, before Redis 7.0 in one file. */
const logOf = ({ directory }: TestServer): string => {
	const folder = join(directory, 'appendonlydir');
	if (!existsSync(folder)) return join(directory, 'appendonly.aof');
	return join(folder, String(readdirSync(folder).find((name) => name.endsWith('.incr.aof'))));
};

/** A runner of which the connection can be replaced, as a client's own reconnecting does. */
function standingRunner(): { runner: RedisRunner; connect: (url: string) => Promise<void> } {
	let inner: RedisRunner | undefined;
	const now = () => {
		if (!inner) throw new Error('Not connected.');
		return inner;
	};
	return {
		runner: {
			command: (...words) => now().command(...words),
			eval: (...words) => now().eval(...words),
			close: () => now().close(),
		},
		async connect(url) {
			await Promise.resolve(inner?.close()).catch(() => undefined);
			inner = await connectRunner('redis 5', url);
		},
	};
}

/** Defines the tests of one line, on each server. */
export function describeTorn<Stores>({ open, tears }: TornLine<Stores>): void {
	describe.each<ServerKind>(['redis', 'valkey'])('a %s server with a torn log', (kind) => {
		// Both servers cut alike: unless told otherwise, each sees the first tear and half of the others.
		const own = tears.filter(
			(_tear, index) => isThorough || index === 0 || index % 2 === Number(kind === 'redis'),
		);
		let server: TestServer;
		beforeAll(async () => {
			server = await startServer(kind, { appendonly: 'yes', appendfsync: 'always' });
		});
		afterAll(() => server.stop());

		/** One life of the server; the log is what was given, and what it wrote behind it. */
		async function live<Result>(
			log: Uint8Array | undefined,
			work: (stores: Stores) => Promise<Result>,
		): Promise<Result> {
			await server.kill();
			if (log) writeFileSync(logOf(server), log);
			await server.restart();
			const runner = await connectRunner('redis 5', server.url);
			try {
				return await work(await open(runner));
			} finally {
				await Promise.resolve(runner.close()).catch(() => undefined);
			}
		}

		it.each(own)('$name', async (tear) => {
			const { prepare, torn, after, look, goOn } = tear;
			const { runner, connect } = standingRunner();
			const stand = async () => {
				await connect(server.url);
				return open(runner);
			};
			const [whole, first] = await live(new Uint8Array(), async (stores) => {
				await prepare(stores);
				await torn(stores);
				const log = readFileSync(logOf(server));
				return [log, await stand()] as const;
			});
			let standing = first;
			for (const { log, act, name } of livesOf(whole, after)) {
				const known = await live(log, async (stores) => {
					if (tear.isStanding) await connect(server.url);
					await act(tear.isStanding ? standing : stores);
					return look(stores);
				});
				const seen = await live(undefined, async (stores) => {
					const found = await look(stores);
					await goOn?.(stores);
					// Another one, which remembers nothing of what this cut has undone.
					standing = await stand();
					return found;
				});
				expect({ name, ...seen }).toEqual({ name, ...known });
			}
			await runner.close();
		});
	});
}

/** Each cut with one of what is done after it. */
function livesOf<Act>(whole: Buffer, after: readonly Act[]) {
	return cutsOf(whole).flatMap((cut, index) =>
		after.flatMap((act, turn) =>
			isThorough || index % after.length === turn
				? [{ name: `cut ${index}, then ${turn}`, log: whole.subarray(0, cut), act }]
				: [],
		),
	);
}
