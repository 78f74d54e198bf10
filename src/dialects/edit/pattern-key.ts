// One more name in an exported pattern: `export const { PORT, DATABASE_URL: databaseUrl } = …`.
import type { Insertion, KeyPlan } from '../../model/key-plan.ts';
import type { Morph } from '../../text/source.ts';
import { member, ready, unclear } from '../dialect.ts';
import { type ExportedPattern, isDeclared } from '../module/exports.ts';
import { mostTelling, nameLike, wordsOf } from '../module/names.ts';
import { propertyOf } from '../module/scope.ts';
import { placeMember } from './place.ts';

/** The name for what lies at `path` of the value that is taken apart: reused, else added. */
export function planInPattern(
	{ pattern, list }: Pick<ExportedPattern, 'pattern' | 'list'>,
	path: string[],
	variable: string,
): KeyPlan {
	const [key = variable, ...rest] = path;
	const nodes = pattern.getElements();
	const there = nodes.find((node) => propertyOf(node) === key);
	const name = there?.getName() ?? newName(nodes, key, variable);
	const expression = member(name, rest);
	const exported = exportedIn(list, name, variable);
	if (there) return ready({ kind: 'named', name }, expression, exported);
	const text = (name === key ? key : `${key}: ${name}`) + defaultLike(nodes, variable);
	if (nodes.length === 0 || isDeclared(pattern.getSourceFile(), name)) {
		return unclear(`it has another thing that is called ${name}`, text);
	}
	// A rest element has to stay the last one, and sorting would not know it.
	const names = nodes.map((node) => (node.getDotDotDotToken() ? null : propertyOf(node)));
	const siblings = { nodes, names, separator: ',' } as const;
	const insertions = placeMember(siblings, { name: key, text, variable });
	return ready({ kind: 'named', name }, expression, [...insertions, ...exported]);
}

/** One more name in `export { … }`, where that is how the others leave the module. */
function exportedIn(nodes: Morph.ExportSpecifier[], name: string, variable: string): Insertion[] {
	const all = nodes[0]?.getParent().getParent().getNamedExports() ?? [];
	const names = all.map((node) => node.getName());
	if (all.length === 0 || names.includes(name)) return [];
	return placeMember({ nodes: all, names, separator: ',' }, { name, text: name, variable });
}

/** ` = ''`, where the other addresses are empty rather than missing. */
function defaultLike(elements: Morph.BindingElement[], variable: string): string {
	const plain = elements.filter((node) => !node.getDotDotDotToken());
	const telling = mostTelling(
		plain.map((node) => ({ name: propertyOf(node), text: node.getInitializer()?.getText() ?? '' })),
		variable,
	);
	const [first] = telling;
	const isEmpty = first !== undefined && telling.every(({ text }) => /^(?:''|"")$/.test(text));
	return isEmpty ? ` = ${first.text}` : '';
}

/** The key itself, or in the case of the others where most of them are renamed. */
function newName(elements: Morph.BindingElement[], key: string, variable: string): string {
	const renamed = elements.filter((element) => element.getPropertyNameNode() !== undefined);
	if (renamed.length * 2 <= elements.length) return key;
	const names = renamed.map((element) => element.getName());
	return nameLike(wordsOf(variable), names);
}
