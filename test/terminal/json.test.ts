import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { BLUEPRINTS } from '../../src/blueprints/index.ts';
import { blueprint as redis } from '../../src/blueprints/redis.ts';
import { ERROR_CODES, type ErrorCode, FlueError } from '../../src/errors.ts';
import type { Warning } from '../../src/model/found.ts';
import type { Step, StepState } from '../../src/model/plan.ts';
import type { Check } from '../../src/model/verification.ts';
import {
	addDocument,
	helpErrorDocument,
	type Learned,
	listDocument,
	textDocument,
	verifyDocument,
	versionDocument,
} from '../../src/terminal/json.ts';
import {
	makeFacts,
	makePlanned,
	makeSecretPlan,
	makeSettled,
	makeWrite,
	withEntry,
} from '../values.ts';

const SCHEMA = JSON.parse(readFileSync('dist/output.schema.json', 'utf8'));
const validate = new Ajv2020({ strict: true, allErrors: true }).compile(SCHEMA);

// biome-ignore lint/suspicious/noExplicitAny: a document is looked into by tests alone
type Document = any;

/** The document, which must be one and follow the schema. */
function valid(text: string): Document {
	const document = JSON.parse(text);
	validate(document);
	expect(validate.errors ?? []).toEqual([]);
	return document;
}

const STEPS: Step[] = [
	makeWrite({ path: 'package.json', before: '{}\n', after: '{ "a": 1 }\n' }),
	{ kind: 'install', command: 'npm', args: ['install', '--no-audit'] },
	makeWrite({
		path: '.env',
		before: 'A=canary\n',
		after: 'A=canary\nREDIS_URL=\n',
		shown: 'additions',
	}),
	makeWrite(),
];

const NEXT = { command: 'npx flue-blueprints verify database --json', why: 'It looks.' };

const WARNINGS: Warning[] = [{ code: 'DATA_LEFT_BEHIND', message: 'They stay there.' }];

function learned(changes: Learned = {}): Learned {
	return {
		blueprint: redis,
		facts: makeFacts(),
		secrets: makeSecretPlan(),
		choices: makeSettled(),
		plan: makePlanned({ steps: STEPS }),
		...changes,
	};
}

describe('addDocument', () => {
	it.each(['applied', 'unchanged', 'previewed', 'declined'] as const)(
		'follows the schema when %s',
		async (status) => {
			const document = valid(
				await addDocument(learned(), { status, warnings: WARNINGS, next: NEXT }),
			);
			expect(document).toMatchObject({ version: 1, command: 'add', status, warnings: WARNINGS });
			expect(document.next).toEqual(NEXT);
			expect(document.nextSteps).toEqual(status === 'declined' ? [] : ['Set REDIS_URL.']);
			expect(document).not.toHaveProperty('error');
		},
	);

	it.each<[string, Learned]>([
		['a blueprint is chosen', {}],
		['the project is read', { blueprint: redis }],
		['the secrets are planned', { blueprint: redis, facts: makeFacts() }],
		[
			'the questions are answered',
			{ blueprint: redis, facts: makeFacts(), secrets: makeSecretPlan() },
		],
		['the plan is applied', learned()],
	])('follows the schema when a run fails before %s', async (_, known) => {
		const error = new FlueError('NEEDS_ANSWER', 'It is open.', { hint: 'Say --replace.' });
		const document = valid(
			await addDocument(known, { status: 'failed', warnings: [], error, next: null }),
		);
		expect(document.error).toEqual({
			code: 'NEEDS_ANSWER',
			message: 'It is open.',
			hint: 'Say --replace.',
		});
		expect(document.nextSteps).toEqual([]);
	});

	it.each(Object.keys(ERROR_CODES) as ErrorCode[])(
		'follows the schema when it fails with %s',
		async (code) => {
			const error = new FlueError(code, 'So it is.');
			const document = valid(
				await addDocument({}, { status: 'failed', warnings: [], error, next: null }),
			);
			expect(document).toMatchObject({
				blueprint: null,
				project: null,
				error: { code, hint: null },
			});
		},
	);

	it('says what each step does, and no secret', async () => {
		const text = await addDocument(learned(), { status: 'previewed', warnings: [], next: null });
		const { steps } = valid(text);
		expect(steps.map((step: Step & { action?: string }) => [step.kind, step.action])).toEqual([
			['write', 'update'],
			['install', undefined],
			['write', 'update'],
			['write', 'create'],
		]);
		expect(steps[1]).toEqual({
			kind: 'install',
			command: 'npm',
			args: ['install', '--no-audit'],
			state: 'planned',
		});
		expect(steps[2].diff).toBe('+REDIS_URL=\n');
		expect(steps[3].diff).toContain('\n+export {};\n');
		expect(text).not.toContain('canary');
	});

	it('tells of each step of a failed run what became of it', async () => {
		const [manifest, install] = STEPS as [Step, Step];
		const states = new Map<Step, StepState>([
			[manifest, 'undone'],
			[install, 'partly-undone'],
		]);
		const error = new FlueError('INSTALL_FAILED', 'It failed.');
		const end = { warnings: [], error, next: null };
		const { steps } = valid(await addDocument(learned({ states }), { status: 'failed', ...end }));
		expect(steps.map(({ state }: Document) => state)).toEqual([
			'undone',
			'partly-undone',
			'planned',
			'planned',
		]);
	});

	it('takes the password out of an address in an error', async () => {
		const error = new FlueError('INSTALL_FAILED', 'npm: git+https://me:canary@h/a.git not found');
		const text = await addDocument({}, { status: 'failed', warnings: [], error, next: null });
		expect(valid(text).error.message).toBe('npm: git+https://***@h/a.git not found');
	});

	it('masks addresses in every field, also of warnings, facts and steps', async () => {
		const address = 'git+https://canary:x-oauth-basic@h/a.git';
		const text = await addDocument(
			learned({
				facts: makeFacts({ runtime: { value: address, from: address } }),
				plan: makePlanned({ nextSteps: [address] }),
			}),
			{ status: 'applied', warnings: [{ code: 'DATA_LEFT_BEHIND', message: address }], next: null },
		);
		valid(text);
		expect(text).not.toContain('canary');
		expect(text.match(/https:\/\/\*\*\*@h/g)).toHaveLength(4);
	});

	it('says null of what is open and of what is not there', async () => {
		const open = { options: [], from: 'two lockfiles' };
		const facts = makeFacts({ target: open, packageManager: open, runtime: null });
		const error = new FlueError('NEEDS_ANSWER', 'Open.');
		const text = await addDocument(
			{ facts },
			{ status: 'failed', warnings: [], error, next: null },
		);
		expect(valid(text).project).toEqual({
			root: '/app',
			target: null,
			packageManager: null,
			sourceRoot: { value: 'src', from: 'src/' },
			dbEntry: null,
			runtime: null,
			runtimeCopies: facts.runtimes.copies,
			secrets: null,
		});
	});

	it('prefers what was chosen to what was found', async () => {
		const facts = makeFacts({ ...withEntry('old'), target: { options: [], from: 'a dual build' } });
		const choices = makeSettled({
			target: { value: 'node', from: '--target' },
			packageManager: { value: 'pnpm', from: '--package-manager' },
		});
		const known = learned({ facts, choices });
		expect(
			valid(await addDocument(known, { status: 'applied', warnings: [], next: null })).project,
		).toMatchObject({
			target: { value: 'node', from: '--target' },
			packageManager: { value: 'pnpm', from: '--package-manager' },
			dbEntry: { value: 'src/db.ts', from: 'src/' },
		});
	});
});

