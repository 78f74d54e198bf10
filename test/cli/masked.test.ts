import fc from 'fast-check';
import { expect, it } from 'vitest';
import { maskedCommand } from '../../src/cli/masked.ts';
import { COMMANDS } from '../../src/cli/options.ts';

it.each([
	['', 'flue'],
	['add database redis --yes --json', 'flue add database redis --yes --json'],
	[
		'add database valkey --cwd /home/me --dry-run',
		'flue add database valkey --cwd <dir> --dry-run',
	],
	['add --package-manager pnpm --secrets=env', 'flue add --package-manager pnpm --secrets=env'],
	[
		'add --package-manager mine --secrets=mine',
		'flue add --package-manager <name> --secrets=<convention>',
	],
	[
		'verify --drill-url redis://u:p@h --drill-may-write',
		'flue verify --drill-url <url> --drill-may-write',
	],
	['verify --drill-url --json', 'flue verify --drill-url <url>'],
	['verify --drill-url=redis://u:p@h?a=b', 'flue verify --drill-url=<url>'],
	[
		'add database mine -y --mine -x --json=mine',
		'flue add database <word> -y <option> <option> --json=<value>',
	],
	['completion zsh', 'flue completion zsh'],
	['help agent -h', 'flue help agent -h'],
	['-- mine', 'flue <option> <word>'],
])('%s: %s', (typed, shown) => {
	expect(maskedCommand(typed === '' ? [] : typed.split(' '))).toBe(shown);
});

const flags = COMMANDS.flatMap(({ options }) => options).flatMap(
	(row) => row.flags.match(/-[\w-]+/g) ?? [],
);
const own = fc.constantFrom('add', 'verify', 'database', 'redis', '--', '-', ...flags);
const secret = fc.string({ unit: 'grapheme' }).map((text) => `${text}canary${text}`);
const word = fc.oneof(
	own,
	secret,
	fc.tuple(fc.constantFrom('--', '-', ''), secret).map(([start, text]) => start + text),
	fc.tuple(own, fc.constantFrom('=', '\n', ' ', ''), secret).map((parts) => parts.join('')),
);

it('shows no word that is not its own, whatever is typed', () => {
	fc.assert(
		fc.property(fc.array(word), (args) => {
			expect(maskedCommand(args)).not.toContain('canary');
			expect(maskedCommand(args)).toMatch(/^flue[\w<>= -]*$/);
		}),
	);
});
