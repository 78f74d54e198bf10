// How another module reads a variable: by what is exported, and the names below it, where others of their kind stand beside.
import type { Import } from '../../model/key-plan.ts';
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import type { Member } from './declared-members.ts';
import { listAround } from './items.ts';
import { membersOf } from './members.ts';
import { othersIn } from './mentions.ts';
import type { Neighbour } from './neighbour-items.ts';
import { type Outlet, outletsOf } from './outlets.ts';
import { strangeness } from './purpose.ts';
import { isFunction } from './scope.ts';
import { type Spoken, speaksOf } from './spellings.ts';

export interface Way {
	import: Import;
	base: string;
	steps: Member[];
}

const DEEPEST = 3;

/** A text, or of no type that is written down. */
function isText({ things }: Member): boolean {
	const type = things.find((one) => morph().Node.isTypeNode(one));
	return type === undefined || /^string(?: \| (?:undefined|null))*$/.test(type.getText());
}

/** What is declared by one of the items. */
function isMade(node: Morph.Node, { items }: Neighbour): boolean {
	return items.some(
		(one) => one === node || (one.getPos() <= node.getPos() && one.getEnd() >= node.getEnd()),
	);
}

/** Others of its kind that are about variables of other things: so that it is a setting among settings. */
function isAmongOthers(node: Morph.Node, spoken: Spoken): boolean {
	const beside = (listAround(node)?.nodes ?? []).filter(
		(one) => one !== node && one.getKind() === node.getKind(),
	);
	const topic = (name: string) => name.split('_')[0];
	const others = beside.flatMap((one) => othersIn(one, spoken));
	const isTool = beside.some((one) => TOOL_KEY.test(one.getText()));
	return !isTool && others.some((one) => topic(one) !== topic(spoken.variable));
}

/** What the options of a tool have, and no configuration. */
const TOOL_KEY =
	/^(?:dialect|client|driver|provider|dbCredentials|migrations|plugins|presets?)\s*:\s*['"]/;

/** A group of keys for each environment is chosen from when the program runs. */
const ENVIRONMENTS = /^(?:production|development|test|staging|local)$/;

function below(things: Morph.Node[], neighbour: Neighbour, depth: number): Member[] | null {
	if (depth === 0) return null;
	const members = things.flatMap(membersOf);
	const own = members.find(
		(one) => speaksOf(one.key, neighbour.spoken) && isMade(one.node, neighbour) && isText(one),
	);
	if (own) return isAmongOthers(own.node, neighbour.spoken) ? [own] : null;
	for (const member of members.filter(({ key }) => !ENVIRONMENTS.test(key))) {
		const found = below(member.things, neighbour, depth - 1);
		if (found) return [member, ...found];
	}
	return null;
}

/** The statement of a constant, which is what stands beside others. */
function partOf(node: Morph.Node): Morph.Node {
	return node.getFirstAncestorByKind(morph().SyntaxKind.VariableStatement) ?? node;
}

function wayBy(outlet: Outlet, neighbour: Neighbour): Way | null {
	const { import: how, base, key, node, things } = outlet;
	const part = partOf(node);
	const isOwn = speaksOf(key, neighbour.spoken) && isMade(part, neighbour);
	if (isOwn && how.kind === 'named')
		return isText(outlet) && isAmongOthers(part, neighbour.spoken)
			? { import: how, base, steps: [] }
			: null;
	const steps = below(things, neighbour, DEEPEST);
	return steps && { import: how, base, steps };
}

/** Null where nothing that is exported gives the variable, or only to browsers or one other service. */
export function wayTo(source: Morph.SourceFile, neighbour: Neighbour): Way | null {
	for (const outlet of outletsOf(source)) {
		const { import: how, key, node, things } = outlet;
		// What it gives, and from when on, its handler decides.
		if (/\bnew Proxy\(/.test(node.getText())) continue;
		const types = things.filter(morph().Node.isTypeNode);
		if (strangeness(source, { name: key, exported: how.name, values: [node], types }) !== null)
			continue;
		const way = wayBy(outlet, neighbour);
		if (way) return way;
	}
	return null;
}

/** `Object.assign(this, …)`, `result[key] = …`: whatever is named beside it. */
function fillsByName(plain: Morph.ts.Node): boolean {
	const { ts } = morph();
	if (ts.isCallExpression(plain)) return plain.expression.getText() === 'Object.assign';
	if (!ts.isBinaryExpression(plain) || plain.operatorToken.getText() !== '=') return false;
	return (
		ts.isElementAccessExpression(plain.left) && !ts.isStringLiteral(plain.left.argumentExpression)
	);
}

/** False for a field that only a method sets which nothing calls while the module loads. */
export function isFilled(source: Morph.SourceFile, { steps }: Way, { items }: Neighbour): boolean {
	const { Node } = morph();
	const field = steps.at(-1)?.node;
	if (!Node.isPropertyDeclaration(field) || field.getInitializer()) return true;
	const sets = items.filter((one) => Node.isExpressionStatement(one));
	const fills = sets.length > 0 ? sets : nodesBelow(source, fillsByName);
	return fills.some((one) => {
		const around = one.getAncestors().findLast((node) => isFunction(node));
		if (!around || Node.isConstructorDeclaration(around)) return true;
		const name =
			Node.isMethodDeclaration(around) || Node.isFunctionDeclaration(around)
				? around.getName()
				: undefined;
		return (
			name !== undefined &&
			new RegExp(`(?:^|[^\\w$]|\\.)${name}\\(\\s*\\)\\s*;?\\s*$`, 'm').test(source.getFullText())
		);
	});
}
