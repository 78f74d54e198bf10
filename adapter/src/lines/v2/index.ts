// The public face of @flue/redis for @flue/runtime 2.x: one function and the types that its callers need.

export type { RedisCommand, RedisOptions, RedisRunner, ReplicaOptions } from '../../runner.ts';
export { redis } from './adapter.ts';
