// Dialect `neighbour`: no style that is known, but everywhere that an address like it stands there can be one more, under its own name.
import type { KeyPlan } from '../model/key-plan.ts';
import type { Morph } from '../text/source.ts';
import { type Dialect, ENVIRONMENT, member, ready, unclear } from './dialect.ts';
import { insertBeside, textBeside } from './edit/beside.ts';
import { isAddressOrSecret, tellingOf, wordsOf } from './edit/names.ts';
import { keyLine } from './edit/plain-read.ts';
import { listAround } from './module/items.ts';
import { variablesAsked } from './module/mentions.ts';
import { itemsOf, type Neighbour } from './module/neighbour-items.ts';
import { isPublicVariable } from './module/reach.ts';
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

function planBeside(source: Morph.SourceFile, own: string, variable: string): KeyPlan | null {
	const neighbour = itemsOf(source, own);
	const way = neighbour && wayTo(source, neighbour);
	const copies = way ? copiesOf(neighbour, variable) : null;
	if (!neighbour || !way || !copies || !isFilled(source, way, neighbour)) return null;
	const expression = expressionFor(way, neighbour, variable);
	if (expression === null) return null;
	const name = way.steps.length === 0 ? saidOf(way.import.name, neighbour.spoken, variable) : null;
	const how = name === null ? way.import : { ...way.import, name };
	if (copies.every(isThere)) return ready(how, expression);
	if (variablesAsked(source).includes(variable)) return null;
	const insertions = copies.flatMap(({ item, text }) => insertBeside(item, text, variable) ?? []);
	return insertions.length < copies.length ? null : ready(how, expression, insertions);
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
	return way.steps.reduce((text, { isCalled }, at) => {
		const next = member(text, [fresh[at] ?? '']);
		return isCalled ? `${next}()` : next;
	}, way.base);
}

/** As the first neighbour that shows it all; null where none does. */
export function planLikeNeighbour(source: Morph.SourceFile, variable: string): KeyPlan | null {
	for (const own of neighboursFor(source, variable)) {
		const plan = planBeside(source, own, variable);
		if (plan) return plan;
	}
	return null;
}

export const neighbourDialect: Dialect = {
	name: 'neighbour',
	mention: ENVIRONMENT,
	recognise: (source) => planLikeNeighbour(source, 'ANOTHER_REDIS_URL') !== null,
	addKey: (source, variable) =>
		planLikeNeighbour(source, variable) ??
		unclear('no variable in it shows how one more is written', keyLine(source, variable)),
};
