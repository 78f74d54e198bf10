import { describe, expect, it } from 'vitest';
import { blueprint as valkey } from '../../src/blueprints/valkey.ts';
import type { EnvFile } from '../../src/model/secrets.ts';
import { nextSteps, type Remaining } from '../../src/plan/next-steps.ts';
import { makeFacts, makeOptions, makeSecretPlan, makeSettled } from '../values.ts';

function stepsOf(changes: Partial<Remaining> = {}): string[] {
	return nextSteps({
		facts: makeFacts(),
		choices: makeSettled(),
		options: makeOptions(),
		secrets: makeSecretPlan(),
		installCommand: null,
		...changes,
	});
}

function secretsWith(path: string, present: Record<string, string[]> = {}) {
	const file: EnvFile = { path, text: '', role: 'private', ignored: true };
	const convention = { value: 'env', from: path } as const;
	return makeFacts({
		secrets: {
			convention,
			env: { files: [file], present },
			configModule: null,
			unknownModule: null,
		},
	});
}

describe('nextSteps', () => {
	it('begins with the install that remains', () => {
		expect(stepsOf({ installCommand: 'pnpm install' })[0]).toBe('Run `pnpm install`.');
		expect(stepsOf().join('\n')).not.toContain('install');
	});

	it('says first that nothing starts where the config module asks for the value', () => {
		const secrets = makeSecretPlan({ requiredBy: 'src/env.ts' });
		expect(stepsOf({ secrets })[0]).toBe(
			'src/env.ts asks for REDIS_URL: nothing that uses it starts, here and where it is deployed, until the variable has a value.',
		);
		expect(stepsOf().join('\n')).not.toContain('asks for');
	});

	it('says where the value goes for dev and for the built server, which reads no env file', () => {
		const text = stepsOf().join('\n');
		expect(text).toContain('REDIS_URL in .env');
		expect(text).toContain('`vite dev`');
		expect(text).toContain('node --env-file=.env dist/server.mjs');
	});

	it('names the commands of the 1.0 beta', () => {
		const text = stepsOf({ facts: makeFacts({ line: { value: '1.0-beta', from: '' } }) }).join(
			'\n',
		);
		expect(text).toContain('`flue dev`');
		expect(text).not.toContain('vite');
	});

	it('says that `flue run` does not read .env.local', () => {
		const text = stepsOf({ facts: secretsWith('.env.local') }).join('\n');
		expect(text).toContain('REDIS_URL in .env.local');
		expect(text).toContain('flue run --env .env.local');
	});

	it.each(['constructor', 'toString', 'hasOwnProperty', '__proto__'])(
		'takes a variable called %s for one',
		(envVar) => {
			const text = stepsOf({ options: makeOptions({ envVar }) }).join('\n');
			expect(text).toContain(`Set ${envVar} in .env`);
		},
	);

	it('names the variable and the server of the blueprint, or the variable of the project', () => {
		const valkeySteps = stepsOf({ choices: makeSettled({ blueprint: valkey }) }).join('\n');
		expect(valkeySteps).toContain('VALKEY_URL');
		expect(valkeySteps).toContain('Give Valkey');
		const own = stepsOf({ options: makeOptions({ envVar: 'CACHE_URL' }) }).join('\n');
		expect(own).toContain('CACHE_URL');
		expect(own).not.toContain('REDIS_URL');
	});

	it('tells to check a value that is there', () => {
		const facts = secretsWith('.env', { REDIS_URL: ['.env'] });
		expect(stepsOf({ facts }).join('\n')).toMatch(/check .*redis:\/\/ or rediss:\/\//i);
	});

	it('mentions --reconnect unless it was chosen', () => {
		expect(stepsOf().at(-2)).toContain('--reconnect');
		expect(stepsOf().at(-1)).toContain('verify database');
		const text = stepsOf({ choices: makeSettled({ reconnect: true }) }).join('\n');
		expect(text).not.toContain('--reconnect');
	});
});
