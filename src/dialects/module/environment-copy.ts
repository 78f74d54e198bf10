// Copies of process.env in which every variable keeps its name: cleaned of empty values, filtered by value, or spread.
import { type Morph, morph } from '../../text/source.ts';
import { bindingOf, declaredIn, isFunction, isInline } from './scope.ts';

/** Whether a node is the whole environment; see `isEnvironment`. */
type IsWhole = (node: Morph.Node | undefined) => boolean;

/** Calls that could give a variable another name, or leave it out because of its name. */
const BY_NAME =
	/\.(?:startsWith|endsWith|replace|replaceAll|slice|substring|substr|toLowerCase|toUpperCase|includes|has|test|match|split)\(|[Cc]amel|[Pp]refix|===?\s*['"][A-Z]|\b(?:key|name|k)\s*\+|`\$\{/;

/** `removeEmpty(process.env)`, `Object.fromEntries(Object.entries(process.env).filter(…))`, `structuredClone(process.env)` */
export function isCopyOfEnvironment(call: Morph.CallExpression, isEnvironment: IsWhole): boolean {
	const { Node } = morph();
	const callee = call.getExpression().getText();
	const [first, second] = call.getArguments();
	if (callee === 'structuredClone') return isEnvironment(first);
	if (callee === 'Object.assign') {
		const isEmpty = Node.isObjectLiteralExpression(first) && first.getProperties().length === 0;
		return isEmpty && call.getArguments().length === 2 && isEnvironment(second);
	}
	if (callee === 'Object.fromEntries') return isEntries(first, isEnvironment);
	if (/\.reduce$/.test(callee)) return isReduced(call, isEnvironment);
	return call.getArguments().length === 1 && isEnvironment(first) && isCleaner(call);
}

/** `Object.entries(env).reduce((all, [key, value]) => { … all[key] = value; return all; }, {})` */
function isReduced(call: Morph.CallExpression, isWhole: IsWhole): boolean {
	const { Node } = morph();
	const callee = call.getExpression();
	const [step, start] = call.getArguments();
	const empty = Node.isAsExpression(start) ? start.getExpression() : start;
	if (!Node.isPropertyAccessExpression(callee) || !isEntries(callee.getExpression(), isWhole))
		return false;
	if (!Node.isObjectLiteralExpression(empty) || empty.getProperties().length > 0) return false;
	if (!isInline(step) || BY_NAME.test(step.getText())) return false;
	const [all, entry] = step.getParameters().map((one) => one.getNameNode().getText());
	const key = /^\[\s*([\w$]+)\s*,/.exec(entry ?? '')?.[1];
	return step.getText().replace(/\s+/g, '').includes(`${all}[${key}]=`);
}

/** `Object.entries(env)`, perhaps with `filter` and `map` that look at values alone. */
function isEntries(node: Morph.Node | undefined, isWhole: IsWhole): boolean {
	const { Node } = morph();
	if (!Node.isCallExpression(node)) return false;
	const callee = node.getExpression();
	if (callee.getText() === 'Object.entries') return isWhole(node.getArguments()[0]);
	if (!Node.isPropertyAccessExpression(callee) || !/^(?:filter|map)$/.test(callee.getName()))
		return false;
	const [step] = node.getArguments();
	if (!isInline(step) || (BY_NAME.test(step.getText()) && !seesValuesAlone(step))) return false;
	return isEntries(callee.getExpression(), isWhole);
}

/** A function of the module that gives its argument again without some of the values. */
function isCleaner(call: Morph.CallExpression): boolean {
	const { Node } = morph();
	const callee = call.getExpression();
	if (!Node.isIdentifier(callee)) return false;
	const source = call.getSourceFile();
	const held = declaredIn(source, callee.getText());
	const value = Node.isVariableDeclaration(held) ? held.getInitializer() : undefined;
	const callable = source.getFunction(callee.getText()) ?? (isInline(value) ? value : undefined);
	const [parameter, ...others] = callable?.getParameters() ?? [];
	if (!callable || !parameter || others.some((one) => !one.isOptional())) return false;
	const body = callable.getBody()?.getText() ?? '';
	const name = parameter.getName();
	const goesThrough = new RegExp(
		`Object\\.(?:entries|keys)\\(\\s*${name}\\b|\\bin\\s+${name}\\b|\\.\\.\\.\\s*${name}\\b`,
	).test(body);
	const steps = callable.getDescendants().filter((one) => isInline(one) && seesValuesAlone(one));
	const rest = steps.reduce((text, one) => text.replace(one.getText(), ''), body);
	return goesThrough && !BY_NAME.test(rest) && isGivenBack(callable);
}

/** `([, value]) => …` */
function seesValuesAlone(step: Morph.Node): boolean {
	return /^\(?\s*\[\s*,/.test(step.getText().replace(/^\(/, ''));
}

/** Nothing but one value is returned: `return result`, `=> Object.fromEntries(…)`. */
function isGivenBack(callable: Morph.Node): boolean {
	const { SyntaxKind } = morph();
	const returns = callable
		.getDescendantsOfKind(SyntaxKind.ReturnStatement)
		.filter((one) => one.getFirstAncestor(isFunction) === callable);
	return returns.length <= 1;
}

/** `const raw = {}`, filled by `for (const [key, value] of Object.entries(process.env)) raw[key] = …` */
export function isFilledCopy(binding: Morph.Node | undefined, isEnvironment: IsWhole): boolean {
	const { Node, SyntaxKind } = morph();
	if (!Node.isVariableDeclaration(binding)) return false;
	const start = binding.getInitializer();
	if (!Node.isObjectLiteralExpression(start)) return false;
	const [only, ...others] = start.getProperties();
	if (only && others.length === 0 && Node.isSpreadAssignment(only))
		return isEnvironment(only.getExpression());
	if (only) return false;
	const name = binding.getName();
	return binding
		.getSourceFile()
		.getDescendantsOfKind(SyntaxKind.ForOfStatement)
		.some((loop) => {
			if (!isEntries(loop.getExpression(), isEnvironment)) return false;
			const key = /\[\s*([\w$]+)\s*,/.exec(loop.getInitializer().getText())?.[1];
			const body = loop.getStatement().getText();
			const isSet = key !== undefined && body.replace(/\s+/g, '').includes(`${name}[${key}]=`);
			const isOurs = bindingOf(loop.getStatement(), name) === binding;
			return isSet && isOurs && !BY_NAME.test(body);
		});
}
