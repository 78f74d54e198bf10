// How a module would read one more variable from process.env itself. Text only.
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import { askedLike } from '../module/asked-like.ts';
import { directRead, environmentParameter } from '../module/environment.ts';
import {
	mostCommon,
	mostTelling,
	nameLike,
	replaceWord,
	usualFor,
	wordsOf,
} from '../module/names.ts';
import { bindingNames } from '../module/variable-names.ts';

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
		// What is asked for is counted there.
		const call = node.getParent();
		return name === null || (call && askedLike(call, variable))
			? []
			: [{ name, text: replaceWord(node.getText(), name, variable) }];
	});
	const environment = environmentParameter(within)?.getName() ?? 'process.env';
	const asked = nodesBelow(within, ts.isCallExpression).flatMap((call) => {
		const [name, text] = askedLike(call, variable) ?? [];
		return name === undefined || text === undefined ? [] : [{ name, text }];
	});
	if (asked.length > reads.length) return usualFor(asked, variable)?.text ?? '';
	return mostCommon(reads, variable)?.text ?? `${environment}.${variable}`;
}

const OF_THIS_MACHINE =
	/^(['"`])(?:[\w+]+:\/\/)?(?:[^/@\s]*@)?(?:localhost|127\.0\.0\.1)(?::\d+)?(?:\/.*)?\1$/;

/** The same, with the server of the developer's machine where the other addresses and secrets have values of their own. */
export function localRead(within: Morph.Node, variable: string): string {
	const { Node, ts } = morph();
	const text = plainRead(within, variable);
	if (!/redis|valkey|keydb/i.test(variable) || !/^[\w$]+\?*\.env\b/.test(text)) return text;
	const choices = nodesBelow(within.getSourceFile(), ts.isBinaryExpression).flatMap((one) => {
		const name = Node.isBinaryExpression(one) ? directRead(one.getLeft()) : null;
		const operator = Node.isBinaryExpression(one) ? one.getOperatorToken().getText() : '';
		if (!Node.isBinaryExpression(one) || name === null || !/^(?:\|\||\?\?)$/.test(operator))
			return [];
		return [{ name, operator, value: one.getRight().getText() }];
	});
	const telling = mostTelling(
		[...bindingNames(within.getSourceFile()).keys()].map((name) => ({ name })),
		variable,
	);
	const like = telling.map(({ name }) => choices.find((one) => one.name === name));
	// Where it listens itself is no address of another.
	const model = like.find((one) => one?.name !== 'HOST' && OF_THIS_MACHINE.test(one?.value ?? ''));
	if (!model || like.includes(undefined)) return text;
	const quote = model.value.charAt(0);
	return `${text} ${model.operator} ${quote}redis://localhost:6379${quote}`;
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
