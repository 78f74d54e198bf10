// Reads flue.config.* from its text: the fields that decide where Flue builds to and where it looks.
import { join, posix } from 'node:path';
import type { Found } from '../../model/found.ts';
import { type Morph, morph } from '../../text/source.ts';
import { openConfig, placeOf } from '../code/config-file.ts';
import { declarationOf, importOf } from '../code/declarations.ts';
import { defaultExport, propertyOf, type Value, type Written } from '../code/literals.ts';
import { literalText, unwrap } from '../code/nodes.ts';
import { isFile, readText } from '../files.ts';

/** A field of a config file: its text when the file decides it. */
export interface ConfigValue {
	/** null: an expression that cannot be decided from the files. */
	value: string | null;
	/** E.g. `flue.config.ts:4`. */
	from: string;
	/** The expression as written, at most 80 characters. */
	text: string;
	/** The function of a package that makes it, e.g. `rivet`. */
	maker?: string;
	/** The values that an undecided expression may have, as far as they are written there. */
	candidates?: Found<string>[];
}

export interface FlueConfig {
	/** Relative to the project root. */
	path: string;
	target: ConfigValue | null;
	db: ConfigValue | null;
	/** Known to the 1.0 beta only. */
	root: ConfigValue | null;
}

// The framework's own order, the same in 1.0.0-beta.9 and 2.0.3; the first one that exists is the only one that counts.
export const FLUE_CONFIG_NAMES = ['ts', 'mts', 'mjs', 'js', 'cjs', 'cts'].map(
	(ending) => `flue.config.${ending}`,
);

/** Whether an argument may name a value that is chosen elsewhere: a text, or something of the environment. */
function isChoice(argument: Morph.Node): boolean {
	return literalText(argument) !== null || /\benv\b/.test(argument.getText());
}

/** The function of a package whose call a value is, as it is written; null for any other value. */
function makerOf(value: Value): string | null {
	const { Node } = morph();
	const call = value && unwrap(value);
	if (!call || !Node.isCallExpression(call) || call.getArguments().some(isChoice)) return null;
	let root: Morph.Node = call.getExpression();
	while (Node.isPropertyAccessExpression(root)) root = root.getExpression();
	const declaration = Node.isIdentifier(root) ? declarationOf(root) : null;
	const module = (declaration && importOf(declaration))?.module;
	// `@/…` and `#…` are a project's own.
	return module !== undefined && /^@?\w/.test(module) ? call.getExpression().getText() : null;
}

/** A property as text; null when it is absent or undefined. */
export function configValue(written: Written | null): ConfigValue | null {
	if (!written || written.values.every((value) => value === null)) return null;
	const { Node } = morph();
	const texts = written.values.map((value) => value && literalText(value));
	const [first = null] = texts;
	const { at } = written;
	const expression = Node.isPropertyAssignment(at) ? at.getInitializerOrThrow() : at;
	const text = expression.getText().replace(/\s+/g, ' ').slice(0, 80);
	const from = placeOf(at);
	if (first !== null && texts.every((one) => one === first)) return { value: first, from, text };
	const candidates = written.values.flatMap((value): Found<string>[] => {
		const known = value && literalText(value);
		return known === null ? [] : [{ value: known, from: placeOf(value as Morph.Node) }];
	});
	const [maker = null] = written.values.map(makerOf);
	return { value: null, from, text, candidates, ...(maker === null ? {} : { maker }) };
}

/**
 * Reads the flue.config of a project; null when there is none.
 * @param folder where Flue looks for it, relative to the project root
 * @throws UNREADABLE_PROJECT when it is not valid TypeScript or JavaScript.
 */
export function readFlueConfig(root: string, folder = ''): FlueConfig | null {
	const paths = FLUE_CONFIG_NAMES.map((name) => posix.join(folder, name));
	const path = paths.find((one) => isFile(join(root, one)));
	if (path === undefined) return null;
	const file = openConfig({ root, path, text: readText(join(root, path)) ?? '' });
	const values = defaultExport(file);
	const field = (name: string): ConfigValue | null => configValue(propertyOf(values, name));
	return { path, target: field('target'), db: field('db'), root: field('root') };
}
