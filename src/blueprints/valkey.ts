// The Valkey blueprint: data only. Valkey speaks the Redis protocol, so the adapter, the client and the template are the same.
import type { Blueprint } from '../model/blueprint.ts';
import { redis } from './redis.ts';

export const valkey: Blueprint = {
	...redis,
	name: 'valkey',
	title: 'Valkey',
	description: 'Durable, shared state in a standalone or single-shard Valkey server',
	variable: 'VALKEY_URL',
};
