// What the server says that keys take.
import type { RedisRunner } from '../src/runner.ts';

/** What all keys of a pattern take, in bytes. */
export async function memoryOf(runner: RedisRunner, pattern: string): Promise<number> {
	let used = 0;
	for (const key of (await runner.command('KEYS', [pattern])) as string[])
		used += Number(await runner.command('MEMORY', ['USAGE', key, 'SAMPLES', 0]));
	return used;
}
