import { describe, expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import type { EntryUse, Facts } from '../../src/model/facts.ts';
import type { WriteStep } from '../../src/model/plan.ts';
import type { WarningCode } from '../../src/model/warning-code.ts';
import { makePlan, type PlanSources, packageSpec } from '../../src/plan/index.ts';
import {
	makeDraft,
	makeFacts,
	makeOptions,
	makeSecretPlan,
	makeSettled,
	makeWrite,
	withEntry,
} from '../values.ts';

const TEXT = 'the new text\n';

function plan(changes: Partial<PlanSources> = {}) {
	return makePlan({
		facts: makeFacts(),
		choices: makeSettled(),
		options: makeOptions(),
		secrets: makeSecretPlan(),
		draft: makeDraft(),
		text: TEXT,
		vendor: null,
		...changes,
	});
}

function namesOf(made: { steps: ReturnType<typeof plan>['steps'] }): string[] {
	return made.steps.map((step) => (step.kind === 'install' ? step.command : step.path));
}

const COMPLETE: Facts['packages'] = {
	adapter: {
		name: '@flue/redis',
		declared: { range: '2.0.3', field: 'dependencies' },
		installed: '2.0.3',
	},
	client: {
		name: 'redis',
		declared: { range: '^5.12.1', field: 'dependencies' },
		installed: '5.12.1',
	},
};

const USE: EntryUse = { exports: [], importedBy: [], inGit: false, beside: [], hasCopy: false };

function replacing(use: Partial<EntryUse> | null, path = 'src/db.ts') {
	const facts = makeFacts({
		...withEntry('mine\n', path),
		packages: COMPLETE,
		entryUse: use && { ...USE, ...use },
	});
	return plan({ facts, draft: makeDraft('other') });
}

describe('makePlan', () => {
	it('edits package.json, installs, makes room for the address, and writes db.ts last', () => {
		const steps = [
			makeWrite({ path: 'src/env.ts', before: 'a' }),
			makeWrite({ path: '.env', before: 'b' }),
		];
		const made = plan({ secrets: makeSecretPlan({ steps }) });
		expect(namesOf(made)).toEqual(['package.json', 'npm', 'src/env.ts', '.env', 'src/db.ts']);
		expect(made).toMatchObject({ root: '/app', boundary: '/app' });
		expect(made.installTouches).toContain('package-lock.json');
	});

	it('has nothing to do when everything is there', () => {
		const facts = makeFacts({ packages: COMPLETE, ...withEntry(TEXT) });
		expect(plan({ facts, draft: makeDraft('same') }).steps).toEqual([]);
	});

	it('edits package.json and names the command with --no-install', () => {
		const made = plan({ options: makeOptions({ install: false }) });
		expect(namesOf(made)).toEqual(['package.json', 'src/db.ts']);
		expect(made.nextSteps[0]).toBe('Run `npm install`.');
		expect(plan().nextSteps.join('\n')).not.toContain('npm install');
	});

	it('creates an entry, and replaces the scaffold, without a copy', () => {
		const facts = makeFacts({ packages: COMPLETE });
		expect(plan({ facts }).steps).toEqual([
			{ kind: 'write', path: 'src/db.ts', before: null, after: TEXT, shown: 'changes' },
		]);
		const scaffold = makeFacts({ packages: COMPLETE, ...withEntry('old\n') });
		expect(plan({ facts: scaffold, draft: makeDraft('scaffold') }).steps).toEqual([
			{ kind: 'write', path: 'src/db.ts', before: 'old\n', after: TEXT, shown: 'changes' },
		]);
	});

	it('keeps a copy of what git could not give back, without showing it', () => {
		for (const use of [{ inGit: false }, null]) {
			expect(replacing(use).steps).toEqual([
				{ kind: 'write', path: 'src/db.ts.bak', before: null, after: 'mine\n', shown: 'nothing' },
				{ kind: 'write', path: 'src/db.ts', before: 'mine\n', after: TEXT, shown: 'additions' },
			]);
		}
		expect(namesOf(replacing({ inGit: true }))).toEqual(['src/db.ts']);
		// A run that was killed in the middle has made it.
		expect(namesOf(replacing({ hasCopy: true, beside: ['db.ts.bak'] }))).toEqual(['src/db.ts']);
	});

	it.each([
		[['db.ts'], 'src/db.ts', 'src/db.ts.bak'],
		[['db.ts', 'db.ts.bak'], 'src/db.ts', 'src/db.ts.bak2'],
		[['db.ts.bak', 'db.ts.bak2', 'db.ts.bak3'], 'src/db.ts', 'src/db.ts.bak4'],
		[['db.ts.bak2'], 'src/db.ts', 'src/db.ts.bak'],
		[['db.mts.bak'], 'db.mts', 'db.mts.bak2'],
	])('beside %j a copy of %s is called %s', (beside, path, name) => {
		const [copy] = replacing({ beside }, path).steps as WriteStep[];
		expect(copy).toMatchObject({ path: name, before: null });
	});

	it('warns that the scaffold’s conversations are left behind, if there are any', () => {
		const codes = (scaffoldData: boolean, state: 'scaffold' | 'other') =>
			plan({
				facts: makeFacts({ scaffoldData, ...withEntry('old') }),
				draft: makeDraft(state),
			}).warnings.map(({ code }) => code);
		expect(codes(true, 'scaffold')).toEqual(['DATA_LEFT_BEHIND']);
		expect(codes(false, 'scaffold')).toEqual([]);
		expect(codes(true, 'other')).toEqual([]);
	});

	it('warns of the names that a replaced entry gave to other files', () => {
		const codes = (use: Partial<EntryUse>) =>
			replacing(use).warnings.map(({ code, message }) => `${code} ${message}`);
		const [warning, ...others] = codes({ exports: ['pool'], importedBy: ['src/report.ts'] });
		expect(others).toEqual([]);
		expect(warning).toContain('DB_EXPORTS_LOST src/db.ts exports pool, and src/report.ts imports');
		expect(codes({ exports: ['pool'], importedBy: [] })).toEqual([]);
		expect(codes({ exports: [], importedBy: [] })).toEqual([]);
	});

	it('warns of a top-level await that the compiler refuses', () => {
		const typeChecks = {
			...makeFacts().typeChecks,
			refusesAwait: '"module" is "commonjs"',
			from: ['tsconfig.json'],
		};
		const made = plan({
			facts: makeFacts({ typeChecks }),
			text: 'let a;\nawait client.connect();\n',
		});
		expect(made.warnings.map(({ code }) => code)).toEqual(['DB_AWAIT_REFUSED']);
		expect(made.warnings[0]?.message).toContain('line 2 of src/db.ts (tsconfig.json: ');
	});

	it.each([
		['app', []],
		['app:x', []],
		['app*', ['KEY_PREFIX_PATTERN']],
		['a?b', ['KEY_PREFIX_PATTERN']],
		['[a]', ['KEY_PREFIX_PATTERN']],
		['a\\b', ['KEY_PREFIX_PATTERN']],
	])('warns of the key prefix %s: %j', (keyPrefix, codes) => {
		const made = plan({ options: makeOptions({ keyPrefix }) });
		expect(made.warnings.map(({ code }) => code)).toEqual(codes);
	});

	it('does not warn of a key prefix where the adapter takes it as it is', () => {
		const options = makeOptions({ keyPrefix: 'app*' });
		const made = plan({ options, choices: makeSettled({ adapter: 'vendored' }) });
		expect(made.warnings).toEqual([]);
	});

	it('passes on the warnings of the facts and of the secrets, in this order', () => {
		const warning = (code: WarningCode) => ({ code, message: code });
		const made = plan({
			facts: makeFacts({ warnings: [warning('DB_ELSEWHERE')] }),
			secrets: makeSecretPlan({ warnings: [warning('ENV_OUTSIDE')] }),
		});
		expect(made.warnings.map(({ code }) => code)).toEqual(['DB_ELSEWHERE', 'ENV_OUTSIDE']);
	});

	it('writes the adapter that was asked for', () => {
		const made = plan({ choices: makeSettled({ adapter: '/up/r e d.tgz' }) });
		const [manifest] = made.steps as WriteStep[];
		expect(JSON.parse(manifest?.after ?? '').dependencies).toEqual({
			'@flue/redis': 'file:../up/r e d.tgz',
			redis: redis.client.range,
		});
	});
});

describe('a client that the workspace has in a catalog', () => {
	const from = '../../pnpm-workspace.yaml';
	const pnpm = makeSettled({ packageManager: { value: 'pnpm', from: 'a test' } });
	const said = (specs: Record<string, Record<string, string>>, changes: Partial<Facts> = {}) => {
		const catalogs = Object.entries(specs).map(([name, one]) => ({ name, from, specs: one }));
		const made = plan({ facts: makeFacts({ catalogs, ...changes }), choices: pnpm });
		return made.warnings.map(({ message }) => message);
	};

	it.each([
		['is too old', { default: { redis: '^4.7.0' } }, /redis \^4\.7\.0 .* does not work/],
		['fits', { default: { redis: '^5.13.0' } }, /write "catalog:" in its place/],
		['is a tag', { default: { redis: 'latest' } }, /write "catalog:" in its place/],
		['is in one with a name', { next: { redis: '^6.3.1' } }, /write "catalog:next" in/],
		['fits once', { default: { redis: '4' }, next: { redis: 'npm:redis@6' } }, /"catalog:next"/],
	])('is told where that %s', (_, catalogs, message) => {
		expect(said(catalogs)).toEqual([expect.stringMatching(message)]);
	});

	it('is nothing to tell where it is declared, not there, or in the catalog of another manager', () => {
		expect(said({ default: { redis: '^5.13.0' } }, { packages: COMPLETE })).toEqual([]);
		expect(said({ default: { ioredis: '^5.0.0' } })).toEqual([]);
		const catalogs = [{ name: 'default', from: '.yarnrc.yml', specs: { redis: '4' } }];
		expect(plan({ facts: makeFacts({ catalogs }), choices: pnpm }).warnings).toEqual([]);
	});
});

describe('packageSpec', () => {
	it.each([
		['/app/pack/redis.tgz', 'file:pack/redis.tgz'],
		['/redis.tgz', 'file:../redis.tgz'],
		['npm:@scope/redis@2', 'npm:@scope/redis@2'],
		['file:../redis.tgz', 'file:../redis.tgz'],
		['workspace:*', 'workspace:*'],
		['2.0.3', '2.0.3'],
		[undefined, undefined],
	])('of %s is %s', (spec, expected) => {
		expect(packageSpec('/app', spec)).toBe(expected);
	});
});
