// What of a module a browser reads: by its name, by `interface Window`, and by what is written into a page. No address goes there.
import { type Morph, morph, plainBelow } from '../../text/source.ts';
import { exportLists, exportOf } from './exports.ts';
import { handedIn } from './handed.ts';
import { handersOf } from './handers.ts';
import { remembered } from './remembered.ts';
import { isWindow, PAGE_FUNCTION, PAGE_TEXT, type Plain } from './sent.ts';

/** Variables whose values frameworks put into what they send to a browser. */
const PUBLIC_VARIABLE =
	/^(?:(?:NEXT|NUXT|EXPO|PLASMO|REDWOOD_ENV|TARO|GRIDSOME|BUN|BLITZ|SNOWPACK)_PUBLIC_|PUBLIC_|(?:RENDERER_)?VITE_|(?:REACT|VUE|TARO|UMI|NG)_APP_|GATSBY_|STORYBOOK_|SANITY_STUDIO_|RAZZLE_)/;
const PUBLIC_WORD = /^(?:public|browser|frontend|window|vite|isomorphic|universal)$/;
/** Beside these a client is the browser; `redisClient` and `GITHUB_CLIENT_ID` are other clients. */
const BESIDE_CLIENT =
	/^(?:client|side|env|envs|environment|config|settings|vars|variables|values|schema|constants|keys|get|load|create|make|app|parsed|validated|ts|js)$/;

/** Beside these a browser is a program that a server starts: `BrowserPoolConfig`. */
const BROWSER_TOOL =
	/^(?:agent|audit|automation|crawler|headless|launch|launcher|playwright|pool|puppeteer|runner|scraper|tool|tools)$/;

const MENTIONS_PUBLIC = /public|browser|frontend|window|vite|isomorphic|universal|client/i;

/** True for a variable that is meant for browsers. */
export function isPublicVariable(name: string): boolean {
	return PUBLIC_VARIABLE.test(name);
}

/** True for a name that says that browsers read what it stands for, e.g. `publicEnv` or `src/env.client.ts`. */
export function isPublicName(name: string): boolean {
	if (isPublicVariable(name)) return true;
	// Most names hold none of the words, and are not taken apart.
	if (!MENTIONS_PUBLIC.test(name)) return false;
	const words = partsOf(name);
	const isTool = words.includes('browser') && words.some((word) => BROWSER_TOOL.test(word));
	if (words.some((word) => PUBLIC_WORD.test(word) && !(isTool && word === 'browser'))) return true;
	return words.includes('client') && words.every((word) => BESIDE_CLIENT.test(word));
}

/** `getGitHubEnv` -> `get`, `git`, `hub`, `env`. */
export function partsOf(name: string): string[] {
	return name
		.replace(/([a-z0-9])([A-Z])/g, '$1_$2')
		.replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
		.toLowerCase()
		.split(/[^\p{L}\p{N}]+/u)
		.filter((word) => word !== '');
}

