import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseArguments } from '../../src/cli/parse.ts';
import { equivalentCommand } from '../../src/commands/add/repeat.ts';
import type { AddOptions, AddRequest } from '../../src/model/request.ts';
import { refusalOf } from '../refusal.ts';
import { makeOptions, makeSettled } from '../values.ts';

function requestOf(...args: string[]): AddRequest {
	const invocation = parseArguments(['add', ...args], '1.2.3');
	if (invocation.command !== 'add') throw new Error(`${args.join(' ')} is not an add`);
	return invocation.request;
}

describe('parseArguments', () => {
	it('leaves open what is not said', () => {
		expect(requestOf()).toEqual({ kind: undefined, name: undefined, options: makeOptions() });
		expect(requestOf('database')).toMatchObject({ kind: 'database', name: undefined });
		expect(requestOf('database', 'redis')).toMatchObject({ kind: 'database', name: 'redis' });
	});

	it.each<[string[], Partial<AddOptions>]>([
		[['--cwd', 'apps/a b'], { cwd: 'apps/a b' }],
		[['--yes'], { yes: true }],
		[['-y'], { yes: true }],
		[['--dry-run'], { dryRun: true }],
		[['--json'], { json: true }],
		[['--print'], { print: true }],
		[['--no-install'], { install: false }],
		[['--package-manager', 'pnpm'], { packageManager: 'pnpm' }],
		[['--replace'], { replace: true }],
		[['--secrets', 'dev-vars'], { secrets: 'dev-vars' }],
		[['--env-var', 'CACHE_URL'], { envVar: 'CACHE_URL' }],
		[['--key-prefix', 'app:x'], { keyPrefix: 'app:x' }],
		[['--no-inspect-server'], { inspectServer: false }],
		[['--retain', '30d'], { retain: '30d' }],
		[['--retain', 'never'], { retain: 'never' }],
		[['--reconnect'], { reconnect: true }],
		[['--no-reconnect'], { reconnect: false }],
		[['--reconnect', '--no-reconnect'], { reconnect: false }],
		[['--format'], { format: true }],
		[['--adapter', 'npm:@scope/redis@2'], { adapter: 'npm:@scope/redis@2' }],
		[['--adapter=file:../r e d.tgz'], { adapter: 'file:../r e d.tgz' }],
		[['--target', 'node'], { target: 'node' }],
	])('understands %j', (args, said) => {
		expect(requestOf('database', 'redis', ...args).options).toEqual(makeOptions(said));
		expect(requestOf(...args, 'database', 'redis').options).toEqual(makeOptions(said));
	});

	it('takes every package manager and every convention', () => {
		for (const packageManager of ['npm', 'pnpm', 'yarn', 'bun'] as const)
			expect(requestOf('--package-manager', packageManager).options).toMatchObject({
				packageManager,
			});
		for (const secrets of ['env', 'dev-vars', 'config-module', 'none'] as const)
			expect(requestOf('--secrets', secrets).options).toMatchObject({ secrets });
	});

	it.each(['--key-prefix', '--cwd', '--adapter', '--env-var'])(
		'takes no flag for the value of %s',
		(flag) => {
			expect(refusalOf(() => requestOf(flag, '--yes'))).toMatchObject({ code: 'BAD_USAGE' });
		},
	);

	it.each([
		[['frobnicate']],
		[['--json']],
		[['add', '--frobnicate']],
		[['add', 'database', 'redis', 'extra']],
		[['add', '--cwd']],
		[['add', '--cwd', '']],
		[['add', '--cwd', 'a\nb']],
		[['add', '--package-manager', 'cargo']],
		[['add', '--secrets', 'vault']],
		[['add', '--target', 'cloudflare']],
		[['add', '--yes=no']],
		[['add', '--print', '--json']],
		[['add', '--env-var', '']],
		[['add', '--env-var', '1ST']],
		[['add', '--env-var', 'A-B']],
		[['add', '--env-var', 'A=B']],
		[['add', '--env-var', 'A\n']],
		[['add', '--key-prefix', '']],
		[['add', '--key-prefix', '::']],
		[['verify', '--server', '--since', 'yesterday']],
		[['verify', '--since', '1.mirw1k2o.1k2x9c7.p0ws.6h7k.0.2w']],
		[['add', '--retain', '30']],
		[['add', '--retain', '0d']],
		[['add', '--retain', "1d' }, x: '"]],
		[['add', '--key-prefix', 'a\u0000b']],
		[['add', '--key-prefix', 'a\nb']],
		[['add', '--adapter', '']],
		[['add', '--adapter', '--registry=x']],
		[['add', '--adapter', ' x']],
		[['add', '--adapter', 'a\nb']],
		[['help', 'frobnicate']],
	])('refuses %j', (args) => {
		const error = refusalOf(() => parseArguments(args, '1.2.3'));
		expect(error).toMatchObject({ code: 'BAD_USAGE', status: 2 });
		expect(error.message).toMatch(/^[A-Z-].+\.$/s);
		expect(error.message).not.toContain('\n');
		expect(error.hint).toContain('--help');
	});

	it('names the option that was meant', () => {
		expect(refusalOf(() => requestOf('--formt')).message).toContain('--format');
	});

	it.each([
		[[], 'Usage: flue'],
		[['--help'], 'Usage: flue'],
		[['-h'], 'Usage: flue'],
		[['help'], 'Usage: flue'],
		[['help', 'add'], 'Usage: flue add'],
		[['add', '--help'], 'Usage: flue add'],
		[['add', 'database', 'redis', '-h'], 'Usage: flue add'],
	])('answers %j with a text', (args, start) => {
		const invocation = parseArguments(args, '1.2.3');
		expect(invocation).toMatchObject({ command: 'text' });
		expect('text' in invocation && invocation.text.startsWith(start)).toBe(true);
	});

	it.each([[['--version']], [['-V']], [['--version', '--json']], [['--json', '--version']]])(
		'answers %j with the version',
		(args) => {
			expect(parseArguments(args, '1.2.3')).toEqual({ command: 'version', version: '1.2.3' });
		},
	);

	it.each(['errors', 'agent'])('asks for the help about %s', (topic) => {
		expect(parseArguments(['help', topic], '1.2.3')).toEqual({ command: 'help', topic });
	});
});

