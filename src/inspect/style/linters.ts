// What a linter's config asks of the text that no formatter does, with what it takes over from files and packages. Read as text, never run.
import { dirname, join } from 'node:path';
import { readIfPossible } from '../files.ts';
import type { StyleClaim } from './claim.ts';
import { sharedFile } from './shared.ts';

const ENDINGS = ['js', 'mjs', 'cjs', 'ts', 'mts', 'cts'];
const NAMES = [
	...ENDINGS.map((ending) => `eslint.config.${ending}`),
	...['', '.json', '.js', '.cjs', '.yml', '.yaml'].map((ending) => `.eslintrc${ending}`),
	...['.oxlintrc.json', '.oxlintrc.jsonc', 'oxlint.config.ts'],
];

const LEVEL = /['"]?(?:error|warn|deny|[12])['"]?/.source;

/** `rule: 'error'`, `'rule': ['warn', …]`, `"rule": 2`, with the options that are meant behind the level. */
function rule(name: string, options: string): RegExp {
	const start = `(?:^|[\\s{,'"])(?:${name})['"]?\\s*:\\s*`;
	const list = `\\[\\s*${LEVEL}\\s*(?:,\\s*${options})?,?\\s*\\]`;
	return new RegExp(`${start}(?:${LEVEL}\\s*(?:[,}]|$)|${list})`, 'm');
}

const SORT_KEYS = '(?:eslint/|sort-keys-fix/)?sort-keys(?:-fix)?|perfectionist/sort-objects';

/** What is asked for, each with the rule's name in whatever setting: the nearest config that names it decides. */
const ASKS = {
	/** `multi` and its like want no braces; a body on a line of its own is best in some. */
	blocks: {
		named: /\bcurly['"]?\s*:/,
		on: rule('(?:eslint/)?curly|antfu/if-newline', `['"]?all['"]?\\s*`),
	},
	/** By length, or from last to first, is another order. */
	sorted: {
		named: new RegExp(
			`(?:^|[\\s{,'"])(?:${SORT_KEYS})['"]?\\s*:|perfectionist\\b.*\\brecommended-`,
		),
		on: new RegExp(
			`${rule(SORT_KEYS, `(?:(?!line-length|desc)[^\\]])*`).source}|perfectionist\\b.*\\brecommended-(?:natural|alphabetical)(?![^]*sort-objects['"]?\\s*:\\s*\\[?\\s*['"]?(?:off|0))`,
			'm',
		),
	},
	silent: {
		named: /\bno-process-env['"]?\s*:/,
		on: rule('(?:(?:n|node|eslint)/)?no-process-env', `[^\\]]*`),
	},
} as const;

/** A config takes over a config that takes over a config; more than that is a circle. */
const DEPTH = 3;
const LARGEST = 300_000;

/** What a text imports or extends and may hold rules: `./base.js`, `@acme/eslint-config`, `ultracite/oxlint/core`. */
function takenOver(text: string): string[] {
	const named = text.matchAll(/(?:\bfrom|\brequire\(|"extends":\s*\[?)\s*(['"])([^'"\n]+)\1/g);
	return [...named]
		.map(([, , name = '']) => name)
		.filter(
			(name) => /^\.|config|ultracite|\bxo\b/.test(name) && !/^eslint\/config|plugin/.test(name),
		);
}

/** The text of a config, and behind it those that it takes over. */
function textsOf(path: string, depth = 0): string[] {
	const text = readIfPossible(path) ?? '';
	if (text === '' || text.length > LARGEST || depth === DEPTH) return [text];
	const folder = dirname(path);
	const others = takenOver(text).map((name) => sharedFile(name, folder));
	return [text, ...others.flatMap((other) => (other === null ? [] : textsOf(other, depth + 1)))];
}

/** The nearest linter's config that asks for something; empty when none does. */
export function readLinterStyle(folders: string[]): StyleClaim[] {
	const paths = folders.flatMap((folder) =>
		NAMES.map((name) => [name, join(folder, name)] as const),
	);
	return paths.flatMap(([from, path]) => {
		const texts = textsOf(path);
		const asks = ({ named, on }: { named: RegExp; on: RegExp }): true | undefined =>
			on.test(texts.find((text) => named.test(text)) ?? '') || undefined;
		const rules = /[\w-]+\/no-process-env|no-process-env/.exec(
			texts.find((text) => ASKS.silent.named.test(text)) ?? '',
		);
		const claim = {
			from,
			blocks: asks(ASKS.blocks),
			sorted: asks(ASKS.sorted),
			silence: asks(ASKS.silent) && rules ? `eslint-disable-next-line ${rules[0]}` : undefined,
		};
		return claim.blocks || claim.sorted || claim.silence ? [claim] : [];
	});
}
