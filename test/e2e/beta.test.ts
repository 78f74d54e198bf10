// What the generator does for the 1.0 beta, held against real projects of two of its lines: types, build, and servers that are killed.
import { existsSync, mkdtempSync, readFileSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { EVERYTHING } from '../../adapter/test/extent.ts';
import { tellLeftOut } from '../left-out.ts';
import { initBeta } from './beta-project.ts';
import { tellBetaStory } from './beta-story.ts';
import { DATABASES, type Step } from './step.ts';
import { flueAdd, runLocal } from './toolchain.ts';

/** The newest version of each line, what the plan asks the registry for, and the database that is added. */
const LINES = [
	['1.0.0-beta.7', '1.0.0-beta.3', 'redis'],
	['1.0.0-beta.9', '1.0.0-beta.9', 'valkey'],
] as const;

const silently: Step = async (label, work) => {
	expect(await work(), label).toBeTruthy();
};

describe.each(LINES)('a project of %s', (version, published, database) => {
	const base = realpathSync(mkdtempSync(join(tmpdir(), 'flue-beta-')));
	const root = join(base, 'my-agents');
	beforeAll(async () => {
		await initBeta(root, version);
	});
	afterAll(() => rmSync(base, { recursive: true, force: true }));

	it('is asked for the versions of its line', async () => {
		const planned = await flueAdd([database, '--dry-run', '--json'], root);
		expect(planned).toContain(`"@flue/redis\\": \\"${published}\\"`);
		expect(planned).toContain('"redis\\": \\"^5.12.1\\"');
	});

	it('type-checks, builds, and keeps everything when its servers are killed', async () => {
		await flueAdd([database, '--reconnect', '--adapter', 'vendored', '--json'], root);
		const { dependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
		expect(dependencies['@flue/redis']).toMatch(/^file:vendor\/flue-redis-1\.0\.0-beta/);
		await runLocal('tsc', ['--noEmit'], root);
		const told = await runLocal('flue', ['build', '--target', 'node'], root);
		expect(existsSync(join(root, 'dist/server.mjs')), told).toBe(true);
		const { variable } = DATABASES[database];
		const kinds = (['redis', 'valkey'] as const).filter((kind) => EVERYTHING || kind === database);
		// Most of a story is waiting for a lease to end.
		await Promise.all(
			kinds.map((kind) => tellBetaStory({ root, kind, variable, version, step: silently })),
		);
	});
});
tellLeftOut(LINES.length, 'lines with the other database');
