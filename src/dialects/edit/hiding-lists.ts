// Lists of the names whose values are not told (`const SENSITIVE = ['DATABASE_URL', …]`): the new address joins them.
import type { Insertion } from '../../model/key-plan.ts';
import { type Morph, morph, nodesBelow } from '../../text/source.ts';
import type { Ready } from '../dialect.ts';
import { isAddressOrSecret } from '../module/names.ts';
import { goesInto } from './insertions.ts';
import { placeMember } from './place.ts';

const HIDES =
	/sensitive|secret|mask|redact|hid(?:e|den)|private|confidential|credential|censor|scrub|sanit|obfusc/i;
const DEMANDS = /require|mandatory|needed|must(?!hide|mask)|missing/i;

/** What a list is called, or what it is given to. */
function calledAs(list: Morph.ArrayLiteralExpression): string {
	const { Node, SyntaxKind } = morph();
	const around = list.getParent();
	const callee = Node.isCallExpression(around) ? around.getExpression().getText() : '';
	const holder = list.getFirstAncestorByKind(SyntaxKind.VariableDeclaration);
	const key = Node.isPropertyAssignment(around) ? around.getName() : '';
	return `${key} ${callee} ${key === '' ? (holder?.getName() ?? '') : ''}`;
}

/** True for a list by which values are only kept from being told. */
export function onlyHides(list: Morph.ArrayLiteralExpression): boolean {
	const name = calledAs(list);
	if (!HIDES.test(name) || DEMANDS.test(name)) return false;
	const holder = list.getFirstAncestorByKind(morph().SyntaxKind.VariableDeclaration)?.getName();
	const text = list.getSourceFile().getFullText();
	// `for (const name of SECRETS) if (!process.env[name]) throw …`
	const eachOne = `\\bof\\s+${holder}\\b|\\b${holder}\\.(?:filter|every|some|forEach|find|reduce)\\(`;
	return !(new RegExp(eachOne).test(text) && /\bthrow\b|\bexit\(/.test(text));
}

/** `redis.url` among `db.url`, `config.redisUrl` among `config.databaseUrl`. */
function nameAs(model: string, variable: string, expression: string): string {
	if (/^[A-Z][A-Z0-9_]*$/.test(model)) return variable;
	const path = expression.replace(/\(\)/g, '').split('.');
	if (!model.includes('.')) return path.at(-1) ?? variable;
	return (model.split('.')[0] === path[0] ? path : path.slice(1)).join('.');
}

function joined(
	list: Morph.ArrayLiteralExpression,
	variable: string,
	expression: string,
): Insertion[] {
	const { Node } = morph();
	const nodes = list.getElements();
	const texts = nodes.filter(Node.isStringLiteral).map((one) => one.getLiteralText());
	const model = texts.find(isAddressOrSecret);
	if (model === undefined || texts.length < nodes.length) return [];
	const name = nameAs(model, variable, expression);
	if (texts.includes(name)) return [];
	const quote = nodes[0]?.getText().charAt(0) ?? "'";
	const member = { name, text: quote + name + quote, variable };
	const placed = placeMember({ nodes, names: texts, separator: ',' }, member);
	return placed.length > 0 ? placed : [{ at: nodes[0]?.getStart() ?? 0, text: `${member.text}, ` }];
}

/** The plan with the new name in each of them that it is not put into anyway. */
export function withHiding(plan: Ready, source: Morph.SourceFile, variable: string): Ready {
	if (!HIDES.test(source.getFullText())) return plan;
	const { Node, ts } = morph();
	const lists = nodesBelow(source, ts.isArrayLiteralExpression)
		.filter(Node.isArrayLiteralExpression)
		.filter((list) => onlyHides(list) && !goesInto(list, plan.insertions));
	const besides = lists.flatMap((list) => joined(list, variable, plan.access.expression));
	return { ...plan, insertions: [...plan.insertions, ...besides] };
}
