// Dialect `list`: names in an array, and an object made of them: `Object.fromEntries(keys.map((key) => [key, get(key)]))`.
import type { Import } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, member, ready, unclear } from './dialect.ts';
import { placeName } from './edit/listed-name.ts';
import { keyLine } from './edit/plain-read.ts';
import { isEnvironment } from './module/environment.ts';
import { givenBy } from './module/given.ts';
import { localFunction } from './module/helper-functions.ts';
import { follow } from './module/origins.ts';
import { isInline } from './module/scope.ts';

const VARIABLE = /^[A-Z][A-Z0-9_]*$/;

interface Listed {
	import: Import;
	base: string;
	list: Morph.ArrayLiteralExpression;
}

/** The array of variables that an expression goes through; null for any other. */
function variablesIn(node: Morph.Expression): Morph.ArrayLiteralExpression | null {
	const { Node } = morph();
	const { value } = follow(node);
	if (!Node.isArrayLiteralExpression(value)) return null;
	const all = value.getElements();
	const isVariable = (one: Morph.Node) =>
		Node.isStringLiteral(one) && VARIABLE.test(one.getLiteralText());
	return all.length > 0 && all.every(isVariable) ? value : null;
}

/** `(key) => [key, process.env[key]]`, also by a function of the module that reads what it is asked for. */
function givesPairs(step: Morph.Node | undefined): boolean {
	const { Node } = morph();
	if (!isInline(step)) return false;
	const key = step.getParameters()[0]?.getName();
	const body = step
		.getBody()
		.getText()
		.replace(/^\(|\)$/g, '');
	const pair = /^\[\s*([\w$]+)\s*,([\s\S]*)\]$/.exec(body.replace(/\s+as\s+const$/, ''));
	if (!pair || pair[1] !== key) return false;
	return step.getDescendants().some((one) => {
		if (Node.isElementAccessExpression(one)) return isEnvironment(one.getExpression());
		if (!Node.isCallExpression(one)) return false;
		const helper = localFunction(one.getSourceFile(), one.getExpression().getText());
		return helper?.getDescendants().some((node) => isEnvironment(node)) ?? false;
	});
}

function listIn(value: Morph.Expression): Morph.ArrayLiteralExpression | null {
	const { Node } = morph();
	if (!Node.isCallExpression(value)) return null;
	if (value.getExpression().getText() !== 'Object.fromEntries') return null;
	const [made] = value.getArguments();
	const callee = Node.isCallExpression(made) ? made.getExpression() : undefined;
	if (!Node.isCallExpression(made) || !Node.isPropertyAccessExpression(callee)) return null;
	if (callee.getName() !== 'map' || !givesPairs(made.getArguments()[0])) return null;
	return variablesIn(callee.getExpression());
}

function listedBy(source: Morph.SourceFile): Listed[] {
	return givenBy(source, 'env').flatMap(({ import: how, base, origins, obstacle }) => {
		const [origin, ...others] = origins;
		if (!origin || others.length > 0 || origin.path.length > 0 || obstacle !== null) return [];
		const list = listIn(origin.value);
		return list ? [{ import: how, base, list }] : [];
	});
}

export const listDialect: Dialect = {
	name: 'list',
	mention: ENVIRONMENT,
	recognise: (source) => /fromEntries/.test(source.getFullText()) && listedBy(source).length > 0,
	addKey(source, variable) {
		const [first, ...others] = listedBy(source);
		if (!first || others.some(({ list }) => list !== first.list)) {
			return unclear('it has more than one list of variables', keyLine(source, variable));
		}
		const insertions = placeName(first.list.getElements(), variable);
		return ready(first.import, member(first.base, [variable]), insertions);
	},
};
