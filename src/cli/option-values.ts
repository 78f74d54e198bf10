// The values that the command line's parser takes as they are: each is fit for its use, or refused. Pure.
import { DURATION_RULE, durationOf, NEVER } from '../adapter-words.ts';
import { FlueError } from '../errors.ts';
import type { AddOptions, VerifyOptions } from '../model/request.ts';
import type { Refusals } from '../refusals.ts';

/** Values as the command line has them, of whichever command. */
export type Values = Partial<AddOptions> & Partial<VerifyOptions>;

function requireText(value: string, [, flag, allowed, rule]: Rule, command: string): void {
	if (allowed.test(value)) return;
	throw new FlueError('BAD_USAGE', `${flag} ${JSON.stringify(value)} ${rule}.`, {
		flag,
		hint: `\`flue ${command} --help\` shows every option.`,
	});
}

/** The address may hold a password: a refusal does not repeat it. */
function checkDrill({ drillUrl, drillMayWrite }: Partial<VerifyOptions>): void {
	if (drillUrl === undefined && drillMayWrite) {
		throw new FlueError('BAD_USAGE', '--drill-may-write is for the server of --drill-url.', {
			hint: 'Name the server with --drill-url, or leave --drill-may-write out: `--drill` starts one of its own.',
		});
	}
	if (drillUrl === undefined) return;
	if (!/^rediss?:\/\/\P{Cc}+$/u.test(drillUrl)) {
		throw new FlueError('BAD_USAGE', '--drill-url is not a redis:// or rediss:// address.', {
			hint: 'Run `flue verify --help` to see every option.',
		});
	}
	if (drillMayWrite) return;
	throw new FlueError('BAD_USAGE', 'The server of --drill-url will be written to.', {
		hint: 'Say --drill-may-write too if it may (see `flue verify --help`), or leave --drill-url out.',
	});
}

function checkRetention(retain: string | undefined): void {
	if (retain === undefined || retain === NEVER || durationOf(retain) !== undefined) return;
	throw new FlueError('BAD_USAGE', `--retain ${JSON.stringify(retain)} is no duration.`, {
		flag: '--retain',
		hint: `It must be ${DURATION_RULE}; or ${NEVER}. See \`flue add --help\`.`,
	});
}

function checkSince({ since, server }: Partial<VerifyOptions>): void {
	if (since === undefined) return;
	const flag = '--since';
	const hint =
		'A run with --server prints the stamp, behind "growth from now on". See `flue verify --help`.';
	if (!/^1(\.[0-9a-z]{1,10}){6}$/.test(since))
		throw new FlueError('BAD_USAGE', `${flag} ${JSON.stringify(since)} is not a stamp.`, {
			flag,
			hint,
		});
	if (!server) throw new FlueError('BAD_USAGE', `${flag} is for --server.`, { flag, hint });
}

type Rule = readonly [keyof AddOptions, flag: string, allowed: RegExp, rule: string];

/** What each value has to be, by the name of its option. */
export const RULES: readonly Rule[] = [
	[
		'envVar',
		'--env-var',
		/^(?!__proto__$)[A-Za-z_][A-Za-z0-9_]*$/,
		'is not the name of an environment variable',
	],
	['keyPrefix', '--key-prefix', /[^:]/, 'names nothing: leave it out for "flue"'],
	['keyPrefix', '--key-prefix', /^(?!--)/, 'begins with --, as an option does'],
	['keyPrefix', '--key-prefix', /^\P{Cc}*$/u, 'holds control characters'],
	['adapter', '--adapter', /^(?!-)[^\s\p{Cc}](\P{Cc}*[^\s\p{Cc}])?$/u, 'is not a package spec'],
	[
		'entry',
		'--entry',
		/^(?!-)\P{Cc}*[^\p{Cc}/\\]\.m?[jt]s$/u,
		'is not the path of a module that ends with .ts, .mts, .js or .mjs',
	],
	[
		'planOut',
		'--plan-out',
		/^(?!-$)/,
		'is no file: the plan is kept in one, and stdout is for what is told',
	],
	['cwd', '--cwd', /^(?!-)\P{Cc}+$/u, 'is not a folder'],
];

/** Keeps what of the values of a command is unfit. Whatever a value is, it never becomes a flag of another program. */
export function refuseValues(options: Values, command: string, refusals: Refusals): void {
	for (const rule of RULES) {
		const value = options[rule[0]];
		if (typeof value === 'string') refusals.attempt(() => requireText(value, rule, command));
	}
	refusals.attempt(() => checkRetention(options.retain));
	refusals.attempt(() => checkDrill(options));
	refusals.attempt(() => checkSince(options));
}
