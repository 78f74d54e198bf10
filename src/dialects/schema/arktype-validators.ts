// arktype's definitions of texts: `'string'`, `'string.url'`, `'KEY?'`, and `type('string')` where a value stands alone.
import { type Morph, morph } from '../../text/source.ts';
import { chainOf, importsLibrary, written } from '../module/library-calls.ts';
import { unwrap } from '../module/object-literal.ts';
import type { Reading, Validators } from './validators.ts';

/** The modules of the library. */
export const ARKTYPE = /^arktype$/;

/** `string.url`, `string >= 1`; neither lists nor unions. */
const TEXT = /^string(?:\.\w+)*(?:\s*(?:[<>]=?|==)\s*\d+)*$/;
const GENERAL = /^(?:string|string\.url|string\s*>\s*0|string\s*>=\s*1)$/;
/** Morphs: what comes out is not what went in. */
const MORPH = /\.(?:parse|lower|upper|capitalize|normalize|preformatted|toLowerCase|date)\b/;

/** The definition and what is written around it: quotes, and perhaps `type(…)`. */
function definitionOf(
	value: Morph.Expression,
): { text: string; wrap(text: string): string } | null {
	const { Node } = morph();
	const inner = unwrap(value);
	if (Node.isStringLiteral(inner) || Node.isNoSubstitutionTemplateLiteral(inner)) {
		const quote = inner.getText().charAt(0);
		return { text: inner.getLiteralText(), wrap: (text) => `${quote}${text}${quote}` };
	}
	const chain = chainOf(inner, ARKTYPE);
	const [argument] = chain?.root.name === 'type' ? chain.root.arguments : [];
	const definition = argument ? definitionOf(argument) : null;
	if (!chain || !definition) return null;
	const callee = chain.root.call.getExpression().getText();
	return { ...definition, wrap: (text) => `${callee}(${definition.wrap(text)})` };
}

/** `string.url | undefined`, `string?`, `string = 'x'` -> the text alone. */
function bare(definition: string): string {
	return definition
		.replace(/\s*=(?!=)\s*(?:['"].*)$/, '')
		.replace(/\s*\|\s*undefined\s*$|^undefined\s*\|\s*/, '')
		.replace(/\?$/, '')
		.trim();
}

function read(value: Morph.Expression): Reading | null {
	const definition = definitionOf(value);
	const text = bare(definition?.text ?? '');
	if (!definition || !TEXT.test(text)) return null;
	return {
		text: definition.wrap(GENERAL.test(text) ? text : 'string'),
		optional: /\?$|\bundefined\b/.test(definition.text),
		defaulted: /[^<>=]=\s*['"]/.test(definition.text),
		unchanged: !MORPH.test(text) && unwrap(value) === definitionNode(value),
	};
}

/** A chain on a `type(…)` may change the value: only the bare call is plain. */
function definitionNode(value: Morph.Expression): Morph.Node {
	const inner = unwrap(value);
	const chain = chainOf(inner, ARKTYPE);
	return chain
		? chain.steps.length === 0 && !morph().Node.isIdentifier(inner)
			? chain.root.call
			: value.getSourceFile()
		: inner;
}

/** How this module validates texts; `alone` where every value is a schema of its own. Null without arktype. */
export function arktypeValidators(source: Morph.SourceFile, alone: boolean): Validators | null {
	if (!importsLibrary(source, ARKTYPE)) return null;
	const type = written(source, ARKTYPE, 'type');
	if (alone) {
		return {
			read,
			plain: type && `${type}('string')`,
			keyOf: (key) => key,
			write: (key, text, optional) => ({
				key,
				text: optional ? text.replace(/(?=['"`]\)$)/, ' | undefined') : text,
			}),
		};
	}
	return definitionValidators();
}

/** Definitions as texts, as `type({ … })` takes them. */
export function definitionValidators(): Validators {
	return {
		read,
		plain: "'string'",
		keyOf: (key) => key.replace(/\?$/, ''),
		write: (key, text, optional) => ({ key: optional ? `${key}?` : key, text }),
	};
}