/** The words of a command line as a POSIX shell takes them apart; no more of its grammar than quotes. */
function words(line: string): string[] {
	const parts = line.match(/(?:'[^']*'|\\.|[^\s'\\])+/gsu) ?? [];
	return parts.map((part) =>
		part.replace(
			/'([^']*)'|\\(.)/gsu,
			(_, quoted?: string, escaped?: string) => quoted ?? escaped ?? '',
		),
	);
}

/** A choice that makes the flag necessary, and one that makes it needless. */
const TARGETS = {
	answered: { value: 'node', from: 'answered; vite.config.ts:3' },
	found: { value: 'node', from: 'flue.config.ts:1' },
} as const;

const value = fc.string({ unit: 'binary', minLength: 1 }).filter((text) => !/\p{Cc}/u.test(text));
const maybe = <T>(one: fc.Arbitrary<T>) => fc.option(one, { nil: undefined });

const saidOptions = fc.record({
	cwd: fc.oneof(
		fc.constant('.'),
		value.filter((text) => !text.startsWith('-')),
	),
	install: fc.boolean(),
	inspectServer: fc.boolean(),
	format: fc.boolean(),
	secrets: maybe(fc.constantFrom('env', 'dev-vars', 'config-module', 'none')),
	envVar: maybe(fc.stringMatching(/^[A-Z][A-Za-z0-9_]*$/)),
	keyPrefix: maybe(value.filter((text) => /^(?!--).*[^:]/.test(text))),
	adapter: maybe(value.filter((text) => /^[^\s-]/.test(text) && text.trim() === text)),
}) as fc.Arbitrary<Partial<AddOptions>>;

const settled = fc.record({
	packageManager: fc.constantFrom('npm', 'pnpm', 'yarn', 'bun'),
	target: fc.constantFrom(...Object.values(TARGETS)),
	replaceDb: fc.boolean(),
	reconnect: fc.boolean(),
});

it.each([
	[['add', '--frobnicate'], 'There is no option --frobnicate of `flue add`', '`flue add --help`'],
	[['list', '--dry-run'], 'There is no option --dry-run of `flue list`', '`flue list --help`'],
	[
		['completion', '--json'],
		'There is no option --json of `flue completion`',
		'`flue completion --help`',
	],
	[['remove', '--dryrun'], '(Did you mean --dry-run?)', '`flue remove --help`'],
	[['errors'], 'There is no command "errors"', '`flue help errors`'],
	[['agent', '--json'], 'There is no command "agent"', '`flue help agent`'],
	[['add', '--target', 'bun'], '--target "bun" is not node.', '`flue add --help`'],
	[['frobnicate', '--json'], 'There is no command "frobnicate"', '`flue --help`'],
	[['--frobnicate'], 'nknown option', '`flue --help`'],
	[['--versoin'], "Unknown option '--versoin' (Did you mean --version?).", '`flue --help`'],
])('blames of %j what is wrong, and names the help of that command', (args, message, hint) => {
	const error = refusalOf(() => parseArguments(args, '1.0.0'));
	expect(error).toMatchObject({ code: 'BAD_USAGE' });
	expect(error.message).toContain(message);
	expect(error.hint).toContain(hint);
});

