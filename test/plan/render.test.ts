import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import { blueprint as valkey } from '../../src/blueprints/valkey.ts';
import { readTemplate } from '../../src/package/template.ts';
import { type RenderOptions, renderDb } from '../../src/plan/render.ts';
import { CANONICAL_STYLE } from '../../src/plan/style-text.ts';
import { parse, syntaxErrors } from '../../src/text/source.ts';

const template = readTemplate(redis);

function render(options: Partial<RenderOptions> = {}): string {
	return renderDb(template, {
		blueprint: redis,
		variable: 'REDIS_URL',
		module: null,
		keyPrefix: undefined,
		inspectServer: true,
		reconnect: false,
		style: CANONICAL_STYLE,
		...options,
	});
}

/** The lines of `text` that `render()` does not have, trimmed. */
function added(text: string): string[] {
	const canonical = new Set(render().split('\n'));
	return text.split('\n').filter((line) => !canonical.has(line));
}

describe('renderDb', () => {
	it('gives the canonical text to the letter behind the marker', () => {
		expect(render()).toBe(
			`// flue-blueprint: database/redis@1\n${readFileSync('templates/database/redis.ts', 'utf8')}`,
		);
	});

	it('changes the marker and the variable alone for Valkey', () => {
		const text = render({ blueprint: valkey, variable: 'VALKEY_URL' });
		expect(added(text)).toEqual([
			'// flue-blueprint: database/valkey@1',
			'const client = createClient({ url: process.env.VALKEY_URL });',
		]);
	});

	it('reads the address from a config module', () => {
		const access = { import: { kind: 'named', name: 'env' }, expression: 'env.REDIS_URL' } as const;
		expect(added(render({ module: { specifier: './env.ts', access } }))).toEqual([
			"import { env } from './env.ts';",
			'const client = createClient({ url: env.REDIS_URL });',
		]);
	});

	it.each([
		[
			'named',
			'redis',
			'redis.url',
			"import { redis as redisConfig } from './c.js';",
			'redisConfig.url',
		],
		[
			'default',
			'client',
			'client.url()',
			"import clientConfig from './c.js';",
			'clientConfig.url()',
		],
		[
			'namespace',
			'config',
			'config.redisUrl',
			"import * as config from './c.js';",
			'config.redisUrl',
		],
	] as const)(
		'imports a %s export called %s without a clash',
		(kind, name, expression, line, address) => {
			const access = { import: { kind, name }, expression };
			expect(added(render({ module: { specifier: './c.js', access } }))).toEqual([
				line,
				`const client = createClient({ url: ${address} });`,
			]);
		},
	);

	it('adds a second argument with only what was asked for', () => {
		expect(render({ keyPrefix: 'app:x' })).toContain("\n}, { keyPrefix: 'app:x' });\n");
		expect(render({ inspectServer: false })).toContain('\n}, { inspectServer: false });\n');
		expect(render({ keyPrefix: 'a', inspectServer: false })).toContain(
			"\n}, { keyPrefix: 'a', inspectServer: false });\n",
		);
		expect(render({ keyPrefix: 'a', retain: '30d' })).toContain(
			"\n}, { keyPrefix: 'a', retain: { settled: '30d' } });\n",
		);
	});

	it.each(["it's", 'say "x"', 'back\\slash', 'ключ', "'; process.exit(); '", '$' + '{x}'])(
		'keeps the key prefix %j a string in both quote styles',
		(keyPrefix) => {
			for (const quote of ["'", '"'] as const) {
				const file = parse('db.ts', render({ keyPrefix, style: { ...CANONICAL_STYLE, quote } }));
				expect(syntaxErrors(file)).toEqual([]);
				expect(
					file
						.getDescendants()
						.some(
							(node) =>
								'getLiteralValue' in node &&
								(node as { getLiteralValue(): unknown }).getLiteralValue() === keyPrefix,
						),
				).toBe(true);
			}
		},
	);

	it('listens for errors after connect() and not before', () => {
		const text = render({ reconnect: true });
		expect(text.indexOf("client.on('error'")).toBeGreaterThan(
			text.indexOf('await client.connect();'),
		);
		expect(text.indexOf('setInterval(look')).toBeGreaterThan(text.indexOf("client.on('error'"));
		expect(render({ reconnect: true, keyPrefix: "it's" })).toContain("del('it\\'s:look')");
	});

	it('matches indent, quotes, semicolons and line ending', () => {
		const text = render({
			style: { indent: '\t', quote: '"', semicolons: false, lineEnding: '\r\n' },
		});
		expect(text).toContain('import { redis } from "@flue/redis"\r\n');
		expect(text).toContain('\r\n\tcommand: (command, args = []) =>');
		expect(text).not.toMatch(/;|'|(^|[^\r])\n/);
		expect(syntaxErrors(parse('db.ts', text))).toEqual([]);
	});
});
