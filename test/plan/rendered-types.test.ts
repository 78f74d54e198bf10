// Every form of db.ts that can be rendered type-checks against the types of both major versions of the client.
import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import { blueprint as valkey } from '../../src/blueprints/valkey.ts';
import { readTypeChecks } from '../../src/inspect/code/type-checks.ts';
import { readTemplate } from '../../src/package/template.ts';
import { type RenderOptions, renderDb } from '../../src/plan/render.ts';
import { CANONICAL_STYLE } from '../../src/plan/style-text.ts';
import { makeTree } from '../tree.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const CANONICAL: RenderOptions = {
	blueprint: redis,
	variable: 'REDIS_URL',
	module: null,
	keyPrefix: undefined,
	inspectServer: true,
	reconnect: false,
	style: CANONICAL_STYLE,
};

const FORMS: Record<string, Partial<RenderOptions>> = {
	canonical: {},
	valkey: { blueprint: valkey, variable: 'VALKEY_URL' },
	reconnecting: { reconnect: true },
	argument: { keyPrefix: 'app', inspectServer: false, reconnect: true },
	module: {
		module: {
			specifier: './env.ts',
			access: { import: { kind: 'named', name: 'env' }, expression: 'env.REDIS_URL' },
		},
	},
	styled: {
		reconnect: true,
		style: { indent: '\t', quote: '"', semicolons: false, lineEnding: '\r\n' },
	},
};

it.each(['redis-5', 'redis-6'])('type-checks in every form against %s', (client) => {
	const root = makeTree({
		'env.ts': 'export const env = { REDIS_URL: process.env.REDIS_URL as string };\n',
		'package.json': '{ "type": "module" }\n',
	});
	symlinkSync(join(ROOT, 'node_modules'), join(root, 'node_modules'), 'junction');
	for (const [name, options] of Object.entries(FORMS))
		writeFileSync(
			join(root, `${name}.ts`),
			renderDb(readTemplate(redis), { ...CANONICAL, ...options }),
		);
	const settings = {
		extends: join(ROOT, `test/types/${client}.json`),
		include: [join(root, '*.ts'), join(ROOT, 'test/types/flue-redis.d.ts')],
	};
	writeFileSync(join(root, 'tsconfig.json'), JSON.stringify(settings));
	const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
	const output = execFileSync(process.execPath, [tsc, '-p', root, '--listFilesOnly'], {
		encoding: 'utf8',
	});
	expect(output).toContain(client === 'redis-6' ? 'redis6' : 'node_modules/redis/');
	expect(execFileSync(process.execPath, [tsc, '-p', root], { encoding: 'utf8' })).toBe('');
	rmSync(join(root, 'node_modules'));
});

/** Where the packages of each line lie after the build: the packed adapter, and the runtime that it is compiled with. */
const LINES = {
	'2.x': ['dist/adapter/flue-redis-2.0.3.tgz', 'adapter/node_modules/@flue/runtime'],
	'1.0 beta': [
		'dist/adapter/lines/flue-redis-1.0.0-beta.7.tgz',
		'adapter/node_modules/flue-runtime-beta-7',
	],
} as const;

/** A project with the real packages; `compilerOptions` stand in a package that its tsconfig extends by way of another file. */
function projectWith(
	line: keyof typeof LINES,
	compilerOptions: Record<string, boolean | string>,
): string {
	const [adapter, runtime] = LINES[line];
	const root = makeTree({
		'package.json': '{ "type": "module" }\n',
		'tsconfig.json': '{ // ours\n\t"extends": "./tsconfig.base", "include": ["src"], }\n',
		'tsconfig.base.json': '{ "extends": ["@acme/tsconfig/strict.json"] }\n',
		'node_modules/@acme/tsconfig/strict.json': JSON.stringify({
			compilerOptions: {
				...{ target: 'ES2023', module: 'ESNext', moduleResolution: 'Bundler', types: ['node'] },
				...{ strict: true, noEmit: true, skipLibCheck: true, allowImportingTsExtensions: true },
				...compilerOptions,
			},
		}),
		'src/env.ts':
			"export const env: { REDIS_URL: string | undefined } = { REDIS_URL: process.env['REDIS_URL'] };\n",
		'node_modules/@flue/redis/': '',
		'node_modules/@types/': '',
	});
	const packages = join(root, 'node_modules');
	execFileSync('tar', [
		...['-xzf', join(ROOT, adapter), '--strip-components=1'],
		...['-C', join(packages, '@flue/redis')],
	]);
	symlinkSync(join(ROOT, runtime), join(packages, '@flue/runtime'), 'junction');
	for (const name of ['redis', '@redis', '@types/node', 'undici-types'])
		symlinkSync(join(ROOT, 'node_modules', name), join(packages, name), 'junction');
	return root;
}

