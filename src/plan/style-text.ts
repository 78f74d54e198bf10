// Canonical style -> the project's style: indent, quotes, semicolons, line ending. Pure; for our own templates only.
import type { Style } from '../model/facts.ts';
import { morph, parse } from '../text/source.ts';
import { type Splice, spliceText } from './splice.ts';

/** The style in which the templates are written. */
export const CANONICAL_STYLE: Style = {
	indent: '  ',
	quote: "'",
	semicolons: true,
	lineEnding: '\n',
};

function requote(literal: string, quote: string): string {
	const inner = literal.slice(1, -1).replaceAll("\\'", "'");
	return inner.includes(quote) ? literal : quote + inner + quote;
}

function quoteSplices(text: string, quote: string): Splice[] {
	if (quote === CANONICAL_STYLE.quote) return [];
	return parse('db.ts', text)
		.getDescendantsOfKind(morph().SyntaxKind.StringLiteral)
		.map((node) => ({
			start: node.getStart(),
			end: node.getEnd(),
			text: requote(node.getText(), quote),
		}));
}

/** No statement of a template begins with a character that would continue the line above, so all may go. */
function semicolonSplices(text: string, keep: boolean): Splice[] {
	if (keep) return [];
	return parse('db.ts', text)
		.getDescendantsOfKind(morph().SyntaxKind.SemicolonToken)
		.map((node) => ({ start: node.getStart(), end: node.getEnd(), text: '' }));
}

/** Rewrites text that is in the canonical style into `style`. */
export function styleText(text: string, style: Style): string {
	const requoted = spliceText(text, quoteSplices(text, style.quote));
	const bare = spliceText(requoted, semicolonSplices(requoted, style.semicolons));
	// `^` would also match inside a string, behind a U+2028.
	const indented = bare.replace(/(?<=^|\n)(?: {2})+/g, (spaces) =>
		style.indent.repeat(spaces.length / 2),
	);
	return style.lineEnding === '\n' ? indented : indented.replaceAll('\n', style.lineEnding);
}
