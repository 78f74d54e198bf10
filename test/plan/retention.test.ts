// `--retain`: learned from an earlier db.ts, and held to the adapters that know it.
import { expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import { readTemplate } from '../../src/package/template.ts';
import { draftEntry } from '../../src/plan/entry.ts';
import { keepSettings, readAdapterSettings, readGenerated } from '../../src/plan/generated.ts';
import { checkRetention } from '../../src/plan/vendor.ts';
import { makeFacts, makeOptions, makeSecretPlan } from '../values.ts';

function rendered(retain: string | undefined) {
	const options = makeOptions({ keyPrefix: 'app', retain });
	const sources = { facts: makeFacts(), secrets: makeSecretPlan(), generated: null, options };
	return draftEntry({ ...sources, blueprint: redis, template: readTemplate(redis) }).render(false);
}

it('a second run keeps what the first was told, and is told otherwise', () => {
	const generated = readGenerated({ path: 'db.ts', text: rendered('12w') }, [redis]);
	const kept = (retain?: string) => keepSettings(makeOptions({ retain }), generated, redis).retain;
	expect([kept(), kept('30d'), kept('never')]).toEqual(['12w', '30d', 'never']);
	expect(rendered('never')).toBe(rendered(undefined));
});

it.each(["retain: { settled: '30' }", 'retain: { settled: DAYS }', 'retain', '...rest'])(
	'%s in a db.ts is nothing that a run repeats',
	(property) => {
		const text = `export default redis({}, { ${property}, keyPrefix: 'a' });\n`;
		expect(readAdapterSettings('db.ts', text)).toMatchObject({ retain: undefined, keyPrefix: 'a' });
	},
);

const declared = (range: string | undefined) => ({
	packages: {
		...makeFacts().packages,
		adapter: {
			...makeFacts().packages.adapter,
			declared: range === undefined ? null : { range, field: 'dependencies' as const },
		},
	},
	runtime: { value: '2.0.3', from: '' },
});

it.each<[string | undefined, string | undefined, boolean]>([
	[undefined, undefined, false],
	['^2.0.0', undefined, false],
	['latest', undefined, false],
	['file:vendor/flue-redis-2.0.3-abc.tgz', undefined, true],
	['file:vendor/flue-redis-2.0.3-abc.tgz', '2.0.3', false],
	['^2.0.0', 'vendored', true],
	[undefined, 'vendored', true],
	['workspace:*', undefined, true],
	[undefined, 'npm:@own/redis@1', true],
])('with %j declared and --adapter %j it may be said: %s', (range, spec, isFit) => {
	const check = (retain?: string) => () => checkRetention(declared(range), spec, retain);
	if (isFit) expect(check('30d')).not.toThrow();
	else expect(check('30d')).toThrow(expect.objectContaining({ code: 'ADAPTER_UNFIT' }));
	expect(check('never')).not.toThrow();
	expect(check()).not.toThrow();
});

it('a beta that deletes sessions by their submissions is told', () => {
	const beta = (value: string) => () =>
		checkRetention({ ...declared(undefined), runtime: { value, from: '' } }, 'vendored', '30d');
	expect(beta('1.0.0-beta.7')).toThrow(expect.objectContaining({ code: 'ADAPTER_UNFIT' }));
	expect(beta('1.0.0-beta.9')).not.toThrow();
});