describe('listDocument', () => {
	it('follows the schema, with every blueprint', () => {
		const document = valid(listDocument(BLUEPRINTS));
		expect(document.status).toBe('listed');
		expect(document.blueprints.map(({ name }: Document) => name)).toEqual(
			BLUEPRINTS.map(({ name }) => name),
		);
	});
});

describe('verifyDocument', () => {
	const check = { id: 'project.entry', status: 'pass', message: 'So.', hint: null } as const;

	it.each([
		[[check], 'passed'],
		[[check, { ...check, status: 'warn' } as const], 'passed'],
		[[check, { ...check, status: 'fail', hint: 'Do.' } as const], 'failed'],
		[[], 'passed'],
	])('follows the schema with %j: %s', (checks, status) => {
		const document = valid(verifyDocument(checks, { next: null }));
		expect(document).toEqual({ version: 1, command: 'verify', status, checks, next: null });
	});

	it('follows the schema when it fails, and takes passwords out of what it says', () => {
		const message = 'at redis://me:canary@h';
		const error = new FlueError('NOT_FLUE', message);
		const document = valid(verifyDocument([{ ...check, message }], { next: NEXT, error }));
		expect(document).toMatchObject({ status: 'failed', error: { code: 'NOT_FLUE', hint: null } });
		expect(JSON.stringify(document)).not.toContain('canary');
	});

	it.each([{ status: 'ok' }, { id: 'Entry' }, { id: 'other.entry' }, { hint: undefined }])(
		'is refused by the schema with %j',
		(spoilt) => {
			expect(
				validate(JSON.parse(verifyDocument([{ ...check, ...spoilt } as Check], { next: null }))),
			).toBe(false);
		},
	);
});

it('follows the schema with a version, and with help', () => {
	expect(valid(versionDocument('1.2.3')).package).toEqual({
		name: 'flue-blueprints',
		version: '1.2.3',
	});
	expect(valid(textDocument('Usage\n')).text).toBe('Usage\n');
	const failure = new FlueError('BAD_USAGE', 'There is no help about "x".');
	expect(valid(helpErrorDocument(failure))).toMatchObject({ command: 'help', status: 'failed' });
});

describe('output.schema.json', () => {
	it.each(BLUEPRINTS)('knows every blueprint: $name', async (blueprint) => {
		const end = { status: 'applied' as const, warnings: [], next: null };
		valid(await addDocument(learned({ blueprint }), end));
		const unknown = { ...blueprint, name: `${blueprint.name}-x` };
		expect(validate(JSON.parse(await addDocument(learned({ blueprint: unknown }), end)))).toBe(
			false,
		);
	});

	it.each<[string, (document: Document) => void]>([
		['a failure without an error', (one) => delete one.error],
		['an error in a success', (one) => Object.assign(one, { status: 'applied' })],
		['a property that nobody knows', (one) => Object.assign(one, { extra: 1 })],
		['another version', (one) => Object.assign(one, { version: 2 })],
	])('refuses %s', async (_, spoil) => {
		const error = new FlueError('BUSY', 'Busy.');
		const document = valid(
			await addDocument({}, { status: 'failed', warnings: [], error, next: null }),
		);
		spoil(document);
		expect(validate(document)).toBe(false);
	});
});
