// Edited db.ts files of an older version, merged with the text of today, and each run against a real server.
import { execFileSync } from 'node:child_process';
import { symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';
import { startServer } from '../../../adapter/test/servers.ts';
import { blueprint as redis } from '../../../src/blueprints/redis.ts';
import { readEntryShape } from '../../../src/inspect/flue/entry-shape.ts';
import type { Blueprint } from '../../../src/model/blueprint.ts';
import { readTemplate } from '../../../src/package/template.ts';
import { readAdapterSettings } from '../../../src/plan/generated.ts';
import { CANONICAL_STYLE } from '../../../src/plan/style-text.ts';
import { type EntryUpdate, updateEntry } from '../../../src/plan/update/index.ts';
import type { Decision } from '../../../src/plan/update/merge.ts';
import { bodyAt } from '../../../src/plan/update/versions.ts';
import { makeTree } from '../../tree.ts';
import { CORPUS, OLDER_DIFF, type Row } from './corpus.ts';

const NEWER: Blueprint = {
	...redis,
	version: 2,
	changes: [{ version: 2, diff: OLDER_DIFF }],
};
const template = readTemplate(redis);

function suggestedFor(text: string) {
	const { keyPrefix, inspectServer } = readAdapterSettings('db.ts', text);
	const { variable, listener } = readEntryShape('db.ts', text);
	return {
		variable: variable ?? 'REDIS_URL',
		module: null,
		keyPrefix: keyPrefix ?? undefined,
		inspectServer,
		reconnect: listener !== 'none',
		style: CANONICAL_STYLE,
	};
}

const OLDER = `// flue-blueprint: database/redis@1\n${bodyAt({ blueprint: NEWER, template }, 1, { options: suggestedFor(template), client: 'client' })}`;

const known = new Map<string, EntryUpdate>();

/** What an update makes of a row; made once, for every test. */
function updated(row: Row, decision: Decision | null): EntryUpdate {
	const key = `${row.name} ${decision}`;
	const made = known.get(key) ?? madeOf(row, decision);
	known.set(key, made);
	return made;
}

function madeOf({ edit, isUnmarked }: Row, decision: Decision | null): EntryUpdate {
	const text = edit(OLDER);
	return updateEntry({
		path: 'src/db.ts',
		text,
		blueprint: NEWER,
		template,
		marked: isUnmarked ? null : 1,
		suggested: suggestedFor(text),
		decision,
	});
}

function textOf(update: EntryUpdate): string {
	expect(update).toMatchObject({ kind: 'merged', fault: null, text: expect.any(String) });
	return update.kind === 'merged' ? (update.text ?? '') : '';
}

/** What the merged modules are: a row each, and where both changed the same, one for each of the two. */
function mergedTexts(): { name: string; row: Row; text: string; decision: Decision | null }[] {
	return CORPUS.flatMap((row) => {
		const both: Decision[] = row.isUnsound ? ['theirs'] : ['ours', 'theirs'];
		const decisions: (Decision | null)[] = row.collides ? both : [null];
		return decisions.map((decision) => ({
			name: `${row.name}${decision ? ` (${decision})` : ''}`,
			row,
			decision,
			text: textOf(updated(row, decision)),
		}));
	});
}

describe('a db.ts of an older version', () => {
	it('is one of at least forty', () => {
		expect(CORPUS.length).toBeGreaterThanOrEqual(40);
		expect(OLDER).toContain('return multi.exec();');
	});

	it.each(CORPUS.map((row) => [row.name, row] as const))('with %s', (_, row) => {
		const update = updated(row, null);
		if (row.collides) {
			expect(update).toMatchObject({ kind: 'merged', text: null });
			const text = textOf(updated(row, 'conflicts'));
			expect(text).toMatch(/^<<<<<<< yours\n[\s\S]*^>>>>>>> version 2$/m);
			if (row.isUnsound)
				expect(updated(row, 'ours')).toMatchObject({ fault: expect.stringMatching(/not parse/) });
			return;
		}
		const text = textOf(update);
		expect(text.replace(/^\uFEFF/, '')).toMatch(/^\/\/ flue-blueprint: database\/redis@2\r?\n/);
		expect(text).toMatch(/instanceof Error\) throw result/);
		expect(text).toMatch(/\.close\(\)/);
		expect(text).not.toContain('.quit()');
		if (row.keeps) expect(text).toMatch(row.keeps);
		// A second time there is nothing to do.
		const again = { path: 'db.ts', text, blueprint: NEWER, template, decision: null };
		expect(updateEntry({ ...again, marked: 2, suggested: suggestedFor(text) }).kind).toBe(
			'current',
		);
	});

	it.each([
		['a licence above it', '/* Ours */\n'],
		['a licence between two of them', '// flue-blueprint: database/redis@1\n// ours\n'],
	])('writes one marker, where the first stood: %s', (_, above) => {
		const text = above + OLDER;
		const sources = { path: 'db.ts', text, blueprint: NEWER, template, decision: null };
		const merged = updateEntry({ ...sources, marked: 1, suggested: suggestedFor(text) });
		const today = textOf(merged);
		expect(today.match(/flue-blueprint:/g)).toHaveLength(1);
		const head = above.replace('@1', '@2');
		expect(today.startsWith(head)).toBe(true);
		expect(today.slice(head.length)).toMatch(
			/^(?:\/\/ flue-blueprint: database\/redis@2\n)?import/,
		);
	});

	it('says the same as before to a real server, whatever was edited', async () => {
		const server = await startServer('redis', {});
		try {
			const cwd = makeTree({
				'package.json': '{ "type": "module" }',
				// What db.ts hands to the adapter is taken out here and used as the adapter uses it.
				'node_modules/@flue/redis/package.json': '{ "type": "module", "exports": "./index.js" }',
				'node_modules/@flue/redis/index.js':
					'export const redis = (runner, options) => ({ runner, options });',
				'node_modules/.keep': '',
			});
			symlinkSync(
				join(import.meta.dirname, '../../../node_modules/redis'),
				join(cwd, 'node_modules/redis'),
			);
			const merged = mergedTexts();
			for (const [index, { text }] of merged.entries()) {
				const { code } = await transform(text, { loader: 'ts', format: 'esm' });
				writeFileSync(join(cwd, `db${index}.mjs`), code);
			}
			writeFileSync(join(cwd, 'run.mjs'), RUN);
			const url = `redis://127.0.0.1:${server.port}`;
			const env = { PATH: process.env.PATH, REDIS_URL: url, CACHE_URL: url };
			const output = execFileSync(process.execPath, ['run.mjs', `${merged.length}`], {
				cwd,
				env,
				encoding: 'utf8',
			});
			const said = JSON.parse(output) as { exports: string[] }[];
			for (const [index, { name, row }] of merged.entries()) {
				expect({ name, ...said[index] }).toMatchObject({
					name,
					got: `v${index}`,
					evaluated: 'argument',
					piped: ['OK', 'piped'],
					failed: true,
				});
				expect(said[index]?.exports).toEqual(expect.arrayContaining(row.exports ?? []));
			}
		} finally {
			await server.stop();
		}
	});
});

/** Loads each module and uses its runner; that the process ends shows that each of them closed its client. */
const RUN = `
const said = [];
for (let index = 0; index < Number(process.argv[2]); index++) {
	const module = await import('./db' + index + '.mjs');
	const { runner } = module.default;
	await runner.command('SET', ['k', 'v' + index]);
	const got = await runner.command('GET', ['k']);
	const evaluated = await runner.eval('return ARGV[1]', ['k'], ['argument']);
	const piped = await runner.pipeline([
		{ command: 'SET', args: ['p', 'piped'] },
		{ command: 'GET', args: ['p'] },
	]);
	const failed = await runner.pipeline([{ command: 'LPUSH', args: ['k', 'x'] }]).then(() => false, () => true);
	await runner.close();
	said.push({ got, evaluated, piped, failed, exports: Object.keys(module) });
}
console.log(JSON.stringify(said));
`;
