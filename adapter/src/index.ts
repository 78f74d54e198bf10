// The public face of @flue/redis: one function and the types that its callers need.

export { redis } from './adapter.ts';
export type { RedisCommand, RedisOptions, RedisRunner } from './runner.ts';
