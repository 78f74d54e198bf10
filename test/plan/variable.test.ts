import { describe, expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import { blueprint as valkey } from '../../src/blueprints/valkey.ts';
import { variableOf } from '../../src/plan/variable.ts';

const isSet = () => false;

/** What stands in the env files, and the text of the config module. */
function secrets(names: string[], text?: string) {
	const present = Object.fromEntries(names.map((name) => [name, ['.env']]));
	const beside = { files: [], links: {}, users: [], importers: [] };
	const configModule =
		text === undefined
			? null
			: { path: 'src/env.ts', text, dialect: 'object', from: '', beside, through: null };
	const convention = { value: 'env', from: '.env' } as const;
	return { convention, env: { files: [], present }, configModule, unknownModule: null };
}

describe('variableOf', () => {
	it.each([
		[[], undefined, 'REDIS_URL'],
		[['REDIS_CONNECTION_URL'], undefined, 'REDIS_CONNECTION_URL'],
		[['REDIS_URI'], undefined, 'REDIS_URI'],
		[['REDIS_DSN'], undefined, 'REDIS_DSN'],
		[['REDIS_CONNECTION_STRING'], undefined, 'REDIS_CONNECTION_STRING'],
		[['REDIS_URI', 'REDIS_URL'], undefined, 'REDIS_URL'],
		// Parts of an address, other ways to the server, and another's.
		[['REDIS_HOST', 'REDIS_PORT', 'REDIS_PASSWORD'], undefined, 'REDIS_URL'],
		[['REDIS_TLS_URL', 'REDIS_PUBLIC_URL', 'REDIS_REST_URL'], undefined, 'REDIS_URL'],
		[['UPSTASH_REDIS_REST_URL', 'KV_URL', 'CACHE_REDIS_URI', 'VALKEY_URI'], undefined, 'REDIS_URL'],
		// What the code reads goes before what only stands in a file.
		[['REDIS_DSN'], 'export const env = { redis: process.env.REDIS_URI };', 'REDIS_URI'],
		[['REDIS_DSN'], 'export const env = { redis: process.env.REDIS_URL };', 'REDIS_URL'],
		[[], 'export const env = { a: process.env.A }; // not REDIS_URI', 'REDIS_URL'],
		[[], "export const [uri] = [required('REDIS_URI')];", 'REDIS_URI'],
		[[], 'export const env = { cache: process.env.CACHE_REDIS_URI };', 'REDIS_URL'],
	])('of %j and %j is %s', (names, text, variable) => {
		expect(variableOf(secrets(names, text), redis, isSet)).toBe(variable);
	});

	it('is that of the database which is asked for', () => {
		expect(variableOf(secrets(['REDIS_URI', 'VALKEY_URI']), valkey, isSet)).toBe('VALKEY_URI');
	});

	it('is the canonical one where the environment has it', () => {
		expect(variableOf(secrets(['REDIS_URI']), redis, () => true)).toBe('REDIS_URL');
	});
});