/** What most modules that send something have in their text. */
const SENDS = /\bjson\(|\.(?:send|end|html|write)\(|\bResponse\(|\.body\b/;

/** The names that a pattern binds, or the one name. */
function namesIn(name: Morph.ts.BindingName): string[] {
	const { ts } = morph();
	if (ts.isIdentifier(name)) return [name.text];
	return name.elements.flatMap((one) => (ts.isBindingElement(one) ? namesIn(one.name) : []));
}

/** What a module declares at its top level, by name; of equal names all. On the parser's own tree, as all that follows. */
const declarationsOf = remembered((source: Morph.SourceFile): Map<string, Plain[]> => {
	const { ts } = morph();
	const found = new Map<string, Plain[]>();
	const add = (name: string, node: Plain) => {
		const before = found.get(name);
		if (before) before.push(node);
		else found.set(name, [node]);
	};
	for (const one of source.compilerNode.statements) {
		if (ts.isVariableStatement(one)) {
			for (const each of one.declarationList.declarations)
				for (const name of namesIn(each.name)) add(name, each);
		} else if (isNamed(one) && one.name) add(one.name.text, one);
	}
	return found;
});

function isNamed(plain: Morph.ts.Statement) {
	const { ts } = morph();
	return (
		ts.isFunctionDeclaration(plain) ||
		ts.isClassDeclaration(plain) ||
		ts.isInterfaceDeclaration(plain) ||
		ts.isTypeAliasDeclaration(plain)
	);
}

/** What is read by browsers for certain: where a module names them, or writes into a page. */
function rootsIn(source: Morph.SourceFile, declared: Map<string, Plain[]>): Plain[] {
	const { ts } = morph();
	const own = SENDS.test(source.getFullText())
		? handedIn(source, new Set(declared.keys()), false)
		: null;
	const named = [...declared].flatMap(([name, nodes]) =>
		isPublicName(exportedAs(source, name)) ||
		PAGE_FUNCTION.test(name) ||
		own?.has(name) ||
		handerOf(source, name) !== null
			? nodes
			: [],
	);
	if (handerOf(source, null) !== null)
		named.push(...source.compilerNode.statements.filter(ts.isExportAssignment));
	if (!/\bWindow\b|\bwindow\b|<script/i.test(source.getFullText())) return named;
	const others = plainBelow(source.compilerNode, (one) => {
		if (ts.isInterfaceDeclaration(one)) return one.name.text === 'Window';
		if (ts.isTemplateExpression(one)) return PAGE_TEXT.test(one.getText());
		const around = one.parent;
		return ts.isBinaryExpression(around) && around.right === one && isWindow(around.left.getText());
	});
	return [...named, ...others];
}

/** The file that hands to browsers what is exported under a name; null for a default export that has none. */
export function handerOf(source: Morph.SourceFile, name: string | null): string | null {
	const handers = handersOf(source);
	if (handers.size === 0) return null;
	const how = name === null ? null : exportOf(source, name);
	const exported = how?.kind === 'named' ? how.name : 'default';
	return name === null || how ? (handers.get(exported) ?? handers.get('*') ?? null) : null;
}

function exportedAs(source: Morph.SourceFile, name: string): string {
	const other = exportLists(source).find(({ local }) => local === name)?.exported;
	return other === undefined || other === 'default' ? name : other;
}

/** A part of the whole alone: `env.PORT`, `Pick<Env, 'PORT'>`, `pick(env, ['PORT'])`, or only what is public by its name. */
function isSelection(name: Plain): boolean {
	const { ts } = morph();
	const { parent } = name;
	if (ts.isPropertyAccessExpression(parent)) return !isCallee(parent);
	if (ts.isElementAccessExpression(parent)) return parent.expression === name;
	const isOwnName = 'name' in parent && !ts.isShorthandPropertyAssignment(parent);
	if (isOwnName && parent.name === name) return true;
	for (let one: Plain = parent; one; one = one.parent) if (selects(one)) return true;
	return false;
}

function selects(around: Plain): boolean {
	const { ts } = morph();
	if (ts.isTypeReferenceNode(around)) return around.typeName.getText() === 'Pick';
	if (!ts.isCallExpression(around)) return false;
	return (
		around.arguments.some((one) => ts.isArrayLiteralExpression(one)) ||
		/['"`/^](?:NEXT_PUBLIC|PUBLIC|VITE|NUXT_PUBLIC|EXPO_PUBLIC|REACT_APP)_/.test(around.getText())
	);
}

/** `schema.parse(x)` gives the schema's values, all of them. */
function isCallee(access: Morph.ts.PropertyAccessExpression): boolean {
	const { ts } = morph();
	const call = access.parent;
	return ts.isCallExpression(call) && call.expression === access;
}

/** The declarations and texts of which a browser reads the whole. */
const reached = remembered((source: Morph.SourceFile): Set<Plain> => {
	const { ts } = morph();
	const declared = declarationsOf(source);
	const found = new Set<Plain>();
	const queue = rootsIn(source, declared);
	for (let node = queue.pop(); node; node = queue.pop()) {
		if (found.has(node)) continue;
		found.add(node);
		for (const name of plainBelow(node, ts.isIdentifier)) {
			const targets = declared.get(name.getText());
			if (targets && !targets.includes(node) && !isSelection(name)) queue.push(...targets);
		}
	}
	return found;
});

/** True when a browser reads the whole of what is declared under that name at the top level. */
export function reachesBrowser(source: Morph.SourceFile, name: string): boolean {
	if (isPublicName(exportedAs(source, name))) return true;
	const nodes = declarationsOf(source).get(name) ?? [];
	return nodes.some((node) => reached(source).has(node));
}

/** True when a stretch of the text lies in what a browser reads. */
export function liesInReach(source: Morph.SourceFile, start: number, end: number): boolean {
	return [...reached(source)].some((node) => start < node.getEnd() && end > node.getStart());
}

/** `src/env.client.ts`, `lib/public/config.ts` */
export function isPublicPath(path: string): boolean {
	const [name = '', folder = ''] = path.split('/').reverse();
	return (
		isPublicName(name.replace(/\.[cm]?[jt]s$/, '')) || /^(?:public|browser|client)$/.test(folder)
	);
}
