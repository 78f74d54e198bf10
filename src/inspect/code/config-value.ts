// One field of a config file: its text, or the expression that leaves it open. Pure.
import type { Found } from '../../model.ts';
import { type Morph, morph } from '../../source.ts';
import { placeOf } from './config-file.ts';
import type { Written } from './literals.ts';
import { literalText } from './nodes.ts';

/** A field of a config file: its text when the file decides it. */
export interface ConfigValue {
	/** null: an expression that cannot be decided from the files. */
	value: string | null;
	/** E.g. `flue.config.ts:4`. */
	from: string;
	/** The expression as written, at most 80 characters. */
	text: string;
	/** The values that an undecided expression may have, as far as they are written there. */
	candidates?: Found<string>[];
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
	return { value: null, from, text, candidates };
}
