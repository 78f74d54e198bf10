import { describe, expect, it } from 'vitest';
import {
	mostCommon,
	mostRelated,
	nameLike,
	replaceWord,
	sortedAfter,
	wordsOf,
} from '../../../src/dialects/module/names.ts';

describe('wordsOf', () => {
	it.each([
		['REDIS_URL', 'redis url'],
		['databaseURL', 'database url'],
		['redisUrl', 'redis url'],
		['database-url', 'database url'],
		['HTTPServer', 'http server'],
		['redis', 'redis'],
	])('splits %s into %s', (name, words) => {
		expect(wordsOf(name).join(' ')).toBe(words);
	});
});

describe('nameLike', () => {
	it.each([
		[['PORT', 'DATABASE_URL'], 'REDIS_URL'],
		[['port', 'databaseUrl'], 'redisUrl'],
		[['port', 'databaseURL'], 'redisURL'],
		[['port', 'database_url'], 'redis_url'],
		[['port', 'database-url'], 'redis-url'],
		[['Port', 'DatabaseUrl'], 'RedisUrl'],
		[['port', 'host'], 'redisUrl'],
		[[], 'redisUrl'],
	])('writes a name beside %j as %s', (siblings, name) => {
		expect(nameLike(['redis', 'url'], siblings)).toBe(name);
	});
});

describe('mostRelated', () => {
	it.each([
		[['PORT', 'REDIS_HOST', 'REDIS_PORT', 'DATABASE_URL'], 2],
		[['PORT', 'UPSTASH_REDIS_REST_URL', 'DATABASE_URL'], 1],
		[['PORT', 'APP_URL', 'DB_HOST', 'STAGE'], 2],
		[['PORT', 'APP_URL', 'STAGE'], 1],
		[['PORT', null, 'STAGE'], -1],
	])('finds the neighbour in %j at %i', (names, index) => {
		expect(mostRelated(names, 'REDIS_URL')).toBe(index);
	});
});

describe('sortedAfter', () => {
	it.each([
		[['a', 'b', 'c'], undefined],
		[['A', 'B', 'R', 'S'], 2],
		[['S', 'T', 'U', 'V'], -1],
		[['a', 'B', 'c', 'D'], 3],
		[['b', 'a', 'c', 'd'], undefined],
		[['a', null, 'c', 'd'], undefined],
	])('places a name among %j after %s', (names, index) => {
		expect(sortedAfter(names, 'REDIS_URL')).toBe(index);
	});
});

describe('replaceWord', () => {
	it('leaves longer names alone', () => {
		expect(replaceWord("x('DB', MY_DB, DB_2, DB)", 'DB', '$&')).toBe("x('$&', MY_DB, DB_2, $&)");
	});
});

describe('mostCommon', () => {
	const one = (name: string, text: string) => ({ name, text });

	it('takes the majority before the most related', () => {
		const found = mostCommon(
			[one('DATABASE_URL', 'x!'), one('A', 'x'), one('B', 'x')],
			'REDIS_URL',
		);
		expect(found).toEqual(one('A', 'x'));
	});

	it('takes the most related of equals, and nothing of nothing', () => {
		expect(mostCommon([one('A', 'x'), one('DB_URL', 'y')], 'REDIS_URL')?.name).toBe('DB_URL');
		expect(mostCommon([], 'REDIS_URL')).toBeUndefined();
	});
});
