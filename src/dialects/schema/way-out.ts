// How a validated value leaves the module: by the whole, a pattern, constants, an object made of it, or a class.
import type { KeyPlan } from '../../model/key-plan.ts';
import type { Morph } from '../../text/source.ts';
import { member, ready, unclear, withInsertions } from '../dialect.ts';
import { type ClassModule, planMember } from '../edit/class-member.ts';
import { type Constant, planConstant } from '../edit/constant-key.ts';
import { addKey, keyIn } from '../edit/object-key.ts';
import { planInPattern } from '../edit/pattern-key.ts';
import { keyLine, plainRead } from '../edit/plain-read.ts';
import { addToTypes, typeReason } from '../edit/type-members.ts';
import { ownTypes } from '../module/types.ts';
import { baseIn, isNarrowed, selectedBy } from './leaves.ts';
import type { Outlet } from './outlets.ts';
import type { Place, Search } from './validation.ts';

/** The variable, and its place among the validated values. */
interface Wanted {
	place: Place;
	variable: string;
	search: Search;
}

/** How the validated value leaves the module. */
export function planOutlet(outlet: Outlet, wanted: Wanted): KeyPlan {
	const { place, variable } = wanted;
	const { shape } = outlet;
	switch (shape.kind) {
		case 'pattern':
			return planInPattern(shape, place.path, variable);
		case 'constants':
			return planConstants(shape.constants, wanted);
		case 'mapping':
			return planMapping({ ...outlet, object: shape.object }, wanted);
		case 'asked':
			return ready(outlet.import, `${outlet.base}('${place.path.join('.')}')`);
		case 'class':
			return planInClass(shape.found, wanted);
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

function planInClass(found: ClassModule, wanted: Wanted): KeyPlan {
	const { place, variable, search } = wanted;
	const selected = found.settings.map(({ value }) => selectedBy(value, search));
	const base = selected.find((one) => one?.base)?.base;
	const [by = '', ...deeper] = place.path;
	return planMember(found, {
		variable,
		gives: gives(wanted),
		copyable(value) {
			const one = selectedBy(value, search);
			const isPlain =
				one?.base && one.path.length === 1 && deeper.length === 0 && !isNarrowed(value);
			return isPlain ? (one.path[0] ?? null) : null;
		},
		by,
		otherwise: base ? member(base, place.path) : plainRead(found.owner, variable),
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
			mayLack: place.optional,
			copyable(value) {
				const selected = selectedBy(value, search);
				const isPlain = selected?.base && selected.path.length === 1 && place.path.length === 1;
				return isPlain && !isNarrowed(value) && place.path[0] === variable
					? (selected.path[0] ?? null)
					: null;
			},
		},
	);
	return withInsertions(plan, typed);
}
