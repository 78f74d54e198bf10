// The public face of @flue/redis for @flue/runtime 1.0.0-beta.5 to beta.7: one function and the types that its callers need.

export type { RedisCommand, RedisOptions, RedisRunner, ReplicaOptions } from '../../runner.ts';
export { redis } from './adapter.ts';
