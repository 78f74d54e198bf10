// `.when('NODE_ENV', …)` of yup and joi: a text that is demanded by where the program runs.
import { type Morph, morph } from '../../text/source.ts';
import { textAtMargin } from '../edit/margin.ts';
import type { Step } from '../module/library-calls.ts';

/** What is said about one variable alone. */
const OWN_DEMAND =
	/\.(?:default|failover|valid|oneOf|matches|regex|pattern|min|max|length|ur[li]|allow)\(/;

/** True where something is demanded only when another variable says so. */
export function dependsOnOther({ steps }: { steps: Step[] }): boolean {
	return steps.some(({ name }) => name === 'when');
}

/** The step as it may be copied; null where it is about something else, or demands what fits one variable alone. */
export function byPlace({ name, arguments: all }: Step): string | null {
	const [on, rule] = all;
	if (name !== 'when' || !rule || all.length !== 2 || !morph().Node.isStringLiteral(on))
		return null;
	const isPlace = /ENV|STAGE|MODE/i.test(on.getLiteralText());
	if (!isPlace || OWN_DEMAND.test(rule.getText()) || hasWords(rule)) return null;
	return `.when(${all.map(textAtMargin).join(', ')})`;
}

/** Texts other than those that the place is compared with. */
function hasWords(rule: Morph.Node): boolean {
	const { Node, SyntaxKind } = morph();
	return rule.getDescendantsOfKind(SyntaxKind.StringLiteral).some((text) => {
		const owner = text.getFirstAncestor((one) => Node.isPropertyAssignment(one));
		return !Node.isPropertyAssignment(owner) || owner.getName() !== 'is';
	});
}
