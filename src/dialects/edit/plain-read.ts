// How a module would read one more variable from process.env itself. Text only.
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import { askedLike } from '../module/asked-like.ts';
import { directRead, environmentParameter } from '../module/environment.ts';
import { mostCommon, nameLike, replaceWord, usualFor, wordsOf } from '../module/names.ts';

/**
 * `process.env.X` in the form that is usual within a node: dotted, with brackets and its quotes, or by another name; `env('X', '')`
 * where most of it asks a function for its variables.
 */
export function plainRead(within: Morph.Node, variable: string): string {
	const { SyntaxKind, ts } = morph();
	const nodes = [
		...within.getDescendantsOfKind(SyntaxKind.PropertyAccessExpression),
		...within.getDescendantsOfKind(SyntaxKind.ElementAccessExpression),
	];
	const reads = nodes.flatMap((node) => {
		const name = directRead(node);
		return name === null ? [] : [{ name, text: replaceWord(node.getText(), name, variable) }];
	});
	const environment = environmentParameter(within)?.getName() ?? 'process.env';
	const asked = nodesBelow(within, ts.isCallExpression).flatMap((call) => {
		const [name, text] = askedLike(call, variable) ?? [];
		return name === undefined || text === undefined ? [] : [{ name, text }];
	});
	if (asked.length > reads.length) return usualFor(asked, variable)?.text ?? '';
	return mostCommon(reads, variable)?.text ?? `${environment}.${variable}`;
}

/** `redisUrl: process.env.REDIS_URL,` for the user to paste. `names` are the keys beside it. */
export function keyLine(within: Morph.Node, variable: string, names: string[] = []): string {
	return `${nameLike(wordsOf(variable), names)}: ${plainRead(within, variable)},`;
}

/** What a user may paste into a module; '' where the key that it declares is there already, so that none is there twice. */
export function newIn(source: Morph.SourceFile, snippet: string): string {
	const key = /^(?:export )?(?:const )?['"]?([\w$]+)['"]?\??\s*[:=]/.exec(snippet)?.[1];
	if (key === undefined) return snippet;
	const { Node } = morph();
	const isThere = source.getDescendants().some((node) => {
		const isNamed =
			Node.isPropertyAssignment(node) ||
			Node.isShorthandPropertyAssignment(node) ||
			Node.isPropertyDeclaration(node) ||
			Node.isVariableDeclaration(node) ||
			Node.isBindingElement(node);
		return isNamed && node.getName().replace(/^['"]|['"]$/g, '') === key;
	});
	return isThere ? '' : snippet;
}
