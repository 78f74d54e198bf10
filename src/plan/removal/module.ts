// Takes out of a config module the key that `add` put into it: the texts from which the same insertions make the present ones. Pure.
import { planKey } from '../../dialects/index.ts';
import type { TextFile } from '../../model/found.ts';
import type { ConfigModule } from '../../model/secrets.ts';
import { unlessTooDeep } from '../../text/nesting.ts';

/** The text of a file in the last commit; null when it is in none. */
export type Committed = Readonly<Record<string, string | null>>;

export interface ChangedText {
	path: string;
	before: string;
	after: string;
}

/** The names that modules give a variable: `REDIS_URL` -> REDIS_URL, redisUrl, RedisUrl, redis_url */
export function namesOf(variable: string): RegExp {
	const words = variable.toLowerCase().split(/_+/);
	const pascal = words.map((word) => word.slice(0, 1).toUpperCase() + word.slice(1)).join('');
	const camel = pascal.slice(0, 1).toLowerCase() + pascal.slice(1);
	return new RegExp(`\\b(?:${[variable, camel, pascal, words.join('_')].join('|')})\\b`);
}

/** Stretches of lines that name the variable, first and last line. */
function runsOf(lines: string[], names: RegExp): [number, number][] {
	const runs: [number, number][] = [];
	for (const [index, line] of lines.entries()) {
		const last = runs.at(-1);
		if (!names.test(line)) continue;
		if (last && last[1] === index - 1) last[1] = index;
		else runs.push([index, index]);
	}
	return runs;
}

/** The most first: less than all of it could leave an empty group behind, into which the key goes as well. */
const AROUND = [2, 1, 0] as const;

/** The text without these lines, and without some around them. */
function cutsOf(text: string, variable: string): string[] {
	const lines = text.split('\n');
	const runs = runsOf(lines, namesOf(variable));
	if (runs.length === 0) return [text];
	return AROUND.flatMap((above) =>
		AROUND.map((below) => {
			const isIn = (at: number): boolean =>
				runs.some(([first, last]) => at >= first - above && at <= last + below);
			return lines.filter((_, at) => !isIn(at)).join('\n');
		}),
	);
}

/** A variable of the same form, and how the names of one are told of the other. */
function standIn(variable: string): { other: string; told(text: string): string } {
	const [word = ''] = variable.split('_');
	const twin = `${word.startsWith('Q') ? 'W' : 'Q'}${word.slice(1)}`;
	const forms = (one: string) => [one, one.toLowerCase(), one[0] + one.slice(1).toLowerCase()];
	const pairs = forms(twin).map((form, index) => [form, forms(word)[index] ?? ''] as const);
	return {
		other: twin + variable.slice(word.length),
		told: (text) => pairs.reduce((all, [from, to]) => all.replaceAll(from, to), text),
	};
}

type Form = (core: string) => RegExp;

/** How what was inserted may stand in the text: behind a comma with a note that stays, before one, or alone. */
const FORMS: Form[] = [
	(core: string) => new RegExp(`,((?:[ \\t]*//[^\\n]*)?)\\s*${core}`),
	(core: string) => new RegExp(`${core},()\\s*`),
	(core: string) => new RegExp(`()\\s*${core}`),
];

/** A text without something that was inserted into it: as it would be written now, or in a form, the first one first. */
function withoutOne(text: string, written: string, form: Form | null): string {
	// The comma that the last one got goes with what stands below it.
	if (written === ',') return text;
	if (form === null && text.includes(written)) return text.replace(written, () => '');
	const core = written.replace(/^[\s,]+|[\s,]+$/g, '').replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
	const forms = [...(form ? [form] : []), ...FORMS].map((one) => one(core));
	const found = forms.find((one) => one.test(text));
	return found ? text.replace(found, '$1') : text;
}

/** The texts without what `add` would write for a variable of the same form. */
function* withoutInserted(
	module: ConfigModule,
	variable: string,
	all: TextFile[],
): Generator<Map<string, string>> {
	const { other, told } = standIn(variable);
	const plan = planKey(module.path, module.text, other, module.beside);
	if (plan.kind !== 'ready') return;
	for (const form of [null, ...FORMS]) {
		const texts = new Map(all.map(({ path, text }) => [path, text]));
		for (const { path = module.path, text } of plan.insertions)
			texts.set(path, withoutOne(texts.get(path) ?? '', told(text), form));
		yield texts;
	}
}

/** Whether `add` makes of the texts of before what is there now. */
function isBefore(module: ConfigModule, variable: string, before: Map<string, string>): boolean {
	const old = (file: TextFile): string => before.get(file.path) ?? file.text;
	// db.ts, which uses the key now, did not do so before.
	const users = module.beside.users.filter((text) => !text.includes('@flue/'));
	const files = module.beside.files.map((file) => ({ path: file.path, text: old(file) }));
	return [users, module.beside.users].some((who) => {
		const beside = { ...module.beside, files, users: who };
		const plan = planKey(module.path, old(module), variable, beside);
		const made = (file: TextFile): string =>
			file.path === module.path
				? plan.after
				: (plan.others.find(({ path }) => path === file.path)?.after ?? old(file));
		const all: TextFile[] = [module, ...module.beside.files];
		return plan.kind === 'ready' && all.every((file) => made(file) === file.text);
	});
}

/** What each file may have been: as committed, or without the lines about the variable. */
function* candidates(
	module: ConfigModule,
	all: TextFile[],
	{ variable, committed }: { variable: string; committed: Committed },
): Generator<Map<string, string>> {
	const about = all.filter(({ text }) => namesOf(variable).test(text));
	yield new Map(
		about.flatMap(({ path }) => {
			const text = committed[path];
			return typeof text === 'string' ? [[path, text] as const] : [];
		}),
	);
	const ways = about.map((file) => cutsOf(file.text, variable));
	for (let way = 0; way < AROUND.length ** 2; way++)
		yield new Map(about.map(({ path }, index) => [path, ways[index]?.[way] ?? ''] as const));
	yield* withoutInserted(module, variable, all);
}

/** The files without the key, none where it never stood in them; null when it cannot be told what `add` wrote there. */
export function withoutKey(
	module: ConfigModule,
	variable: string,
	committed: Committed,
): ChangedText[] | null {
	return unlessTooDeep(() => firstBefore(module, variable, committed), null);
}

function firstBefore(
	module: ConfigModule,
	variable: string,
	committed: Committed,
): ChangedText[] | null {
	const all: TextFile[] = [module, ...module.beside.files];
	if (!all.some(({ text }) => namesOf(variable).test(text))) return [];
	for (const before of candidates(module, all, { variable, committed })) {
		const changed = all.flatMap(({ path, text }): ChangedText[] => {
			const old = before.get(path);
			return old === undefined || old === text ? [] : [{ path, before: text, after: old }];
		});
		if (changed.length > 0 && isBefore(module, variable, before)) return changed;
	}
	return null;
}