/** What tsc says of a project. */
function compile(root: string): string {
	const tsc = join(ROOT, 'node_modules/typescript/bin/tsc');
	try {
		return execFileSync(process.execPath, [tsc, '-p', '.'], { cwd: root, encoding: 'utf8' });
	} catch (error) {
		return String((error as { stdout?: unknown }).stdout);
	}
}

const FLAGS: [flag: string, options: Record<string, boolean>, refusal: RegExp | null][] = [
	['noPropertyAccessFromIndexSignature', { noPropertyAccessFromIndexSignature: true }, /TS4111/],
	['exactOptionalPropertyTypes', { exactOptionalPropertyTypes: true }, /TS2379/],
	['isolatedDeclarations', { isolatedDeclarations: true, declaration: true }, /TS9037/],
	[
		'all of them',
		{
			...{ noPropertyAccessFromIndexSignature: true, exactOptionalPropertyTypes: true },
			...{ isolatedDeclarations: true, declaration: true },
			...{ verbatimModuleSyntax: true, noUncheckedIndexedAccess: true, erasableSyntaxOnly: true },
			...{ noImplicitReturns: true, noUnusedLocals: true, noUnusedParameters: true },
		},
		/TS/,
	],
	[
		'what the documented text compiles with',
		{ verbatimModuleSyntax: true, noUncheckedIndexedAccess: true, isolatedModules: true },
		null,
	],
];

const BOTH = FLAGS.flatMap((flag) =>
	flag[0] === 'all of them'
		? [['2.x', ...flag] as const, ['1.0 beta', ...flag] as const]
		: [['2.x', ...flag] as const],
);

it.each(BOTH)('compiles in a project of Flue %s with %s', (line, _, compilerOptions, refusal) => {
	const root = projectWith(line, compilerOptions);
	const checks = readTypeChecks({ root, boundary: root }, 'src/db.ts');
	const asked = checks.bracketAccess || checks.exactOptional || checks.typedExports;
	expect(asked).toBe(refusal !== null);
	for (const [name, form] of Object.entries(FORMS)) {
		const text = renderDb(readTemplate(redis), { ...CANONICAL, ...form, checks });
		writeFileSync(join(root, 'src', `${name}.ts`), text);
		const documented = renderDb(readTemplate(redis), { ...CANONICAL, ...form });
		if (!asked) expect(text).toBe(documented);
		// Else the deviation would be one for nothing: without it the flag does refuse.
		else writeFileSync(join(root, 'src', `documented-${name}.ts`), documented);
	}
	const refused = compile(root)
		.split('\n')
		.filter((said) => said !== '' && !said.startsWith(' '));
	expect(refused.filter((said) => !said.startsWith('src/documented-'))).toEqual([]);
	if (refusal) expect(refused.join('\n')).toMatch(refusal);
	else expect(refused).toEqual([]);
});

it('compiles where tsc makes CommonJS modules, and the comment is needed there', () => {
	const root = projectWith('2.x', { module: 'CommonJS' });
	const checks = readTypeChecks({ root, boundary: root }, 'src/db.ts');
	expect(checks.refusesAwait).toBe('"module" is "CommonJS"');
	for (const [name, form] of Object.entries(FORMS)) {
		const text = renderDb(readTemplate(redis), { ...CANONICAL, ...form, checks });
		writeFileSync(join(root, 'src', `${name}.ts`), text);
	}
	expect(compile(root)).toBe('');
	const documented = renderDb(readTemplate(redis), CANONICAL);
	writeFileSync(join(root, 'src', 'documented.ts'), documented);
	expect(compile(root)).toMatch(/^src\/documented\.ts\(6,1\): error TS1378/);
});