it.each<[string, RegExp[]]>([
	[
		'add --retain x --server-variable y database redis extra --package-manager nmp --dryrun --yes=no',
		[
			/^There is no option --server-variable of `flue add`\.$/,
			/^--package-manager "nmp" is none of npm, nub, pnpm, yarn, bun \(Did you mean npm\?\)\.$/,
			/^There is no option --dryrun .*\(Did you mean --dry-run\?\)\.$/,
			/^--yes takes no value\.$/,
			/^The word "extra" is one too many: `flue add` takes a kind and a name\.$/,
			/^--retain "x" is no duration\.$/,
		],
	],
	['list dry-run --bogus x', [/--bogus/, /^The word "dry-run" .*takes none/]],
	['list --depth 3 x', [/--depth/, /^The word "x" is one too many/]],
	['list --depth=3 x', [/--depth/, /^The word "x" is one too many/]],
	['schema --input f', [/--input/]],
	['apply plan.json --plan-out x', [/--plan-out/]],
	['apply --plan-out x plan.json', [/--plan-out/]],
	['apply --bogus plan.json', [/--bogus/]],
	['apply a b --no-install', [/--no-install of `flue apply`/, /^The word "b" .*takes a file/]],
	['apply --yess', [/\(Did you mean --yes\?\)/, /^`flue apply` needs a word behind it/]],
	['remove database rediss --jsn', [/--json/, /^There is no database blueprint "rediss"/]],
	['add --jsn redis', [/--json/, /^"redis" is the name of a database, not a kind/]],
	['add --cwdd there database', [/\(Did you mean --cwd\?\)/]],
	[
		'update --ours --theirs --cwd',
		[/^--cwd needs a value/, /^--(ours|theirs) and --(ours|theirs)/],
	],
	[
		'add --verify --plan-out -',
		[/^--verify and --plan-out|^--plan-out and --verify/, /^--plan-out "-" is no file/],
	],
	['remove --plan-out=-', [/^--plan-out "-" is no file/]],
	['add --print --json --plan-out x', [/^--print and --json/, /^--plan-out and --print/]],
	['verify --env-var 1 --since q -x', [/option -x of/, /^--env-var "1"/, /^--since "q"/]],
	['add --password=canary --url=redis://:canary@h', [/^There is no option --password/, /--url of/]],
])('tells all that is wrong with %j', (line, messages) => {
	const args = line.split(' ');
	const error = refusalOf(() => parseArguments(args, '1.0.0'));
	const reasons = error.reasons.length > 0 ? error.reasons : [error];
	expect(reasons.map(({ message }) => message)).toEqual(
		messages.map((one) => expect.stringMatching(one)),
	);
	for (const { code, message, hint } of reasons) {
		expect(code).toMatch(/^(BAD_USAGE|UNKNOWN_BLUEPRINT)$/);
		expect(hint).toContain(`flue ${args[0]} `);
		expect(message).not.toContain('canary');
	}
});

it.each([
	[['--reconnect', '--no-reconnect'], { reconnect: false }],
	[['--no-reconnect', '--reconnect'], { reconnect: true }],
	[['--align-runtime', '--no-align-runtime'], { alignRuntime: false }],
	[['--no-align-runtime', '--align-runtime'], { alignRuntime: true }],
])('takes the last of %j', (args, options) => {
	expect(requestOf(...args).options).toMatchObject(options);
});

it.each([
	['', 'names nothing'],
	[':', 'names nothing'],
	['--yes', 'begins with --'],
	['a\u0007b', 'holds control characters'],
])('says what is wrong with the prefix %j alone', (prefix, reason) => {
	const { message } = refusalOf(() => requestOf(`--key-prefix=${prefix}`));
	expect(message).toContain(reason);
	expect(message).not.toContain(' or ');
});

it.each(['', ' ', '--global', '-g', 'a\nb', 'a\u0000', ' 2.0.3', '2.0.3 '])(
	'takes no %j for an adapter',
	(spec) => {
		expect(refusalOf(() => requestOf(`--adapter=${spec}`))).toMatchObject({ code: 'BAD_USAGE' });
	},
);

describe('equivalentCommand', () => {
	it('says what was answered, and nothing that was not in question', () => {
		const request = { kind: 'database', name: 'redis', options: makeOptions() };
		expect(equivalentCommand(request, makeSettled({ reconnect: true }))).toBe(
			'flue add database redis --package-manager npm --reconnect --yes',
		);
		const target = TARGETS.answered;
		expect(equivalentCommand(request, makeSettled({ target, replaceDb: true }))).toBe(
			'flue add database redis --package-manager npm --target node --replace --no-reconnect --yes',
		);
	});

	it('repeats --target when it was said', () => {
		const options = makeOptions({ target: 'node' });
		const request = { kind: 'database', name: 'redis', options };
		expect(equivalentCommand(request, makeSettled())).toContain(' --target node ');
	});

	it('parses back to the same options, whatever the values are', () => {
		fc.assert(
			fc.property(saidOptions, settled, (said, { packageManager, ...rest }) => {
				const options = makeOptions(said);
				const request: AddRequest = { kind: 'database', name: 'redis', options };
				const choices = makeSettled({
					...rest,
					packageManager: { value: packageManager, from: '' },
				});
				const [program, command, ...args] = words(equivalentCommand(request, choices));
				expect([program, command]).toEqual(['flue', 'add']);
				expect(requestOf(...args)).toEqual({
					...request,
					options: {
						...options,
						yes: true,
						packageManager,
						replace: rest.replaceDb,
						reconnect: rest.reconnect,
						target: rest.target === TARGETS.answered ? 'node' : undefined,
					},
				});
			}),
		);
	});
});
