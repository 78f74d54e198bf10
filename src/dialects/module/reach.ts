// What of a module a browser reads: by its name, by `interface Window`, and by what is written into a page. No address goes there.
import { type Morph, morph } from '../../text/source.ts';
import { exportLists } from './exports.ts';
import { remembered } from './remembered.ts';

/** Variables whose values frameworks put into what they send to a browser. */
const PUBLIC_VARIABLE =
	/^(?:(?:NEXT|NUXT|EXPO|PLASMO|REDWOOD_ENV|TARO|GRIDSOME)_PUBLIC_|PUBLIC_|VITE_|REACT_APP_|GATSBY_|VUE_APP_|STORYBOOK_|NG_APP_)/;
const PUBLIC_WORD = /^(?:public|browser|frontend|window|vite|isomorphic|universal)$/;
/** Beside these a client is the browser; `redisClient` and `GITHUB_CLIENT_ID` are other clients. */
const BESIDE_CLIENT =
	/^(?:client|side|env|envs|environment|config|settings|vars|variables|values|schema|constants|keys|get|load|create|make|app|parsed|validated|ts|js)$/;

/** True for a variable that is meant for browsers. */
export function isPublicVariable(name: string): boolean {
	return PUBLIC_VARIABLE.test(name);
}

/** True for a name that says that browsers read what it stands for, e.g. `publicEnv` or `src/env.client.ts`. */
export function isPublicName(name: string): boolean {
	if (isPublicVariable(name)) return true;
	const words = partsOf(name);
	if (words.some((word) => PUBLIC_WORD.test(word))) return true;
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

/** Functions whose result a framework writes into a page. */
const PAGE_FUNCTION =
	/^(?:loader|clientLoader|getServerSideProps|getStaticProps|getInitialProps|getLoadContext|root?[lL]oader)$/;
const PAGE_TEXT = /\bwindow\s*[.[]|<script\b/i;

type Named = Morph.Node & { getName(): string | undefined };

/** What a module declares at its top level, by name; of equal names all. */
const declarationsOf = remembered((source: Morph.SourceFile): Map<string, Morph.Node[]> => {
	const { Node } = morph();
	const found = new Map<string, Morph.Node[]>();
	const add = (name: string | undefined, node: Morph.Node) =>
		name !== undefined && found.set(name, [...(found.get(name) ?? []), node]);
	const named: Named[] = [
		...source.getFunctions(),
		...source.getClasses(),
		...source.getInterfaces(),
		...source.getTypeAliases(),
	];
	for (const one of named) add(one.getName(), one);
	for (const one of source.getVariableDeclarations()) {
		const name = one.getNameNode();
		if (Node.isIdentifier(name)) add(one.getName(), one);
		else
			for (const part of name.getDescendantsOfKind(morph().SyntaxKind.BindingElement))
				add(part.getName(), one);
	}
	return found;
});

/** What is read by browsers for certain: where a module names them, or writes into a page. */
function rootsIn(source: Morph.SourceFile, declared: Map<string, Morph.Node[]>): Morph.Node[] {
	const { Node, SyntaxKind } = morph();
	const named = [...declared].flatMap(([name, nodes]) =>
		isPublicName(exportedAs(source, name)) || PAGE_FUNCTION.test(name) ? nodes : [],
	);
	if (!/\bWindow\b|\bwindow\b|<script/i.test(source.getFullText())) return named;
	const windows = source
		.getDescendantsOfKind(SyntaxKind.InterfaceDeclaration)
		.filter((one) => one.getName() === 'Window');
	const templates = source
		.getDescendantsOfKind(SyntaxKind.TemplateExpression)
		.filter((one) => PAGE_TEXT.test(one.getText()));
	const assigned = source.getDescendantsOfKind(SyntaxKind.BinaryExpression).flatMap((one) => {
		const isWindow = /^(?:globalThis\.|\()?window\b/.test(one.getLeft().getText());
		return isWindow && Node.isExpression(one.getRight()) ? [one.getRight()] : [];
	});
	return [...named, ...windows, ...templates, ...assigned];
}

function exportedAs(source: Morph.SourceFile, name: string): string {
	const other = exportLists(source).find(({ local }) => local === name)?.exported;
	return other === undefined || other === 'default' ? name : other;
}

/** A part of the whole alone: `env.PORT`, `Pick<Env, 'PORT'>`, `pick(env, ['PORT'])`, or only what is public by its name. */
function isSelection(name: Morph.Node): boolean {
	const { Node } = morph();
	const parent = name.getParent();
	if (Node.isPropertyAccessExpression(parent)) return !isCallee(parent);
	if (Node.isElementAccessExpression(parent)) return parent.getExpression() === name;
	const isOwnName =
		parent && 'getNameNode' in parent && !Node.isShorthandPropertyAssignment(parent);
	if (isOwnName && (parent as Morph.PropertyAssignment).getNameNode() === name) return true;
	return name.getAncestors().some((one) => {
		if (Node.isTypeReference(one)) return one.getTypeName().getText() === 'Pick';
		if (!Node.isCallExpression(one)) return false;
		const lists = one.getArguments().some((each) => Node.isArrayLiteralExpression(each));
		return (
			lists ||
			/['"`/^](?:NEXT_PUBLIC|PUBLIC|VITE|NUXT_PUBLIC|EXPO_PUBLIC|REACT_APP)_/.test(one.getText())
		);
	});
}

/** `schema.parse(x)` gives the schema's values, all of them. */
function isCallee(access: Morph.PropertyAccessExpression): boolean {
	const call = access.getParent();
	return morph().Node.isCallExpression(call) && call.getExpression() === access;
}

/** The declarations and texts of which a browser reads the whole. */
const reached = remembered((source: Morph.SourceFile): Set<Morph.Node> => {
	const declared = declarationsOf(source);
	const found = new Set<Morph.Node>();
	const queue = rootsIn(source, declared);
	for (let node = queue.pop(); node; node = queue.pop()) {
		if (found.has(node)) continue;
		found.add(node);
		for (const name of node.getDescendantsOfKind(morph().SyntaxKind.Identifier)) {
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
