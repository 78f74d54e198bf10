// The least Redis, in one place for this package and for the program that checks a server before it is used.

/**
 * HSET takes several fields since 4.0.0, and nothing else that is sent here is younger (COMMAND DOCS;
 * test/inspect.test.ts asks for it). Every Valkey is younger than that.
 */
export const LEAST_REDIS = '4.0';
