// Dialect `neighbour`: no style that is known, but everywhere that an address like it stands there can be one more, under its own name.
import type { KeyPlan } from '../model/key-plan.ts';
import { type Morph, morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, member, ready, unclear } from './dialect.ts';
import { insertBeside, textBeside } from './edit/beside.ts';
import { keyLine } from './edit/plain-read.ts';
import { isTakenByPlace } from './module/by-position.ts';
import type { Member } from './module/declared-members.ts';
import { listAround } from './module/items.ts';
import { variablesAsked } from './module/mentions.ts';
import { isAddressOrSecret, relatedness, tellingOf, wordsOf } from './module/names.ts';
import { itemsOf, type Neighbour } from './module/neighbour-items.ts';
import { isPublicVariable } from './module/reach.ts';
import { rememberedBy } from './module/remembered.ts';
import { saidOf } from './module/spellings.ts';
import { isFilled, type Way, wayTo } from './module/way-to.ts';

/** Beyond these nothing is like an address any more. */
const MOST = 6;

/** The variables that may show how one more is written, those that are most like it first. */
function neighboursFor(source: Morph.SourceFile, variable: string): string[] {
	const all = variablesAsked(source)
		.filter((name) => name !== variable && isAddressOrSecret(name) && !isPublicVariable(name))
		.map((name) => ({ name }));
	const tiers = tellingOf(all, variable).map((tier) =>
		tier.sort((left, right) => wordsOf(left.name).length - wordsOf(right.name).length),
	);
	return [...new Set(tiers.flat().map(({ name }) => name))].slice(0, MOST);
}

interface Copy {
	item: Morph.Node;
	text: string;
}

/** What stands in the place of each item; null where one of them says more than a name. */
function copiesOf({ items, spoken }: Neighbour, variable: string): Copy[] | null {
	const copies = items.map((item) => ({ item, text: textBeside(item, spoken, variable) }));
	const whole = copies.flatMap(({ item, text }) => (text === null ? [] : [{ item, text }]));
	return whole.length < copies.length ? null : whole;
}

/** True where the text stands in the item's list already. */
function isThere({ item, text }: Copy): boolean {
	const plain = (one: string) => one.replace(/\s+/g, ' ');
	const around = listAround(item)?.separator === '||' ? item.getParent()?.getText() : undefined;
	if (around !== undefined) return plain(around).includes(plain(text));
	return listAround(item)?.nodes.some((one) => plain(one.getText()) === plain(text)) ?? false;
}

/** Where a variable that is more like the new one stands in the very same lists, the new one stands beside that. */
function anchorsAmong(
	source: Morph.SourceFile,
	items: Morph.Node[],
	before: string[],
): Map<Morph.Node, Morph.Node> | undefined {
	for (const name of before) {
		const others = itemsOf(source, name)?.items ?? [];
		const pairs = items.flatMap((item): [Morph.Node, Morph.Node][] => {
			const beside = others.find(
				(one) => one.getParent() === item.getParent() && one.getKind() === item.getKind(),
			);
			return beside ? [[item, beside]] : [];
		});
		if (pairs.length === items.length) return new Map(pairs);
	}
	return undefined;
}

/** @param before the variables that are more like the new one, and cannot show how it is written */
function planBeside(
	source: Morph.SourceFile,
	own: string,
	{ variable, before }: { variable: string; before: string[] },
): KeyPlan | null {
	const neighbour = itemsOf(source, own);
	const way = neighbour && wayTo(source, neighbour);
	const copies = way ? copiesOf(neighbour, variable) : null;
	// No client takes null for an address.
	if (copies?.some(({ text }) => /(?:\|\||\?\?)\s*null\b/.test(text))) return null;
	if (!neighbour || !way || !copies || !isFilled(source, way, neighbour)) return null;
	if (isTakenByPlace(source, neighbour.items)) return null;
	const expression = expressionFor(way, neighbour, variable);
	if (expression === null) return null;
	const name = way.steps.length === 0 ? saidOf(way.import.name, neighbour.spoken, variable) : null;
	const how = name === null ? way.import : { ...way.import, name };
	if (copies.every(isThere)) return ready(how, expression);
	if (variablesAsked(source).includes(variable)) return null;
	const anchors = anchorsAmong(source, neighbour.items, before);
	const placed = copies.map(({ item, text }) =>
		insertBeside(anchors?.get(item) ?? item, text, variable),
	);
	return placed.some((one) => one.length === 0) ? null : ready(how, expression, placed.flat());
}

/** How the value is read, with the neighbour's names made the new one's. */
function expressionFor(way: Way, { spoken }: Neighbour, variable: string): string | null {
	if (way.steps.length === 0) {
		const base = saidOf(way.base, spoken, variable);
		return base === way.base ? null : base;
	}
	const keys = way.steps.map(({ key }) => key);
	const fresh = keys.map((key) => saidOf(key, spoken, variable));
	if (fresh.join() === keys.join()) return null;
	return expressionBy(way, (_, at) => fresh[at] ?? '');
}

function expressionBy({ base, steps }: Way, keyOf: (step: Member, at: number) => string): string {
	return steps.reduce((text, step, at) => {
		if (step.isAsked) return `${text}('${keyOf(step, at)}')`;
		const next = member(text, [keyOf(step, at)]);
		return step.isCalled ? `${next}()` : next;
	}, base);
}

/** A text of its own name that says by its type what it is, and is made by nothing that would change it. */
function planPresent(source: Morph.SourceFile, variable: string): KeyPlan | null {
	const own = itemsOf(source, variable);
	const way = own && wayTo(source, own);
	const last = way?.steps.at(-1);
	if (!own || !way || !last || !morph().Node.isPropertySignature(last.node)) return null;
	const type = last.node.getTypeNode()?.getText() ?? '';
	const isText = /^string(?: \| undefined)?$/.test(type);
	const isMade = own.items.some((item) => CHANGES.test(item.getText()));
	const expression = isText && !isMade ? expressionBy(way, ({ key }) => key) : null;
	return expression === null ? null : ready(way.import, expression);
}

/** What gives another text than the variable's. */
const CHANGES =
	/\bnew\s|\.(?:replace|replaceAll|slice|split|substring|toLowerCase|concat)\(|\$\{|\b(?:mask|redact|hide|parse|build|make|with)\w*\((?!env\b|process\b)/i;

/** As the first neighbour that shows it all; null where none does. */
export const planLikeNeighbour = rememberedBy(
	(source: Morph.SourceFile, variable): KeyPlan | null => {
		if (variablesAsked(source).includes(variable)) {
			const there = planPresent(source, variable);
			if (there) return there;
		}
		const all = neighboursFor(source, variable);
		for (const [index, own] of all.entries()) {
			const plan = planBeside(source, own, { variable, before: all.slice(0, index) });
			if (plan) return plan;
		}
		return null;
	},
);

/** An address of the kind is there, and nothing like it that could stand there once more. */
function isPresentIn(source: Morph.SourceFile): boolean {
	const kin = variablesAsked(source).filter((name) => relatedness(name, 'REDIS_URL') > 3);
	return kin.some((name) => planPresent(source, name) !== null);
}

export const neighbourDialect: Dialect = {
	name: 'neighbour',
	mention: ENVIRONMENT,
	recognise: (source) =>
		planLikeNeighbour(source, 'ANOTHER_REDIS_URL') !== null || isPresentIn(source),
	addKey: (source, variable) =>
		planLikeNeighbour(source, variable) ??
		unclear('no variable in it shows how one more is written', keyLine(source, variable)),
};
