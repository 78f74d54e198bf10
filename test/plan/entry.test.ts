import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import { blueprint as valkey } from '../../src/blueprints/valkey.ts';
import { readTemplate } from '../../src/package/template.ts';
import { draftEntry, type EntrySources } from '../../src/plan/entry.ts';
import { readGenerated } from '../../src/plan/generated.ts';
import { makeFacts, makeOptions, makeSecretPlan, withEntry } from '../values.ts';

const SCAFFOLD = readFileSync('fixtures/projects/init-node/before/src/db.ts', 'utf8');

function draft(text: string | null, changes: Partial<EntrySources> = {}) {
	return draftEntry({
		facts: makeFacts(withEntry(text)),
		blueprint: redis,
		template: readTemplate(redis),
		options: makeOptions(),
		secrets: makeSecretPlan(),
		generated: null,
		...changes,
	});
}

const PLAIN = draft(null).render(false);
const LISTENING = draft(null).render(true);

describe('draftEntry', () => {
	it('renders both forms, of which one has the listener', () => {
		expect(PLAIN).not.toContain("client.on('error'");
		expect(LISTENING).toContain("client.on('error'");
	});

	it.each([
		['absent', null, false],
		['scaffold', SCAFFOLD, false],
		['other', 'export default {};\n', false],
		['same', PLAIN, false],
		['same', LISTENING, true],
		['same', PLAIN.replaceAll("'", '"').replaceAll(';', ''), false],
	] as const)('calls an entry %s', (state, text, reconnects) => {
		expect(draft(text)).toMatchObject({ state, reconnects });
	});

	it('knows the listener that --reconnect wrote alone, which a replacement brings up to date', () => {
		const alone = LISTENING.replace(/\nfunction renew[\s\S]*unref\(\);\n/, '');
		expect(alone).toContain("client.on('error'");
		expect(alone).not.toContain('look');
		const on = makeOptions({ reconnect: true });
		for (const options of [makeOptions(), on])
			expect(draft(alone, { options })).toMatchObject({ state: 'same', reconnects: true });
		expect(draft(alone, { options: { ...on, replace: true } }).state).toBe('other');
		expect(draft(alone, { options: makeOptions({ reconnect: false }) }).state).toBe('other');
		expect(draft(`${alone}export {};\n`).state).toBe('other');
	});

	it('calls the form other that --reconnect or --no-reconnect does not mean', () => {
		const on = makeOptions({ reconnect: true });
		const off = makeOptions({ reconnect: false });
		expect(draft(PLAIN, { options: on }).state).toBe('other');
		expect(draft(LISTENING, { options: off }).state).toBe('other');
		expect(draft(LISTENING, { options: on })).toMatchObject({ state: 'same', reconnects: true });
		expect(draft(PLAIN, { options: off })).toMatchObject({ state: 'same', reconnects: false });
	});

	it.each([
		{ keyPrefix: 'app' },
		{ inspectServer: false },
		{ envVar: 'CACHE_URL' },
		{ retain: '30d' },
	])('calls the text other that was written without %j', (said) => {
		expect(draft(PLAIN, { options: makeOptions(said) }).state).toBe('other');
	});

	it.each<[string, boolean, string, object]>([
		['the other answer about the listener', true, PLAIN, { reconnect: true }],
		['another prefix', true, LISTENING, { keyPrefix: 'app' }],
		['a text that was edited since', false, `${PLAIN}export {};\n`, { reconnect: true }],
		['what is wanted', false, PLAIN, {}],
	])('tells what this command wrote from what was edited: %s', (_, isToldOtherwise, text, said) => {
		const generated = readGenerated({ path: 'db.ts', text }, [redis]);
		expect(draft(text, { options: makeOptions(said), generated })).toMatchObject({
			isToldOtherwise,
		});
	});

	it.each([
		['{ wait: 1, timeoutMs: 1000 }', 'same'],
		['{ wait: COUNT, timeoutMs: 1000 }', 'other'],
	])(
		'keeps how many replicas must have a write where it is said in numbers: %s',
		(replicas, state) => {
			const text = PLAIN.replace(/\n}\);\n$/, `\n}, { replicas: ${replicas} });\n`);
			const generated = readGenerated({ path: 'db.ts', text }, [redis]);
			expect(draft(text, { generated }).state).toBe(state);
			const anew = draft(text, { generated, options: makeOptions({ keyPrefix: 'app' }) });
			const kept = state === 'same' ? `, replicas: ${replicas}` : '';
			expect(anew.render(true)).toContain(`}, { keyPrefix: 'app'${kept} });`);
			expect(draft(text, { generated, blueprint: valkey }).render(true)).not.toContain('replicas');
		},
	);

	it('calls the entry of another blueprint other', () => {
		expect(draft(PLAIN, { blueprint: valkey }).state).toBe('other');
	});

	it('takes variable, module and style from where they belong', () => {
		const options = makeOptions({ envVar: 'CACHE_URL' });
		expect(draft(null, { options }).render(false)).toContain('process.env.CACHE_URL');
		const access = { import: { kind: 'named', name: 'env' }, expression: 'env.CACHE' } as const;
		const secrets = makeSecretPlan({ module: { specifier: './env.js', access } });
		expect(draft(null, { secrets }).render(false)).toContain("import { env } from './env.js';");
		const style = { indent: '\t', quote: '"', semicolons: false, lineEnding: '\n' } as const;
		const facts = makeFacts({ style: { value: style, from: '' } });
		expect(draft(null, { facts }).render(false)).toContain('from "redis"\n');
	});
});
