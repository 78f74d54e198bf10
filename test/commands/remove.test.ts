// What `flue remove` takes later than straight after `add`: what is ours and unchanged alone, and the rest is told.
import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { cleanEnvironment, flue } from '../program.ts';
import { checkDocument } from '../schema.ts';
import { addToTree, makeTree, readTree } from '../tree.ts';

const PROJECT = {
	'package.json': `${JSON.stringify({ dependencies: { '@flue/runtime': '2.0.3' } }, null, 2)}\n`,
	'.env': 'A=1\n',
};

async function added(...more: string[]): Promise<string> {
	const cwd = makeTree(PROJECT);
	await flue(['add', 'database', 'redis', '--no-install', '--yes', ...more], { cwd });
	return cwd;
}

async function removed(cwd: string, args: string[], env = cleanEnvironment()) {
	const { stdout, stderr, status } = await flue(['remove', 'database', ...args, '--json'], {
		cwd,
		env,
	});
	const document = JSON.parse(stdout);
	checkDocument(document);
	expect(stdout + stderr).not.toContain('canary');
	const kept = document.warnings.map(({ message }: { message: string }) => message).join('\n');
	return { document, status, kept };
}

const QUIET = ['--no-install'];

describe('flue remove', () => {
	it('keeps an address until it is told to remove it', async () => {
		const cwd = await added();
		const env = join(cwd, '.env');
		writeFileSync(env, readFileSync(env, 'utf8').replace('_URL=', '_URL=redis://:canary@h:1'));
		const preview = await removed(cwd, [...QUIET, '--remove-value', '--dry-run']);
		expect(preview.document.next.command).toContain('--remove-value --no-install --yes');
		const { document, kept } = await removed(cwd, QUIET);
		expect(document.status).toBe('applied');
		expect(kept).toContain('REDIS_URL stays in .env: it holds a value');
		expect(readFileSync(env, 'utf8')).toContain('redis://:canary@h:1');
		await flue(['add', 'database', 'redis', '--no-install', '--yes'], { cwd });
		await removed(cwd, [...QUIET, '--remove-value']);
		expect(readTree(cwd)).toEqual(PROJECT);
	});

	it.each([
		[
			'an object',
			'export const env = { DATABASE_URL: process.env.DATABASE_URL, PORT: process.env.PORT };\n',
		],
		[
			'a destructuring',
			"export const { DATABASE_URL, PORT = '3000' } = process.env as Record<string, string>;\n",
		],
		[
			'a schema',
			`import { z } from 'zod';\nexport const env = z.object({ DATABASE_URL: z.string(), PORT: z.string() }).parse(process.env);\n`,
		],
		[
			'functions',
			['DatabaseUrl', 'ApiKey', 'OtherUrl']
				.map((name) => {
					const variable = name.replace(/(?<=.)(?=[A-Z])/, '_').toUpperCase();
					const body = `\tconst value = process.env.${variable};\n\tif (!value) {\n\t\tthrow new Error('no ${variable}');\n\t}\n\treturn value;\n`;
					return `export function get${name}(): string {\n${body}}\n`;
				})
				.join('\n'),
		],
	])('gives a config module back whose key shares its lines with others: %s', async (_, text) => {
		const [name = ''] = /\b(?:env|DATABASE_URL|getDatabaseUrl)\b(?= =|,|\()/.exec(text) ?? [];
		const agent = `import { ${name} } from '../env.ts';\nexport default ${name};\n`;
		const files = { ...PROJECT, 'src/env.ts': text, 'src/agents/hello.ts': agent };
		const cwd = makeTree(files);
		await flue(['add', 'database', 'redis', '--no-install', '--yes'], { cwd });
		expect(readFileSync(join(cwd, 'src/env.ts'), 'utf8')).not.toBe(text);
		const { kept } = await removed(cwd, QUIET);
		expect(kept).toBe('');
		expect(readTree(cwd)).toEqual(files);
	});

	it('leaves what other code uses: the client, the variable', async () => {
		const cwd = await added();
		addToTree(cwd, {
			'jobs/queue.ts': `import { createClient } from 'redis';\ncreateClient({ url: process.env.REDIS_URL });\n`,
		});
		const { kept } = await removed(cwd, QUIET);
		expect(kept).toContain('redis stays in package.json: jobs/queue.ts uses it.');
		expect(kept).toContain('REDIS_URL stays in .env: jobs/queue.ts reads it.');
		const { dependencies } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
		expect(Object.keys(dependencies)).toEqual(['@flue/runtime', 'redis']);
		expect(readTree(cwd)['db.ts']).toBeUndefined();
	});

	it('takes an entry that was changed by hand only when it is told so, and keeps its text', async () => {
		const cwd = await added();
		const text = `${readFileSync(join(cwd, 'db.ts'), 'utf8')}\nclient.on('end', () => {});\n`;
		writeFileSync(join(cwd, 'db.ts'), text);
		const before = readTree(cwd);
		const refused = await removed(cwd, QUIET);
		expect(refused.document.error).toMatchObject({
			code: 'NEEDS_ANSWER',
			hint: expect.stringContaining('--discard'),
		});
		expect(refused.status).toBe(2);
		expect(readTree(cwd)).toEqual(before);
		await removed(cwd, [...QUIET, '--discard', '--keep-packages']);
		expect(readTree(cwd)).toEqual({
			...PROJECT,
			'package.json': before['package.json'],
			'db.ts.bak': text,
		});
	});

	it.each([
		['in it', 'const client', '// NOTE(ops): the one of Frankfurt.\nconst client'],
		['above its marker', /^/, '/* NOTE(ops): the one of Frankfurt. */\n'],
	])('keeps the text of an entry with a comment of somebody %s', async (_, place, words) => {
		const cwd = await added();
		const text = readFileSync(join(cwd, 'db.ts'), 'utf8').replace(place, words);
		expect(text).toContain('NOTE(ops)');
		writeFileSync(join(cwd, 'db.ts'), text);
		await removed(cwd, QUIET);
		expect(readTree(cwd)).toEqual({ ...PROJECT, 'db.ts.bak': text });
	});

	it('brings no older db.ts of this command back', async () => {
		const cwd = await added();
		const text = `${readFileSync(join(cwd, 'db.ts'), 'utf8')}\nexport {};\n`;
		writeFileSync(join(cwd, 'db.ts'), text);
		await flue(['add', 'database', 'redis', '--no-install', '--replace', '--yes'], { cwd });
		await removed(cwd, QUIET);
		expect(readTree(cwd)).toEqual({ ...PROJECT, 'db.ts.bak': text });
	});

	it('takes the copy of the adapter out of vendor/', async () => {
		const cwd = await added('--adapter', 'vendored');
		expect(Object.keys(readTree(cwd)).some((path) => path.startsWith('vendor/'))).toBe(true);
		await removed(cwd, QUIET);
		expect(readTree(cwd)).toEqual(PROJECT);
		expect(existsSync(join(cwd, 'vendor'))).toBe(false);
	});

	it('keeps what other code uses since, whatever the last commit holds', async () => {
		const cwd = await added();
		const git = (...args: string[]) => execFileSync('git', ['-C', cwd, ...args]);
		const manifest = readFileSync(join(cwd, 'package.json'), 'utf8');
		writeFileSync(join(cwd, 'package.json'), PROJECT['package.json']);
		git('init', '-q');
		git('add', 'package.json');
		git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'before');
		writeFileSync(join(cwd, 'package.json'), manifest);
		addToTree(cwd, { 'cache.ts': "import { createClient } from 'redis';\ncreateClient();\n" });
		const { kept } = await removed(cwd, QUIET);
		expect(kept).toContain('redis stays in package.json: cache.ts uses it.');
		const { dependencies } = JSON.parse(readFileSync(join(cwd, 'package.json'), 'utf8'));
		expect(Object.keys(dependencies)).toEqual(['@flue/runtime', 'redis']);
	});

	it('keeps an empty key that was there before, as far as the last commit tells', async () => {
		const before = { ...PROJECT, '.env': 'A=1\nREDIS_URL=\n', '.env.example': 'A=\nREDIS_URL=\n' };
		const cwd = makeTree({ ...before, '.gitignore': '.env\n' });
		const git = (...args: string[]) => execFileSync('git', args, { cwd, stdio: 'ignore' });
		git('init', '-q');
		git('add', '.');
		git('-c', 'user.name=a', '-c', 'user.email=a@b.c', 'commit', '-qm', 'before');
		await flue(['add', 'database', 'redis', '--no-install', '--yes'], { cwd });
		const { kept } = await removed(cwd, QUIET);
		expect(readFileSync(join(cwd, '.env'), 'utf8')).toBe(before['.env']);
		expect(readFileSync(join(cwd, '.env.example'), 'utf8')).toBe(before['.env.example']);
		expect(kept).toContain('REDIS_URL stays in .env: .env.example had it before.');
	});

	it('says that another blueprint is there, and heads no empty list', async () => {
		const cwd = await added();
		const { document } = await removed(cwd, ['valkey', ...QUIET]);
		expect(document.status).toBe('unchanged');
		expect(document.nextSteps).toEqual([
			expect.stringMatching(
				/^db.ts is of the redis blueprint, and stays: .* remove database redis/,
			),
		]);
		await removed(cwd, QUIET);
		const { stdout } = await flue(['remove', 'database', '--yes'], { cwd });
		expect(stdout).toContain('Unchanged');
		expect(stdout).not.toContain('Next:');
	});

	it('puts every file back when the install fails', async () => {
		const cwd = await added('--adapter', 'vendored');
		const before = readTree(cwd);
		const bin = makeTree({ npm: '#!/bin/sh\necho broken\nexit 3\n' });
		chmodSync(join(bin, 'npm'), 0o755);
		const env = cleanEnvironment({ PATH: `${bin}:${process.env.PATH}` });
		const { document, status } = await removed(cwd, [], env);
		expect(document.error.code).toBe('INSTALL_FAILED');
		expect(status).toBe(1);
		expect(readTree(cwd)).toEqual(before);
	});

	it.each([
		['nothing to remove', PROJECT, [], 'unchanged', 0],
		[
			'another database',
			{ ...PROJECT, 'db.ts': 'export default postgres();\n' },
			[],
			'unchanged',
			0,
		],
		['no such name', PROJECT, ['redsi'], 'failed', 2],
	] as const)('changes nothing where there is %s', async (_, files, words, status, exit) => {
		const cwd = makeTree(files);
		const { document, status: ended } = await removed(cwd, [...words]);
		expect([document.status, ended]).toEqual([status, exit]);
		expect(readTree(cwd)).toEqual(files);
	});
});
