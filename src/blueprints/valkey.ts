// The Valkey blueprint: data only. Valkey speaks the Redis protocol, so the adapter, the client and the template are the same.
import type { Blueprint } from '../model/blueprint.ts';
import { blueprint as redis } from './redis.ts';

export const blueprint: Blueprint = {
	...redis,
	name: 'valkey',
	title: 'Valkey',
	description: 'Durable, shared state in a standalone or single-shard Valkey server',
	variable: 'VALKEY_URL',
	server: {
		program: 'valkey-server',
		install:
			'Install it: `apt-get install valkey-server`, `brew install valkey`, or https://valkey.io/topics/installation.',
		versionLine: 'valkey_version',
		helloName: 'valkey',
		oldest: '7.2',
		kin: [],
	},
};
