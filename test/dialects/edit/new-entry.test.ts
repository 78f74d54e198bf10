import { describe, expect, it } from 'vitest';
import { addEntry, type Manner } from '../../../src/dialects/edit/new-entry.ts';
import { applyInsertions } from '../../../src/dialects/index.ts';
import { topVariable } from '../../../src/dialects/module/exports.ts';
import { literalOf } from '../../../src/dialects/module/origins.ts';
import { copyableRead } from '../../../src/dialects/module/reads.ts';
import { morph, parse } from '../../../src/text/source.ts';

const MANNER: Manner = { variable: 'REDIS_URL', otherwise: 'plain', copyable: copyableRead };

/** The first literal anywhere in a value lists its keys. */
const groupIn: Manner['groupIn'] = ({ value }) =>
	value?.getDescendantsOfKind(morph().SyntaxKind.ObjectLiteralExpression)[0] ?? null;

function add(object: string, manner: Partial<Manner> = {}) {
	const text = `const subject = ${object};`;
	const literal = literalOf(topVariable(parse('entry.ts', text), 'subject')?.getInitializer());
	const added = literal && addEntry(literal, { ...MANNER, ...manner });
	if (!added) return null;
	const after = applyInsertions(text, added.insertions);
	return { path: added.path.join('.'), text: after.slice('const subject = '.length, -1) };
}

describe('addEntry', () => {
	it.each([
		[
			'{ port: 1, databaseUrl: process.env.DATABASE_URL }',
			'redisUrl',
			'redisUrl: process.env.REDIS_URL',
		],
		[
			'{ A: process.env.A!, B: Number(process.env.B) }',
			'REDIS_URL',
			'REDIS_URL: process.env.REDIS_URL!',
		],
		[
			'{ get dbUrl() { return process.env.DB_URL; } }',
			'redisUrl',
			'get redisUrl() { return process.env.REDIS_URL; }',
		],
		[
			'{ db: { url: process.env.DB_URL }, port: 1 }',
			'redis.url',
			'redis: { url: process.env.REDIS_URL }',
		],
		['{ redis: { db: 0 } , port: 1 }', 'redis.url', '{ db: 0, url: plain }'],
		["{ 'db-url': 1, 'app-url': 2 }", 'redis-url', "'redis-url': plain"],
	])('beside %s gives %s', (object, path, part) => {
		const added = add(object);
		expect(added?.path).toBe(path);
		expect(added?.text).toContain(part);
	});

	it.each([
		['{ redisUrl: other }'],
		['{ redis: { url: other } }'],
		['{ test: {}, production: {} }'],
	])('leaves %s alone', (object) => {
		expect(add(object)).toBeNull();
	});

	it('writes a new group like its neighbour, with what stands around its keys', () => {
		const object = '{\n  db: z.object({\n    url: one(),\n  }).strict(),\n  port: two(),\n}';
		const added = add(object, { groupIn });
		expect(added?.path).toBe('redis.url');
		expect(added?.text).toContain('redis: z.object({\n    url: plain,\n  }).strict(),\n');
	});

	it('follows no neighbour that says more than its keys', () => {
		expect(add('{ db: nest({ url: one() }, 2), port: two() }', { groupIn })?.path).toBe('redisUrl');
	});

	it('indents the lines of a value with the line that they begin on', () => {
		const added = add('{\r\n\ta: 1,\r\n}', { otherwise: '{\n  b: 2,\n}' });
		expect(added?.text).toBe('{\r\n\ta: 1,\r\n\tredisUrl: {\r\n\t  b: 2,\r\n\t},\r\n}');
	});
});
