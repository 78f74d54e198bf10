// What a db entry imports from files of the project, and whether it gets it there.
import { basename, dirname, join } from 'node:path';
import type { TextFile } from '../../model/found.ts';
import type { EmptyImport } from '../../model/verification.ts';
import { morph, parse } from '../../text/source.ts';
import { exportsOf } from '../code/declarations.ts';
import { type ImportPlace, makeImportResolver } from '../code/imports.ts';
import { importsOf, readSource, withoutComments } from '../code/source-files.ts';
import { listNames } from '../files.ts';
import { namedExports } from './entry-use.ts';

interface Taken {
	specifier: string;
	/** The names that are imported, `default` for the default; none for a whole module. */
	names: string[];
	/** The local name that the first of them has. */
	local: string;
}

function takenBy({ path, text }: TextFile): Taken[] {
	return parse(path, text)
		.getImportDeclarations()
		.filter((one) => !one.isTypeOnly())
		.map((one) => {
			const named = one.getNamedImports().filter((each) => !each.isTypeOnly());
			const own = one.getDefaultImport()?.getText();
			const first = named[0]?.getAliasNode()?.getText() ?? named[0]?.getName();
			return {
				specifier: one.getModuleSpecifierValue(),
				names: [...(own ? ['default'] : []), ...named.map((each) => each.getName())],
				local: own ?? first ?? one.getNamespaceImport()?.getText() ?? '',
			};
		});
}

/** A file of any kind under the name of a relative import: what a bundler makes of it is its own affair. */
function isThere(root: string, importer: string, specifier: string): boolean {
	const path = join(root, dirname(importer), specifier);
	const stem = basename(path).replace(/\.[cm]?[jt]s$/, '');
	return listNames(dirname(path)).some((name) => name === stem || name.startsWith(`${stem}.`));
}

function missingIn({ path, text }: TextFile, names: string[]): string | undefined {
	if (/\bexport\s*\*|\bexports\b/.test(text)) return undefined;
	const given = new Set(namedExports(path, text));
	const isGiven = (name: string): boolean =>
		name === 'default' ? exportsOf(parse(path, text), name).length > 0 : given.has(name);
	return names.find((name) => !isGiven(name) && !isPattern(text, name));
}

/** `export const { a, b } = env` */
function isPattern(text: string, name: string): boolean {
	return new RegExp(`\\bexport\\s+(?:const|let)\\s*\\{[^}]*\\b${name}\\b`).test(text);
}

/** The last key of what the client's address is read from: `config.redis.url` of `config`. */
function keyRead(entry: TextFile, local: string): string | undefined {
	const { Node, SyntaxKind } = morph();
	const accesses = parse(entry.path, entry.text).getDescendantsOfKind(
		SyntaxKind.PropertyAccessExpression,
	);
	const own = accesses.filter((one) => one.getText().split(/[.?(]/)[0] === local);
	const whole = own.find((one) => Node.isPropertyAssignment(one.getParent()));
	return whole?.getName();
}

/** The imports that lead nowhere, or to a file that does not give what is asked for. */
export function readEmptyImports(place: ImportPlace, entry: TextFile): EmptyImport[] {
	const resolve = makeImportResolver(place);
	const read = (path: string): string => readSource(join(place.root, path)) ?? '';
	return takenBy(entry).flatMap(({ specifier, names, local }): EmptyImport[] => {
		const path = resolve(entry.path, specifier);
		const isRelative = specifier.startsWith('.');
		if (path === null)
			return isRelative && !isThere(place.root, entry.path, specifier) ? [{ specifier, path }] : [];
		const text = read(path);
		if (text === '') return [];
		const name = missingIn({ path, text }, names);
		if (name !== undefined) return [{ specifier, path, missing: { name, isKey: false } }];
		const key = keyRead(entry, local);
		const behind = importsOf(text).flatMap((one) => resolve(path, one) ?? []);
		const isGiven = [text, ...behind.map(read)].some(
			(one) => key === undefined || new RegExp(`\\b${key}\\b`).test(withoutComments(one)),
		);
		return isGiven ? [] : [{ specifier, path, missing: { name: key ?? '', isKey: true } }];
	});
}
