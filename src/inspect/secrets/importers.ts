// The files anywhere in a project that import a module and may hand its values to browsers, or make objects of its types.
import { basename, dirname, join, posix } from 'node:path';
import type { TextFile } from '../../model/found.ts';
import type { ImportPlace, makeImportResolver } from '../code/imports.ts';
import { readSource, specifiersOf } from '../code/source-files.ts';
import { listNames } from '../files.ts';
import { noteLook, unwatched } from '../watch.ts';

interface Importer extends TextFile {
	/** Import specifier -> the file behind it, for those that were asked for. */
	found: Record<string, string>;
}

/** A project may hold any number of files: so many are looked into, the upper ones first. */
const MOST_FILES = 150;
const MOST_FOLDERS = 80;
const MODULE = /\.[cm]?[jt]sx?$/;
const NOT_OURS = /^(?:\..*|node_modules|dist|build|out|coverage|vendor|public|assets|docs)$/;

/** An answer, a page, a route, a bundle. */
const HANDS =
	/\bjson\b|\bjsonp\(|\.(?:send|end|write|html|emit|get|post|all|body)\b|\bResponse\(|\b(?:define|env|public\w*)\s*:|\bload(?:er)?\b|\bget(?:Server|Static|Initial)\w*Props\b|<script|\bwindow\b|\bprocedure\b|\b(?:Query|Mutation)\b|Handler\(|['"]use server|Plugin\(|Provider/i;
/** `const mock: Config = {`, `(): Config => ({`, `satisfies Config` */
const MAKES = /:\s*\w[\w.<>[\]]*\s*(?:=>?\s*[([]*\s*)?\{|\bsatisfies\b/;
/** `export * from './env'` */
const GIVES = /\bexport\s*(?:\*|\{[^}]*\})\s*from\b/;

/** The paths of modules below a folder, the upper ones first. */
function* modulesBelow(root: string): Generator<string> {
	const folders = [''];
	for (let at = 0; at < folders.length && at < MOST_FOLDERS; at += 1) {
		const folder = folders[at] ?? '';
		for (const name of listNames(join(root, folder))) {
			const path = posix.join(folder, name);
			if (MODULE.test(name)) yield path;
			else if (!name.includes('.') && !NOT_OURS.test(name)) folders.push(path);
		}
	}
}

/** What an import of the file ends with: its name, or that of its folder. */
function namesOf(path: string): string[] {
	const stem = basename(path).replace(MODULE, '');
	return stem === 'index' ? [stem, basename(dirname(path))] : [stem];
}

/** The modules below a folder that may hand on what they import, with the specifiers of that. */
function* mentionsOf(root: string) {
	let looked = 0;
	for (const path of modulesBelow(root)) {
		looked += 1;
		if (looked > MOST_FILES) return;
		const text = readSource(join(root, path));
		if (text === null || !(HANDS.test(text) || MAKES.test(text) || GIVES.test(text))) continue;
		yield { path, text, specifiers: specifiersOf(text) };
	}
}

/** True where a specifier may lead to a file of one of the names. */
function mayLead(specifier: string, names: ReadonlySet<string>): boolean {
	return /(?:^|\/)\.{0,2}$/.test(specifier) || names.has(basename(specifier).replace(MODULE, ''));
}

export function readImporters(
	{ root }: ImportPlace,
	targets: readonly string[],
	resolve: ReturnType<typeof makeImportResolver>,
): Importer[] {
	const known = new Map<string, string | null>();
	const targetOf = (path: string, specifier: string): string | null => {
		const key = specifier.startsWith('.') ? join(dirname(path), specifier) : specifier;
		const before = known.get(key);
		const target = before === undefined ? resolve(path, specifier) : before;
		known.set(key, target);
		return target;
	};
	// The folder of a file may be what an import of it ends with, where an index gives it on.
	const folders = targets.map((path) => basename(dirname(path)));
	const names = new Set([...targets.flatMap(namesOf), ...folders]);
	const importers = unwatched(() => {
		const all = [...mentionsOf(root)].filter(({ path }) => !targets.includes(path));
		// A file that gives a target on -> that target.
		const givers = new Map(targets.map((path) => [path, path]));
		for (const { path, text, specifiers } of all) {
			const leading = GIVES.test(text) ? specifiers.filter((one) => mayLead(one, names)) : [];
			const behind = leading.map((one) => targetOf(path, one));
			const target = behind.find((one) => one !== null && targets.includes(one));
			if (target) givers.set(path, target);
		}
		const allNames = new Set([...names, ...[...givers.keys()].flatMap(namesOf)]);
		return all.flatMap(({ path, text, specifiers }): Importer[] => {
			const leading = specifiers.filter((one) => mayLead(one, allNames));
			const found = leading.flatMap((one) => {
				const target = givers.get(targetOf(path, one) ?? '');
				return target === undefined ? [] : [[one, target] as const];
			});
			const isOne = found.length > 0 && (HANDS.test(text) || MAKES.test(text));
			return isOne ? [{ path, text, found: Object.fromEntries(found) }] : [];
		});
	});
	for (const { path } of importers) noteLook(join(root, path), 'read');
	return importers;
}
