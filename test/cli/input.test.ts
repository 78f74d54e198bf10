// A document is the command line in other words: what fits the published schema is taken, and nothing else.
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { withDocument } from '../../src/cli/document.ts';
import { fieldsOf } from '../../src/cli/fields.ts';
import { inputSchema } from '../../src/cli/input-schema.ts';
import { COMMANDS } from '../../src/cli/options.ts';
import { parseArguments } from '../../src/cli/parse.ts';
import { FlueError } from '../../src/errors.ts';

const schema = inputSchema();
const ajv = new Ajv2020({ strict: true, strictRequired: false }).addSchema(schema);
const validate = ajv.compile({ $ref: `${schema.$id}#/$defs/add` });

/** What the program makes of a document of `add`: its words, or the place that does not fit. */
function taken(document: unknown, typed: string[] = []): string[] {
	const args = ['add', ...typed, '--input', '-'];
	const { request } = parseArguments(args, '1.0.0') as { request: { kind: string; name: string } };
	try {
		return withDocument(args, request, JSON.stringify(document));
	} catch (error) {
		if (!(error instanceof FlueError) || error.code !== 'BAD_INPUT') throw error;
		return error.reasons.length > 0 ? error.reasons.map(({ message }) => message) : [error.message];
	}
}

const FITS: [object, string[]][] = [
	[{ command: 'add' }, []],
	[{ command: 'add', kind: 'database', name: 'redis' }, ['database', 'redis']],
	[{ command: 'add', dryRun: true, json: false }, ['--dry-run']],
	[{ command: 'add', install: false, inspectServer: true }, ['--no-install']],
	[{ command: 'add', reconnect: false }, ['--no-reconnect']],
	[{ command: 'add', reconnect: true, alignRuntime: true }, ['--reconnect', '--align-runtime']],
	[{ command: 'add', packageManager: 'pnpm', cwd: 'a b' }, ['--cwd=a b', '--package-manager=pnpm']],
	[{ command: 'add', keyPrefix: '-x' }, ['--key-prefix=-x']],
];

const DOES_NOT_FIT: [unknown, RegExp][] = [
	[[], /at its root: expected an object, and found a list/],
	[{}, /at \/command: expected "add"/],
	[null, /at its root: expected an object, and found null/],
	[{ command: 'verify' }, /at \/command: expected "add"/],
	[{ command: 'add', dryRun: 'yes' }, /at \/dryRun: expected true or false, and found a string/],
	[
		{ command: 'add', packageManager: 'canary' },
		/at \/packageManager: expected "npm" or "nub" or "pnpm"/,
	],
	[{ command: 'add', cwd: 1 }, /at \/cwd: expected a string, and found a number/],
	[{ command: 'add', envVar: '1X' }, /at \/envVar is not the name of an environment variable\.$/],
	[{ command: 'add', dryrun: true }, /at \/dryrun: expected no such field/],
	[{ command: 'add', 'a/b~c': 'canary' }, /at \/a~1b~0c: /],
	[{ command: 'add', input: 'x' }, /at \/input: /],
	[{ command: 'add', name: 'redis' }, /at \/kind: /],
	[{ command: 'add', kind: 'cache' }, /at \/kind: expected "database"/],
];

describe('a document of --input', () => {
	it.each(FITS)('%j is %j', (document, words) => {
		expect(validate(document), JSON.stringify(validate.errors)).toBe(true);
		const [command, ...rest] = taken(document);
		expect(command).toBe('add');
		expect(rest.toSorted()).toEqual(words.toSorted());
	});

	it.each(DOES_NOT_FIT)('%j does not fit', (document, place) => {
		expect(validate(document)).toBe(false);
		const [message = ''] = taken(document);
		expect(message).toMatch(place);
		expect(message).not.toContain('canary');
	});

	it('tells every place at once, and the nearest name of a field', () => {
		expect(taken({ command: 'add', cwd: 1, dryRun: 1 })).toHaveLength(2);
		const hint = (): void => void withDocument(['add'], {}, '{"command":"add","dryrun":true}');
		expect(hint).toThrow(expect.objectContaining({ hint: expect.stringContaining('"dryRun"') }));
	});

	it('yields to what was typed', () => {
		const document = { command: 'add', kind: 'database', name: 'redis', reconnect: true };
		const words = taken(document, ['database', 'valkey', '--no-reconnect']);
		const { request } = parseArguments(words, '1.0.0') as { request: object };
		expect(request).toMatchObject({ name: 'valkey', options: { reconnect: false } });
	});

	it.each([
		[
			'apply',
			{ file: 'plan.json', dryRun: true },
			{ file: 'plan.json', options: { dryRun: true } },
		],
		['apply', { file: '-plan.json' }, { file: '-plan.json' }],
		['list', { cwd: 'a b', json: true }, { options: { cwd: 'a b', json: true } }],
		['remove', { kind: 'database', keepPackages: true }, { options: { keepPackages: true } }],
		['update', { theirs: true }, { options: { theirs: true } }],
		['verify', { server: true }, { options: { server: true } }],
	])('is taken by %s too: %j', (command, fields, request) => {
		const document = { command, ...fields };
		const isFit = ajv.compile({ $ref: `${schema.$id}#/$defs/${command}` });
		expect(isFit(document), JSON.stringify(isFit.errors)).toBe(true);
		const typed = parseArguments([command, '--input', '-'], '1.0.0') as { request: object };
		const words = withDocument([command, '--input', '-'], typed.request, JSON.stringify(document));
		expect(parseArguments(words, '1.0.0')).toMatchObject({ command, request });
	});

	it('leaves a plan file that was typed, and needs one that nobody named', () => {
		const words = (document: object, typed: string[] = []) =>
			withDocument(
				['apply', ...typed, '--input=-'],
				{ file: typed[0] ?? '' },
				JSON.stringify({ command: 'apply', ...document }),
			);
		expect(words({ file: 'b.json' }, ['a.json'])).toEqual(['apply', 'a.json']);
		expect(() => parseArguments(words({}), '1.0.0')).toThrow(/needs a word behind it/);
		expect(() => words({ file: 1 })).toThrow(/at \/file: expected a string, and found a number/);
	});

	it('can say every option of every command, and the schema tells which', () => {
		for (const row of COMMANDS) {
			const fields = fieldsOf(row.options);
			const words = row.options.flatMap(({ flags }) => flags.match(/--[a-z-]+/g) ?? []);
			const said = fields.flatMap(({ switched, flag }) =>
				switched ? [switched.on, switched.off] : [flag],
			);
			const known = said.filter((one) => one !== null);
			expect([...known, ...(words.includes('--input') ? ['--input'] : [])].toSorted()).toEqual(
				words.toSorted(),
			);
		}
	});
});
