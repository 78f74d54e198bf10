// A build of the adapter as a folder of an unpacked package, of which only `redis(runner, options)` is called.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { PersistenceAdapter } from '@flue/runtime/adapter';
import type { RedisRunner } from '../src/runner.ts';

export interface Build {
	redis(runner: RedisRunner, options: { keyPrefix: string }): PersistenceAdapter;
}

export async function load(folder: string): Promise<Build> {
	const { exports } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
	return import(pathToFileURL(join(folder, exports['.'].import)).href);
}
