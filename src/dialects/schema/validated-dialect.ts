// A dialect made of how a library's validations are found: a key in the schema, and on every step to the export.
import type { KeyPlan } from '../../model/key-plan.ts';
import { type Morph, morph } from '../../text/source.ts';
import { type Dialect, member, ready, unclear, withInsertions } from '../dialect.ts';
import { type Constant, planConstant } from '../edit/constant-key.ts';
import { addKey, keyIn } from '../edit/object-key.ts';
import { planInPattern } from '../edit/pattern-key.ts';
import { keyLine } from '../edit/plain-read.ts';
import { addToTypes, typeReason } from '../edit/type-members.ts';
import { ownTypes } from '../module/types.ts';
import { baseIn, selectedBy } from './leaves.ts';
import {
	chooseOutlet,
	givesValidated,
	type Outlet,
	outletsOf,
	typedEnvironment,
} from './outlets.ts';
import type { Place, Search, Validation } from './validation.ts';

/** The dialect of a library whose validations can be found. */
export function validatedDialect({
	name,
	mention,
	...search
}: Search & Pick<Dialect, 'name' | 'mention'>): Dialect {
	return {
		name,
		mention,
		recognise: (source) =>
			givesValidated(source, remembering(search)) || typedEnvironment(source, search) !== null,
		addKey: (source, variable) => planValidated(source, variable, remembering(search)),
	};
}

/** Every leaf of a mapping leads to the same call, so what a call is is looked up once in a plan. */
function remembering(search: Search): Search {
	const known = new Map<Morph.CallExpression, Validation | null>();
	return {
		...search,
		validationOf(call) {
			const before = known.get(call);
			if (before !== undefined) return before;
			const validation = search.validationOf(call);
			known.set(call, validation);
			return validation;
		},
	};
}

function planValidated(source: Morph.SourceFile, variable: string, search: Search): KeyPlan {
	const outlets = outletsOf(source, search);
	const snippet = snippetIn(source, variable, search);
	if (outlets.length === 0) {
		const typing = typedEnvironment(source, search);
		const place = typing?.place(variable);
		if (place && 'problem' in place) return unclear(place.problem, place.snippet);
		// The schema is what process.env is known by: it is read there, as the module's own siblings are.
		if (place)
			return {
				kind: 'ready',
				access: { import: null, expression: `process.env.${variable}` },
				insertions: place.insertions,
			};
		return unclear(
			'it does not export the values that it validates in a way that this command knows',
			snippet,
		);
	}
	const chosen = chooseOutlet(outlets, variable);
	if (!chosen) return unclear('it exports more than one set of validated values', snippet);
	const place = chosen.validation.place(variable);
	if ('problem' in place) return unclear(place.problem, place.snippet);
	const plan = withInsertions(planOutlet(chosen, { place, variable, search }), place.insertions);
	return plan.kind === 'ready' && place.refusesEmpty ? { ...plan, refusesEmpty: true } : plan;
}

/** The entry of the schema for the user to paste, as the module's first validation would have it. */
function snippetIn(source: Morph.SourceFile, variable: string, search: Search): string {
	const calls = source.getDescendantsOfKind(morph().SyntaxKind.CallExpression);
	const place = calls
		.map((call) => search.validationOf(call))
		.find((one) => one)
		?.place(variable);
	if (place && 'problem' in place) return place.snippet;
	const added = place?.insertions.map(({ text }) => text.replace(/^[\s,]+|\s+$/g, '')) ?? [];
	return added.at(-1) ?? '';
}

interface Wanted {
	place: Place;
	variable: string;
	search: Search;
}

/** How the validated value leaves the module. */
function planOutlet(outlet: Outlet, wanted: Wanted): KeyPlan {
	const { place, variable } = wanted;
	const { shape } = outlet;
	switch (shape.kind) {
		case 'pattern':
			return planInPattern(shape, place.path, variable);
		case 'constants':
			return planConstants(shape.constants, wanted);
		case 'mapping':
			return planMapping({ ...outlet, object: shape.object }, wanted);
		case 'values':
			return planWhole(outlet, shape.own, wanted);
	}
}

function typeOf({ optional }: Place): string {
	return optional ? 'string | undefined' : 'string';
}

function planWhole(outlet: Outlet, own: string[], { place, variable }: Wanted): KeyPlan {
	const { path } = place;
	if (own.includes(path[0] ?? '')) {
		const [key = variable] = path;
		return unclear(
			`it puts another ${key} over the validated one`,
			`${key}: process.env.${variable},`,
		);
	}
	const added = { path, variable, model: null, callable: false };
	const listed = ownTypes(outlet.types);
	const types = addToTypes(listed, added, typeOf(place));
	if (!types) return unclear(typeReason(listed), `${variable}: ${typeOf(place)};`);
	return ready(outlet.import, member(outlet.base, path), types);
}

function gives({ place, search }: Wanted) {
	const wanted = place.path.join('.');
	return (value: Morph.Expression | null) => selectedBy(value, search)?.path.join('.') === wanted;
}

function planConstants(constants: Constant[], wanted: Wanted): KeyPlan {
	const { place, variable, search } = wanted;
	const bases = constants.map(({ value }) => selectedBy(value, search)?.base);
	const base = bases.find((one) => typeof one === 'string');
	const isThere = constants.some(({ value }) => gives(wanted)(value));
	if (!base && !isThere) {
		const snippet = `export const ${place.path.join('_')} = process.env.${variable};`;
		return unclear('its constants are not plain ones', snippet);
	}
	const otherwise = member(base ?? '', place.path);
	return planConstant(constants, {
		variable,
		gives: gives(wanted),
		copyable: () => null,
		otherwise,
	});
}

function planMapping(
	outlet: Outlet & { object: Morph.ObjectLiteralExpression },
	wanted: Wanted,
): KeyPlan {
	const { place, variable, search } = wanted;
	const there = keyIn(outlet, gives(wanted));
	if (there) return there;
	const base = baseIn(outlet.object, search);
	if (base === null) {
		const reason = 'its object is made of variables that were taken out of the validated values';
		return unclear(reason, keyLine(outlet.object, variable));
	}
	const listed = ownTypes(base.types).filter((type) => !outlet.types.includes(type));
	const typed = addToTypes(
		listed,
		{ path: place.path, variable, model: null, callable: false },
		typeOf(place),
	);
	if (!typed) return unclear(typeReason(listed), `${variable}: ${typeOf(place)};`);
	const plan = addKey(
		{ ...outlet, types: ownTypes(outlet.types) },
		{
			variable,
			otherwise: member(base.text, place.path),
			type: typeOf(place),
			copyable(value) {
				const selected = selectedBy(value, search);
				const isPlain = selected?.base && selected.path.length === 1 && place.path.length === 1;
				return isPlain && place.path[0] === variable ? (selected.path[0] ?? null) : null;
			},
		},
	);
	return withInsertions(plan, typed);
}
