// What a file sends to browsers for certain: in an answer, a page, what a route or a resolver gives, and what a bundler writes into a bundle.
import { type Morph, morph, plainBelow } from '../../text/source.ts';

export type Plain = Morph.ts.Node;

/** Functions whose result a framework writes into a page. */
export const PAGE_FUNCTION =
	/^(?:loader|clientLoader|getServerSideProps|getStaticProps|getInitialProps|getLoadContext|root?[lL]oader)$/;
export const PAGE_TEXT = /\bwindow\s*[.[]|<script\b/i;

/** `res`, `reply.code(200)`, `ctx`: what an answer is sent by. */
const ANSWERER = /^(?:this\.)?(?:res|resp|response|reply|ctx|context|c|socket|ws|io)\b/i;
/** Where the receiver says that it is an answer, and where the name alone does. */
const ANSWERS = /^(?:jsonp|send|end|write|html|emit|body)$/;
const ANSWERS_ALONE = /^json$/;
/** A browser calls what such a file exports. */
const ACTIONS = /^\s*['"]use server['"]/;
const ROUTE = /^(?:get|post|put|patch|all|use|route|on)$/;
const HANDLER = /^(?:define\w*Handler|eventHandler|defineLoader|query|mutation)$/;
const DECORATED = /^@(?:Get|Post|Put|All|Query|Mutation|ResolveField|Resolver|Sse)\b/;
const RESOLVERS = /^(?:Query|Mutation)$/;
const BUNDLES = /^(?:build|buildSync|context)$/;
const TO_A_BUNDLE = /^(?:define|env|public|publicRuntimeConfig|clientEnv)$/;

export function isCallable(node: Plain | undefined): node is Morph.ts.FunctionLikeDeclaration {
	const { ts } = morph();
	return node !== undefined && ts.isFunctionLike(node) && 'body' in node;
}

/** The expressions that a function gives, not those of functions in it. */
export function resultsOf(callable: Morph.ts.FunctionLikeDeclaration): Plain[] {
	const { ts } = morph();
	const { body } = callable;
	if (!body) return [];
	if (!ts.isBlock(body)) return [body];
	const isOwn = (one: Plain): boolean => ts.findAncestor(one, ts.isFunctionLike) === callable;
	const returns = plainBelow(body, ts.isReturnStatement).filter(ts.isReturnStatement).filter(isOwn);
	return returns.flatMap(({ expression }) => expression ?? []);
}

export function lastName(callee: Plain): string {
	const { ts } = morph();
	return ts.isPropertyAccessExpression(callee) ? callee.name.text : callee.getText();
}

/** `json(…)`, also of what is called an answer or a context. */
export function isJson(name: string): boolean {
	return ANSWERS_ALONE.test(name);
}

function sentByCall(call: Morph.ts.CallExpression): Plain[] {
	const { ts } = morph();
	const callee = call.expression;
	const name = lastName(callee);
	const all = [...call.arguments];
	const from = ts.isPropertyAccessExpression(callee) ? callee.expression.getText() : '';
	if (isJson(name) || (from === '' && /^(?:data|defer)$/.test(name))) return all.slice(0, 1);
	if (ANSWERS.test(name) && ANSWERER.test(from)) return all;
	const isRoute = ROUTE.test(name) && /^['"`][/*]/.test(all[0]?.getText() ?? '');
	const isHandler = HANDLER.test(name) && (from === '' || /procedure/i.test(from));
	return isRoute || isHandler ? all.flatMap(resultsIf) : [];
}

function resultsIf(node: Plain | undefined): Plain[] {
	return isCallable(node) ? resultsOf(node) : [];
}

function sentByMade({ expression, arguments: given }: Morph.ts.NewExpression): Plain[] {
	const isSent = /^(?:Next)?Response$|DefinePlugin$|EnvironmentPlugin$/.test(expression.getText());
	return isSent ? [...(given ?? [])].slice(0, 1) : [];
}

function sentByBinary(node: Morph.ts.BinaryExpression): Plain[] {
	const { ts } = morph();
	const left = node.left.getText();
	const operator = node.operatorToken.getText();
	if (operator === '=')
		return (/\.body$/.test(left) && ANSWERER.test(left)) || isWindow(left) ? [node.right] : [];
	const isWhole = operator === '+' && !ts.isBinaryExpression(node.parent);
	return isWhole && PAGE_TEXT.test(node.getText()) ? [node] : [];
}

export function isWindow(left: string): boolean {
	return /^(?:globalThis\.|\()?window\b/.test(left);
}

/** What is given to a component that gives it to others, or that a browser renders. */
function sentByAttribute({ parent, initializer }: Morph.ts.JsxAttribute): Plain[] {
	const element = parent.parent.tagName.getText();
	return /Providers?$|Client|Island|^App$/.test(element) && initializer ? [initializer] : [];
}

function nameOf(node: Plain): string {
	return (node as { name?: Plain }).name?.getText() ?? '';
}

/** `routes/+page.server.ts`, as `parse` writes its path. */
const KIT_PAGE = /(?:^_|__)(?:page|layout)(?:\.server)?\.[jt]s$/;

/** `load` of SvelteKit is one by the name of its file. */
function isPageFunction(node: Plain): boolean {
	const name = nameOf(node);
	const isKit = name === 'load' && KIT_PAGE.test(node.getSourceFile().fileName);
	return isKit || PAGE_FUNCTION.test(name);
}

function sentByDeclaration(node: Plain): Plain[] {
	const { ts } = morph();
	if (ts.isVariableDeclaration(node))
		return isPageFunction(node) ? resultsIf(node.initializer) : [];
	const isPage =
		ts.isFunctionDeclaration(node) &&
		(isPageFunction(node) || ACTIONS.test(node.getSourceFile().text));
	const isRouted =
		ts.isMethodDeclaration(node) && node.modifiers?.some((one) => DECORATED.test(one.getText()));
	return isPage || isRouted ? resultsIf(node) : [];
}

/** `build({ define: { … } })` of a script that bundles. */
function isBundled(node: Morph.ts.PropertyAssignment): boolean {
	const { ts } = morph();
	const call = node.parent.parent;
	return (
		nameOf(node) === 'define' &&
		ts.isCallExpression(call) &&
		BUNDLES.test(lastName(call.expression))
	);
}

/** What is sent at a node; of a file that configures a bundler or a framework also what that writes into a bundle. */
export function sentAt(node: Plain, isTool: boolean): Plain[] {
	const { ts } = morph();
	if (ts.isCallExpression(node)) return sentByCall(node);
	if (ts.isNewExpression(node)) return sentByMade(node);
	if (ts.isTemplateExpression(node)) return PAGE_TEXT.test(node.getText()) ? [node] : [];
	if (ts.isBinaryExpression(node)) return sentByBinary(node);
	if (ts.isJsxAttribute(node)) return sentByAttribute(node);
	if (!ts.isPropertyAssignment(node)) return sentByDeclaration(node);
	const isSent = (isTool ? TO_A_BUNDLE : RESOLVERS).test(nameOf(node)) || isBundled(node);
	return isSent ? [node.initializer] : [];
}
