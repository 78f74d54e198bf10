import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { diffOf, redact } from '../../src/terminal/diff.ts';
import { makeWrite } from '../values.ts';

describe('redact', () => {
	it.each([
		['redis://:p@h', 'redis://:***@h'],
		['redis://u:p@h:6379/0', 'redis://u:***@h:6379/0'],
		['rediss://u:p%40@h', 'rediss://u:***@h'],
		['REDISS://u:p@h', 'REDISS://u:***@h'],
		["url: 'redis://u:p@h',", "url: 'redis://u:***@h',"],
		['url: "redis://u:p@h",', 'url: "redis://u:***@h",'],
		['url: `redis://u:p@h`,', 'url: `redis://u:***@h`,'],
		['`redis://u:p@$' + '{host}`', '`redis://u:***@$' + '{host}`'],
		['redis://u:a:b@h', 'redis://u:***@h'],
		['redis://u:p@ss@h', 'redis://u:***@h'],
		['redis://u:pa/ss?#@h', 'redis://u:***@h'],
		['redis://me@example.org:p@h', 'redis://me@example.org:***@h'],
		['"redis://u:it\'s@h"', '"redis://u:***@h"'],
		["'redis://u:a\"b`c@h'", "'redis://u:***@h'"],
		['redis://:p@h redis://:q@i', 'redis://:***@h redis://:***@i'],
		['redis://:p@h,redis://:q@i', 'redis://:***@h,redis://:***@i'],
		["['redis://:p@h','rediss://u:q@i']", "['redis://:***@h','rediss://u:***@i']"],
		['git+https://me:t0ken@host/a.git', 'git+https://***@host/a.git'],
		['git+https://t0ken:x-oauth-basic@host/a/b.git', 'git+https://***@host/a/b.git'],
		['https://t0k@host/a.tgz', 'https://***@host/a.tgz'],
		['git://t0ken:@host/a.git', 'git://***@host/a.git'],
		['HTTP://me:p/w@host/', 'HTTP://***@host/'],
		['git+ssh://git:pw@host/a.git', 'git+ssh://git:***@host/a.git'],
		['//npm.example/:_authToken=t0ken', '//npm.example/:_authToken=***'],
		['X_redis://u:p@h', 'X_redis://u:***@h'],
		['1redis://u:p@h', '1redis://u:***@h'],
		[
			'+REDIS_URL=redis://u:p@h\n-A=postgres://v:q@i\n',
			'+REDIS_URL=redis://u:***@h\n-A=postgres://v:***@i\n',
		],
	])('writes %s as %s', (text, shown) => {
		expect(redact(text)).toBe(shown);
	});

	it.each([
		'redis://localhost:6379',
		'redis://me@h:6379',
		'"@flue/redis": "npm:@scope/redis@2.0.3"',
		"url: 'redis://h:6379', // see @me",
		"['redis://h:6379','me@example.org']",
		'git+ssh://git@host/a.git and https://host/@flue/redis',
		'https://host/a#me@b',
		"connect('redis://h:6379'); mail('me@example.org');",
		'a: b@c',
		'',
	])('leaves %s alone', (text) => {
		expect(redact(text)).toBe(text);
	});

	it('lets no password through, whatever is around it', () => {
		const secret = fc
			.stringMatching(
				/^[A-Za-z0-9%!$&*+=:~@/?#^|<>-]{0,6}SECRET[A-Za-z0-9%!$&*+=:~@/?#^|<>-]{0,6}$/,
			)
			.filter((text) => !text.includes('://'));
		const around = fc.constantFrom('', "'", '"', '`', ' ', '(', '=', '\n', ',', ';', '_', 'x');
		const scheme = fc.constantFrom('redis', 'rediss', 'git+https', 'postgres');
		const user = fc.constantFrom('', 'me', 'me%40x.org', 'default');
		fc.assert(
			fc.property(secret, around, scheme, user, (password, mark, name, who) => {
				const address = `${name}://${who}:${password}@host:6379/0`;
				const shown = redact(`a ${mark}${address}${mark} b ${address}\n`);
				expect(shown).not.toContain('SECRET');
				expect(shown.match(/@host:6379\/0/g)).toHaveLength(2);
				if (name === 'git+https') expect(shown).not.toContain('default:');
			}),
		);
	});

	it('takes no time over a long text without an address', () => {
		const started = performance.now();
		expect(redact('a'.repeat(200_000))).toHaveLength(200_000);
		expect(redact(`redis://u:${'a'.repeat(200_000)}`)).toHaveLength(200_010);
		expect(performance.now() - started).toBeLessThan(1000);
	});
});

describe('diffOf', () => {
	it('shows a new file as one', async () => {
		expect(await diffOf(makeWrite({ after: 'one\ntwo\n' }))).toBe(
			'--- /dev/null\n+++ b/src/db.ts\n@@ -0,0 +1,2 @@\n+one\n+two\n',
		);
	});

	it('shows the changed lines and none around them', async () => {
		const before = '1\n2\n3\n4\n5\n6\n7\n';
		const step = makeWrite({ path: 'package.json', before, after: before.replace('4', 'four') });
		expect(await diffOf(step)).toBe(
			'--- a/package.json\n+++ b/package.json\n@@ -4,1 +4,1 @@\n-4\n+four\n',
		);
	});

	it('tells of a last line without an end', async () => {
		const diff = await diffOf(makeWrite({ before: 'a', after: 'b' }));
		expect(diff).toContain('-a\n\\ No newline at end of file\n+b\n\\ No newline at end of file');
	});

	it('takes the passwords out of what it replaces', async () => {
		const before = "createClient({ url: 'redis://me:canary@h' });\n";
		const diff = await diffOf(makeWrite({ before, after: 'new\n' }));
		expect(diff).toContain("-createClient({ url: 'redis://me:***@h' });");
	});
});

describe('diffOf of a step that shows additions alone', () => {
	const env = { path: '.env', shown: 'additions' } as const;

	it.each([
		['in the middle', 'A=canary\nB=canary\n', 'A=canary\nREDIS_URL=\nB=canary\n'],
		['at the end', 'A=canary\n', 'A=canary\nREDIS_URL=\n'],
		['of CRLF', 'A=canary\r\n', 'A=canary\r\nREDIS_URL=\r\n'],
		['behind a byte order mark', '\uFEFFA=canary\n', '\uFEFFA=canary\nREDIS_URL=\n'],
		['behind a line without an end', 'A=canary', 'A=canary\nREDIS_URL='],
		['behind a line that gets an end', 'A=canary', 'A=canary\nREDIS_URL=\n'],
		['of an empty file', '', 'REDIS_URL=\n'],
		['of a new file', null, 'REDIS_URL=\n'],
	])('shows the added line %s and nothing else', async (_, before, after) => {
		expect(await diffOf(makeWrite({ ...env, before, after }))).toBe('+REDIS_URL=\n');
	});

	it('shows blank lines and comments that come with the key', async () => {
		const step = makeWrite({ ...env, before: 'A=1\n', after: 'A=1\n\n# Redis\nREDIS_URL=\n' });
		expect(await diffOf(step)).toBe('+\n+# Redis\n+REDIS_URL=\n');
	});

	it('shows no password of an added line either', async () => {
		const after = 'REDIS_URL=redis://u:canary@h\n';
		expect(await diffOf(makeWrite({ ...env, before: '', after }))).toBe(
			'+REDIS_URL=redis://u:***@h\n',
		);
	});

	it('never shows a line that was there', async () => {
		const line = fc.stringMatching(/^(?:[A-C]=old[0-9]|#old|)$/);
		const added = fc.array(fc.stringMatching(/^(?:[A-C]=new[0-9]|# new)$/), {
			minLength: 1,
			maxLength: 3,
		});
		const lineEnd = fc.constantFrom('\n', '\r\n');
		await fc.assert(
			fc.asyncProperty(
				fc.array(line, { maxLength: 8 }),
				added,
				fc.nat(8),
				lineEnd,
				async (old, more, at, end) => {
					const place = Math.min(at, old.length);
					const lines = [...old.slice(0, place), ...more, ...old.slice(place)];
					const text = (all: string[]) => all.map((one) => one + end).join('');
					const diff = await diffOf(makeWrite({ ...env, before: text(old), after: text(lines) }));
					expect(diff).toBe(text(more.map((one) => `+${one}`)).replaceAll('\r', ''));
				},
			),
		);
	});
});

describe('what is never shown', () => {
	it.each([
		'https://canarytoken@host/x.tgz',
		'git+https://canarytoken@github.com/a/b.git',
		'https://host/x.tgz?token=canary&x=1',
		'https://host/x.tgz?a=1&api_key=canary',
	])('a token in %s', (address) => {
		expect(redact(`see ${address} there`)).not.toContain('canary');
	});

	it('keeps an address without a secret as it is', () => {
		const text = 'git+ssh://git@github.com/a/b.git redis://localhost:6379/0 https://host/?page=1';
		expect(redact(text)).toBe(text);
	});

	it('the rest of a line into which something is put', async () => {
		const before = "export const c = { key: process.env.K ?? 'canary' };\n";
		const after = before.replace('{ key', '{ redisUrl: process.env.REDIS_URL, key');
		const diff = await diffOf(makeWrite({ before, after, shown: 'additions' }));
		expect(diff).toBe('+… redisUrl: process.env.REDIS_URL,  …\n');
	});

	it.each([
		[
			'a line comes in above',
			(line: string) => `import x from 'y';\n${line.replace('{ a', '{ r: e.R, a')}`,
		],
		['a line comes in below', (line: string) => `${line.replace('{ a', '{ r: e.R, a')}x();\n`],
		[
			'it changes in two places',
			(line: string) => line.replace('{ a', '{ r: e.R, a').replace(' }', ', s: e.S }'),
		],
	])('the rest of a line when %s', async (_, edit) => {
		const before = "export const c = { a: e.A ?? 'canary', b: e.B };\n";
		const diff = await diffOf(makeWrite({ before, after: edit(before), shown: 'additions' }));
		expect(diff).toContain('r: e.R, ');
		expect(diff).not.toMatch(/canary|b: e\.B/);
	});

	it('our own lines are, whole, when they replace others', async () => {
		const before = "import { sqlite } from 'x';\n\nexport default mine({});\n";
		const after = "import { redis } from '@flue/redis';\n\nexport default redis({});\n";
		const diff = await diffOf(makeWrite({ before, after, shown: 'additions' }));
		expect(diff).toBe("+import { redis } from '@flue/redis';\n+export default redis({});\n");
	});

	it('a file in one line, but for what comes into it', async () => {
		const before = `{"scripts":{"dev":"KEY=canary vite ${'x'.repeat(99)}"},"dependencies":{"a":"1"}}\n`;
		const after = before.replace('{"a"', '{"@flue/redis":"2.0.3","a"');
		const diff = await diffOf(makeWrite({ path: 'package.json', before, after }));
		expect(diff).toBe('+… @flue/redis":"2.0.3"," …\n');
	});

	it('a copy of somebody’s text', async () => {
		expect(await diffOf(makeWrite({ before: null, after: 'canary', shown: 'nothing' }))).toBe('');
	});
});
