// Which other files hand to browsers whole what a module exports.
import type { Morph } from '../../text/source.ts';
import { type Importer, importersOf } from './elsewhere.ts';
import { handedIn } from './handed.ts';
import { importsOf } from './imports.ts';
import { remembered } from './remembered.ts';

const TOOL = /(?:^|\/)[\w.-]*\bconfig\.[cm]?[jt]s$/;

/** To parse takes time: so many files are looked into, those first that say it outright. */
const MOST_PARSED = 8;

const IMPORT = /\bimport\s+(?!type\b)([^'"`;]*?)\bfrom\s*['"]([^'"\n]+)['"]/g;
const OUTRIGHT = String.raw`\.\.\.|\b(?:json|jsonp|send|end|write|html|emit|stringify|freeze|entries|assign|data|defer|Response|\w*Plugin|structuredClone|omit\w*|without|exclude|except)\(\s*`;
const PERHAPS = String.raw`=>\s*\(?|\breturn\s+|[{,:=?]\s*|\$\{|\+\s*`;

/** How likely a text hands on what it imports: 2 outright, 1 perhaps, 0 not at all. Before anything is parsed. */
function likelihood({ text, specifiers }: Importer): number {
	const clauses = [...text.matchAll(IMPORT)].filter(([, , from = '']) => specifiers.includes(from));
	const words = clauses.flatMap(([, clause = '']) => clause.match(/[\w$]+/g) ?? []);
	if (words.length === 0) return 0;
	const rest = text.replace(IMPORT, '');
	const names = words.map((word) => word.replaceAll('$', '\\$')).join('|');
	const whole = String.raw`(?:await\s+)?(?:${names})(?![\w$]|\s*\??[.[](?!\.))`;
	const isAll = clauses.some(([, clause = '']) => clause.includes('*'));
	if (isAll || new RegExp(`(?:${OUTRIGHT})${whole}`).test(rest)) return 2;
	return new RegExp(`(?:${PERHAPS})${whole}`).test(rest) ? 1 : 0;
}

/** Exported name (`default`, or `*` for all of them) -> the file that hands it on. */
export const handersOf = remembered((source: Morph.SourceFile): Map<string, string> => {
	const found = new Map<string, string>();
	const likely = importersOf(source)
		.map((one) => ({ ...one, rank: likelihood(one) }))
		.filter(({ rank }) => rank > 0)
		.sort((left, right) => right.rank - left.rank);
	for (const { path, tree, specifiers } of likely.slice(0, MOST_PARSED)) {
		const file = tree();
		const imported = file ? importsOf(file) : [];
		const locals = new Map(
			imported
				.filter(({ from, isType }) => !isType && specifiers.includes(from))
				.map(({ local, name, declaration }) => {
					const isAll = declaration.getNamespaceImport()?.getText() === local;
					return [isAll ? `* ${local}` : local, name || 'default'] as const;
				}),
		);
		if (!file || locals.size === 0) continue;
		for (const name of handedIn(file, new Set(locals.keys()), TOOL.test(path)))
			found.set(locals.get(name) ?? name, path);
	}
	return found;
});
