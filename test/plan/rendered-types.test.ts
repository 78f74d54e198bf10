// Every form of db.ts that can be rendered type-checks against the types of both major versions of the client.
import { execFileSync } from 'node:child_process';
import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import { blueprint as valkey } from '../../src/blueprints/valkey.ts';
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
