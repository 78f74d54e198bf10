// The type of what a helper may be asked for, where that lists the names: one more for the new variable.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import type { Ready } from '../dialect.ts';
import { namesListed } from '../module/name-unions.ts';
import { isFunction } from '../module/scope.ts';

/** The plan with the name in each union that its calls have to be in. */
export function withNames(plan: Ready, source: Morph.SourceFile, variable: string): Ready {
	const written = plan.insertions.map(({ text }) => text).join('\n');
	const unions = source
		.getDescendantsOfKind(morph().SyntaxKind.Parameter)
		.filter((one) => isAsked(one, written, variable))
		.flatMap((one) => namesListed(one) ?? []);
	const added = [...new Set(unions)].flatMap((union) => nameIn(union, variable));
	return { ...plan, insertions: [...plan.insertions, ...added] };
}

/** `getEnv('REDIS_URL')` is written, and this is a parameter of getEnv. */
function isAsked(one: Morph.ParameterDeclaration, written: string, variable: string): boolean {
	const { Node } = morph();
	const owner = one.getFirstAncestor(isFunction);
	const holder = owner?.getParent();
	const named = Node.isFunctionDeclaration(owner) || Node.isMethodDeclaration(owner);
	const name = named ? owner.getName() : Node.isVariableDeclaration(holder) ? holder.getName() : '';
	return new RegExp(`(?<![\\w$])${name || '(?!)'}\\([^()]*['"]${variable}['"]`).test(written);
}

function nameIn(union: Morph.UnionTypeNode, variable: string): Insertion[] {
	const [before, last] = union.getTypeNodes().slice(-2);
	if (!before || !last || union.getText().includes(variable)) return [];
	const between = union.getSourceFile().getFullText().slice(before.getEnd(), last.getStart());
	const quote = last.getText().charAt(0);
	return [{ at: last.getEnd(), text: `${between}${quote}${variable}${quote}` }];
}
