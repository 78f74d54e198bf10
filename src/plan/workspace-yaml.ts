// Puts one override into the text of a pnpm-workspace.yaml and leaves every other line as it was. Pure.
import type { Dependency } from './manifest.ts';

/** `overrides:` with nothing behind it but a comment: its entries stand below, one a line. */
const BLOCK = /^overrides:[ \t]*(#.*)?$/m;

function quotedKey(name: string): RegExp {
	return new RegExp(`^([ \\t]+)(['"]?)${name.replace('/', '\\/')}\\2:[ \\t]*[^\\n\\r]*`, 'm');
}

/** The text with the override; null when it has overrides that are not written one a line. */
export function addOverride(
	text: string,
	{ name, spec }: Pick<Dependency, 'name' | 'spec'>,
): string | null {
	const lineEnd = text.includes('\r\n') ? '\r\n' : '\n';
	const entry = `'${name}': ${spec}`;
	const block = BLOCK.exec(text);
	if (!block) {
		if (/^['"]?overrides['"]?[ \t]*:/m.test(text)) return null;
		const gap = text === '' || text.endsWith('\n') ? '' : lineEnd;
		return `${text}${gap}overrides:${lineEnd}  ${entry}${lineEnd}`;
	}
	const start = block.index + block[0].length;
	const below = text.slice(start);
	const length = below.search(/\n(?=[^\s#])/);
	const section = length === -1 ? below : below.slice(0, length);
	const rest = below.slice(section.length);
	const head = text.slice(0, start);
	if (quotedKey(name).test(section))
		return head + section.replace(quotedKey(name), (_, indent) => `${indent}${entry}`) + rest;
	const indent = /\n([ \t]+)[^\s#]/.exec(section)?.[1] ?? '  ';
	return `${head}${lineEnd}${indent}${entry}${section}${rest}`;
}
