// A key among the values that a module validates and exports: shared by all validation libraries.
import type { Insertion, KeyPlan } from '../../model.ts';
import type { Morph } from '../../source.ts';
import { type Dialect, member, ready, unclear } from '../dialect.ts';
import { nameLike, wordsOf } from '../edit/names.ts';
import { addEntry } from '../edit/new-entry.ts';
import { placeMember } from '../edit/place.ts';
import { addToTypes } from '../edit/type-members.ts';
import { leavesOf } from '../module/object-literal.ts';
import { chooseOutlet, givesValidated, type Outlet, outletsOf } from './outlets.ts';
import { ownTypes } from './own-types.ts';
import { planConstant } from './validated-constants.ts';
import { baseIn, leafOf } from './validated-leaves.ts';
import type { Search, Slot, Validation } from './validation.ts';

/** The dialect of a library whose validations can be found. */
export function validatedDialect(name: string, search: Search): Dialect {
	return {
		name,
		recognise: (source) => givesValidated(source, remembering(search)),
		addKey: (source, variable) => planValidated(source, variable, remembering(search)),
	};
}

/** Every leaf of a mapping leads to the same call, so what calls and names are is looked up once in a plan. */
function remembering(search: Search): Search {
	const known = new Map<Morph.CallExpression, Validation | null>();
	return {
		...search,
		known: new Map(),
		validationOf(call) {
			const before = known.get(call);
			if (before !== undefined) return before;
			const validation = search.validationOf(call);
			known.set(call, validation);
			return validation;
		},
	};
}

/** The key among the values that the module validates and exports. */
function planValidated(source: Morph.SourceFile, variable: string, search: Search): KeyPlan {
	const outlets = outletsOf(source, search);
	const snippet = `process.env.${variable}`;
	if (outlets.length === 0) {
		return unclear('it does not export the values that it validates in a way known here', snippet);
	}
	const chosen = chooseOutlet(outlets, variable);
	if (!chosen) return unclear('it exports more than one set of validated values', snippet);
	const slot = chosen.validation.place(variable);
	if ('problem' in slot) return unclear(slot.problem, slot.snippet);
	if (chosen.shape.kind === 'constants') {
		return planConstant(chosen.shape.constants, slot, variable);
	}
	if (chosen.shape.kind === 'pattern') return planPattern(chosen.shape.pattern, slot, variable);
	if (chosen.shape.kind === 'mapping')
		return planMapping(chosen, chosen.shape.object, { slot, variable, search });
	if (chosen.shape.own.includes(slot.path[0] ?? '')) {
		return unclear(`it puts another ${slot.path[0]} over the validated one`, snippet);
	}
	const types = addTypes(chosen, slot, { path: slot.path, variable, callable: false });
	if (!types) return unclear('its type is declared in another module', `${variable}: string`);
	return ready(chosen.import, member(chosen.base, slot.path), [...types, ...slot.insertions]);
}

type Place = Extract<Slot, { path: string[] }>;

function addTypes(
	{ types }: Outlet,
	{ optional }: Place,
	{ path, variable, callable }: { path: string[]; variable: string; callable: boolean },
): Insertion[] | null {
	const added = { path, variable, model: null, callable, insertions: [] };
	return addToTypes(ownTypes(types), added, optional ? 'string | undefined' : 'string');
}

function planPattern(pattern: Morph.ObjectBindingPattern, slot: Place, variable: string): KeyPlan {
	const [key = variable, ...rest] = slot.path;
	const nodes = pattern.getElements();
	const keys = nodes.map((node) => node.getPropertyNameNode()?.getText() ?? node.getName());
	const there = nodes[keys.indexOf(key)];
	const renamed = nodes.filter((node) => node.getPropertyNameNode()).map((node) => node.getName());
	const like = renamed.length * 2 > nodes.length ? nameLike(wordsOf(variable), renamed) : key;
	const name = there?.getName() ?? like;
	const expression = member(name, rest);
	if (there) return ready({ kind: 'named', name }, expression, slot.insertions);
	if (pattern.getSourceFile().getLocal(name)) {
		return unclear(`it has another thing that is called ${name}`, name);
	}
	const text = name === key ? key : `${key}: ${name}`;
	// A rest element has to stay the last one.
	const names = nodes.map((node, index) =>
		node.getDotDotDotToken() ? null : (keys[index] ?? null),
	);
	const placed = placeMember({ nodes, names, separator: ',' }, { name: key, text, variable });
	return ready({ kind: 'named', name }, expression, [...slot.insertions, ...placed]);
}

interface Wanted {
	slot: Place;
	variable: string;
	search: Search;
}

function planMapping(
	chosen: Outlet,
	object: Morph.ObjectLiteralExpression,
	{ slot, variable, search }: Wanted,
): KeyPlan {
	const wanted = slot.path.join('.');
	const access = (path: string[], callable: boolean) =>
		`${member(chosen.base, path)}${callable ? '()' : ''}`;
	const there = leavesOf(object).find(
		({ entry }) => leafOf(entry.value, search)?.path.join('.') === wanted,
	);
	if (there) {
		return ready(chosen.import, access(there.path, there.entry.callable), slot.insertions);
	}
	const base = baseIn(object, search);
	if (base === null) {
		return unclear('its object is made of names that are taken from the values before', wanted);
	}
	const otherwise = member(base, slot.path);
	const added = addEntry(object, {
		variable,
		otherwise,
		copyable: ({ value }) => {
			const leaf = leafOf(value, search);
			const isPlain = leaf?.base && leaf.path.length === 1 && wanted === variable;
			return isPlain ? (leaf.path[0] ?? null) : null;
		},
	});
	if (!added) return unclear('its keys leave no place for the new one', otherwise);
	const types = addTypes(chosen, slot, { ...added, variable });
	if (!types) return unclear('its type is declared in another module', otherwise);
	const insertions = [...slot.insertions, ...types, ...added.insertions];
	return ready(chosen.import, access(added.path, added.callable), insertions);
}
