// Which values a file hands to browsers whole. `config.port` is a part, and what a function makes of `config` is another thing.
import { type Morph, morph, plainBelow } from '../../text/source.ts';
import { isCallable, isJson, lastName, type Plain, resultsOf, sentAt } from './sent.ts';

/** What gives its argument whole, in another form; a second argument may choose. */
const SAME = /(?:stringify|serialize\w*|structuredClone|freeze|uneval|entries|resolve|escape\w*)$/i;
/** What gives all that it is asked of. */
const LEAVES_OUT = /^(?:fromEntries|omit\w*|without|exclude|except)$/;
const ALL_OF = /^(?:map|replace|replaceAll|toString)$/;

/** What is declared in the file under a name, wherever it stands; `...rest` is the whole of what is taken apart. */
function declaredAs(source: Morph.SourceFile, name: string): Plain[] {
	const { ts } = morph();
	const isNamed = (one: Morph.ts.Node | undefined): boolean =>
		one !== undefined && ts.isIdentifier(one) && one.text === name;
	const isRest = (one: Morph.ts.BindingName): boolean =>
		ts.isObjectBindingPattern(one) &&
		one.elements.some((each) => each.dotDotDotToken && isNamed(each.name));
	return plainBelow(source.compilerNode, (one) =>
		ts.isVariableDeclaration(one)
			? isNamed(one.name) || isRest(one.name)
			: ts.isFunctionDeclaration(one) && isNamed(one.name),
	);
}

/** What a member of an object is; of a function what it gives. */
function partsOfMember(one: Morph.ts.ObjectLiteralElementLike): Plain[] {
	const { ts } = morph();
	if (ts.isShorthandPropertyAssignment(one)) return [one.name];
	if (ts.isSpreadAssignment(one)) return [one.expression];
	return givenBy(ts.isPropertyAssignment(one) ? one.initializer : one);
}

/** What a function gives, or the thing itself. */
function givenBy(node: Plain): Plain[] {
	return isCallable(node) ? resultsOf(node) : [node];
}

/** The parts of which an expression gives the whole, one step further; null for a name. */
function partsOf(node: Plain): Plain[] {
	const { ts } = morph();
	if (ts.isObjectLiteralExpression(node)) return node.properties.flatMap(partsOfMember);
	if (ts.isArrayLiteralExpression(node)) return [...node.elements];
	if (ts.isConditionalExpression(node)) return [node.whenTrue, node.whenFalse];
	if (ts.isBinaryExpression(node))
		return /^(?:\?\?|\|\||&&|\+|,)$/.test(node.operatorToken.getText())
			? [node.left, node.right]
			: [];
	if (ts.isTemplateExpression(node)) return node.templateSpans.map(({ expression }) => expression);
	if (ts.isJsxExpression(node)) return node.expression ? [node.expression] : [];
	if (ts.isNewExpression(node)) return [...(node.arguments ?? [])].slice(0, 1);
	const isAround =
		ts.isParenthesizedExpression(node) ||
		ts.isAsExpression(node) ||
		ts.isSatisfiesExpression(node) ||
		ts.isNonNullExpression(node) ||
		ts.isSpreadElement(node) ||
		ts.isAwaitExpression(node);
	return isAround ? [node.expression] : [];
}

/** What a call gives whole of what it is given or asked of; its function, where that is a name. */
function partsOfCall(call: Morph.ts.CallExpression): Plain[] {
	const { ts } = morph();
	const [first, second] = call.arguments;
	const callee = call.expression;
	const name = lastName(callee);
	if (callee.getText() === 'Object.assign') return [...call.arguments];
	const chooses = second !== undefined && !/^(?:null|undefined|\{.*)$/s.test(second.getText());
	if (isJson(name) || LEAVES_OUT.test(name) || (SAME.test(name) && !chooses))
		return first ? [first] : [];
	if (SAME.test(name)) return [];
	if (ts.isPropertyAccessExpression(callee))
		return ALL_OF.test(name) ? [callee.expression] : [callee];
	return [callee];
}

/** What a name is declared as; of a function what it gives. */
function declaredParts(source: Morph.SourceFile, name: string): Plain[] {
	const { ts } = morph();
	return declaredAs(source, name).flatMap((one) => {
		const value = ts.isVariableDeclaration(one) ? one.initializer : one;
		return value ? givenBy(value) : [];
	});
}

function stepFrom(source: Morph.SourceFile, node: Plain): Plain[] {
	const { ts } = morph();
	if (ts.isIdentifier(node)) return declaredParts(source, node.text);
	return ts.isCallExpression(node) ? partsOfCall(node) : partsOf(node);
}

/** The name that a node is of, among those that are looked for: `* all` gives what is taken of it, `*` for the whole of it. */
function nameAmong(node: Plain, locals: ReadonlySet<string>): string | null {
	const { ts } = morph();
	if (ts.isPropertyAccessExpression(node))
		return locals.has(`* ${node.expression.getText()}`) ? node.name.text : null;
	if (!ts.isIdentifier(node)) return null;
	if (locals.has(node.text)) return node.text;
	return locals.has(`* ${node.text}`) ? '*' : null;
}

/**
 * The names among `locals` that a file hands on whole.
 * @param locals a namespace is `* name`, and gives the names that are taken of it
 * @param isTool the file configures a bundler or a framework
 */
export function handedIn(
	source: Morph.SourceFile,
	locals: ReadonlySet<string>,
	isTool: boolean,
): Set<string> {
	const found = new Set<string>();
	const seen = new Set<Plain>();
	const queue = plainBelow(source.compilerNode, () => true).flatMap((one) => sentAt(one, isTool));
	for (let node = queue.pop(); node; node = queue.pop()) {
		if (seen.has(node)) continue;
		seen.add(node);
		const name = nameAmong(node, locals);
		if (name === null) queue.push(...stepFrom(source, node));
		else found.add(name);
	}
	return found;
}
