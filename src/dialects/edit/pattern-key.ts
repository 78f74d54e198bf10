// One more name in an exported pattern: `export const { PORT, DATABASE_URL: databaseUrl } = …`.
import type { KeyPlan } from '../../model/key-plan.ts';
import type { Morph } from '../../text/source.ts';
import { member, ready, unclear } from '../dialect.ts';
import { isDeclared } from '../module/exports.ts';
import { propertyOf } from '../module/scope.ts';
import { nameLike, wordsOf } from './names.ts';
import { placeMember } from './place.ts';

/** The name for what lies at `path` of the value that is taken apart: reused, else added. */
export function planInPattern(
	pattern: Morph.ObjectBindingPattern,
	path: string[],
	variable: string,
): KeyPlan {
	const [key = variable, ...rest] = path;
	const nodes = pattern.getElements();
	const there = nodes.find((node) => propertyOf(node) === key);
	const name = there?.getName() ?? newName(nodes, key, variable);
	const expression = member(name, rest);
	if (there) return ready({ kind: 'named', name }, expression);
	const text = name === key ? key : `${key}: ${name}`;
	if (nodes.length === 0 || isDeclared(pattern.getSourceFile(), name)) {
		return unclear(`it has another thing that is called ${name}`, text);
	}
	// A rest element has to stay the last one, and sorting would not know it.
	const names = nodes.map((node) => (node.getDotDotDotToken() ? null : propertyOf(node)));
	const siblings = { nodes, names, separator: ',' } as const;
	const insertions = placeMember(siblings, { name: key, text, variable });
	return ready({ kind: 'named', name }, expression, insertions);
}

/** The key itself, or in the case of the others where most of them are renamed. */
function newName(elements: Morph.BindingElement[], key: string, variable: string): string {
	const renamed = elements.filter((element) => element.getPropertyNameNode() !== undefined);
	if (renamed.length * 2 <= elements.length) return key;
	const names = renamed.map((element) => element.getName());
	return nameLike(wordsOf(variable), names);
}
