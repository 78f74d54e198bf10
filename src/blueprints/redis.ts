// The Redis blueprint: data only.
import { LEAST_REDIS } from '../adapter-words.ts';
import type { Blueprint } from '../model/blueprint.ts';

export const blueprint: Blueprint = {
	kind: 'database',
	name: 'redis',
	version: 1,
	title: 'Redis',
	description: 'Durable, shared state in a standalone or single-shard Redis server',
	variable: 'REDIS_URL',
	template: 'database/redis.ts',
	changes: [],
	adapter: { name: '@flue/redis', export: 'redis' },
	// redis 4 has no close(), and what came before 5.12 was never run against the adapter. redis 6 answers in
	// RESP3, which the adapters of the 1.0 beta do not understand (measured with 5.12.1 and 6.3.1).
	client: {
		name: 'redis',
		range: '^5.12.1',
		accepts: { '2.x': '>=5.12.0 <7', '1.0-beta': '>=5.12.0 <6' },
	},
	server: {
		program: 'redis-server',
		install:
			'Install it: `apt-get install redis-server`, `brew install redis`, or https://redis.io/docs/latest/operate/oss_and_stack/install.',
		versionLine: 'redis_version',
		helloName: 'redis',
		oldest: LEAST_REDIS,
		kin: [
			{
				title: 'Redict',
				program: 'redict-server',
				versionLine: 'redict_version',
				helloName: 'redict',
			},
		],
	},
};
