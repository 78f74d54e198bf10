// What a dialect is: a style of writing config modules that we can recognise and extend; and what it answers with.
import type { Import, Insertion, KeyPlan } from '../model/key-plan.ts';
import type { Morph } from '../text/source.ts';

/** One style. To add one: one file with one such constant, and one line in index.ts. */
export interface Dialect {
	/** Stable; shown to the user and used in fixtures, e.g. `zod`. */
	readonly name: string;
	/** What the text of every module in this style holds: parsing takes time, so others are dismissed by it. */
	readonly mention: RegExp;
	/** True when the module is written in this style. Strict: must not claim another dialect's module. */
	recognise(source: Morph.SourceFile): boolean;
	/** Where the key goes and how it is read. Pure: nothing is changed. */
	addKey(source: Morph.SourceFile, variable: string): KeyPlan;
	/** True where the module only checks the environment by a schema, and no other style claims it. */
	onlyChecks?(source: Morph.SourceFile): boolean;
	/** The plan of another dialect, and what this one has to say of the variable besides: a schema that only checks it. */
	withCheck?(plan: KeyPlan, source: Morph.SourceFile, variable: string): KeyPlan;
}

/** The mention of styles without a library: process.env, also as what is given, or a helper that is asked for a variable. */
export const ENVIRONMENT =
	/\bprocess\b|ProcessEnv|\benv\w*: (?:Readonly<)?Record<string, string \| undefined>|(?:env|require|mandatory)\w*(?:<[^>]*>)?\(\s*['"]/i;

/** A plan that can be carried out. */
export type Ready = Extract<KeyPlan, { kind: 'ready' }>;

/** The key can be read with `access` once `insertions` are made; none when it is there already. */
export function ready(how: Import, expression: string, insertions: Insertion[] = []): Ready {
	return { kind: 'ready', access: { import: how, expression }, insertions };
}

/** Nothing may be touched. `reason` ends a sentence ("… was left alone because <reason>"). */
export function unclear(reason: string, snippet: string): KeyPlan {
	return { kind: 'unclear', reason, snippet };
}

/** The same plan with what has to be inserted besides. */
export function withInsertions(plan: KeyPlan, besides: Insertion[]): KeyPlan {
	return plan.kind === 'ready' ? { ...plan, insertions: [...besides, ...plan.insertions] } : plan;
}

/** `base.key`, or `base['key']` when the key is not an identifier. */
export function member(base: string, path: string[]): string {
	return path.reduce(
		(text, key) =>
			/^[\p{L}_$][\p{L}\p{N}_$]*$/u.test(key) ? `${text}.${key}` : `${text}['${key}']`,
		base,
	);
}

/** The one of some dialects that a module is written in. */
export function dialectAmong(possible: Dialect[], source: Morph.SourceFile): Dialect | undefined {
	const claims = possible.find((dialect) => dialect.recognise(source));
	return claims ?? possible.find((dialect) => dialect.onlyChecks?.(source) === true);
}

interface Checked {
	possible: Dialect[];
	dialect: Dialect;
	source: Morph.SourceFile;
	variable: string;
}

/** The plan of one dialect with what the others have to say besides. */
export function withChecks(plan: KeyPlan, { possible, dialect, source, variable }: Checked) {
	return possible.reduce(
		(before, { withCheck }) =>
			withCheck && withCheck !== dialect.withCheck ? withCheck(before, source, variable) : before,
		plan,
	);
}
