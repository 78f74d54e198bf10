// A dialect made of how a library's validations are found: a key in the schema, and on every step to the export.
import type { KeyPlan } from '../../model/key-plan.ts';
import type { Morph } from '../../text/source.ts';
import { type Dialect, type Ready, unclear, withInsertions } from '../dialect.ts';
import { pasted } from '../edit/insertions.ts';
import { strangersIn } from '../module/given.ts';
import { callsIn } from '../module/library-calls.ts';
import { remembered } from '../module/remembered.ts';
import { checkedAlone, schemaAlone, typedEnvironment } from './checks.ts';
import { chooseOutlet, givesValidated, outletsOf } from './outlets.ts';
import type { Place, Search, Validation } from './validation.ts';
import { planOutlet } from './way-out.ts';

/** The dialect of a library whose validations can be found. */
export function validatedDialect({
	name,
	mention,
	...search
}: Search & Pick<Dialect, 'name' | 'mention'>): Dialect {
	const searchIn = remembered((_: Morph.SourceFile) => remembering(search));
	return {
		name,
		mention,
		recognise: (source) =>
			givesValidated(source, searchIn(source)) ||
			typedEnvironment(source, search) !== null ||
			(isGivenVariables(source) && schemaAlone(source, search) !== null),
		addKey: (source, variable) => planValidated(source, variable, searchIn(source)),
		onlyChecks: (source) => checkedAlone(source, searchIn(source)) !== null,
		withCheck: (plan, source, variable) =>
			withCheck(plan, { source, variable, search: searchIn(source) }),
	};
}

/** What a Worker is given beside its variables. */
const BINDINGS = /\binterface\s+Bindings\b[\s\S]*\b(?:D1Database|R2Bucket|KVNamespace)\b/;

/** Where a module reads the environment itself, that is what it is about. */
function isGivenVariables(source: Morph.SourceFile): boolean {
	if (BINDINGS.test(source.getFullText())) return false;
	const code = source.getFullText().replace(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
	return !/\bprocess\b(?!\.exit)/.test(code) || givesToNest(source);
}

function givesToNest(source: Morph.SourceFile): boolean {
	return /\bvalidationSchema:/.test(source.getFullText());
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
	if (outlets.length === 0) {
		const typing =
			typedEnvironment(source, search) ??
			checkedAlone(source, search) ??
			schemaAlone(source, search);
		const place = typing?.place(variable);
		if (place && 'problem' in place) return unclear(place.problem, place.snippet);
		// The schema is what process.env is known by: it is read there, as the module's own siblings are.
		const access = { import: null, expression: `process.env.${variable}` };
		if (place) return demanding({ kind: 'ready', access, insertions: place.insertions }, place);
		const [stranger] = strangersIn(source);
		if (stranger) return unclear(stranger, '');
		return unclear(
			'it does not export the values that it validates in a way that this command knows',
			snippetIn(source, variable, search),
		);
	}
	const chosen = chooseOutlet(outlets, variable);
	if (!chosen) {
		const reason = 'it exports more than one set of validated values';
		return unclear(reason, snippetIn(source, variable, search));
	}
	const place = chosen.validation.place(variable);
	if ('problem' in place) return unclear(place.problem, place.snippet);
	if (chosen.validation.under === 'data' && isUnchecked(source)) {
		const access = { import: null, expression: `process.env.${variable}` };
		return { kind: 'ready', access, insertions: place.insertions };
	}
	const plan = withInsertions(planOutlet(chosen, { place, variable, search }), place.insertions);
	return plan.kind === 'ready' ? demanding(plan, place) : plan;
}

/** What `safeParse` gives may be nothing, and the module does not look. */
function isUnchecked(source: Morph.SourceFile): boolean {
	return !/\bsuccess\b|\berrors?\b|!\s*[\w.]*\bdata\b|\bdata\b\s*(?:!|\?\?|\|\||as\b)/.test(
		source.getFullText(),
	);
}

/** The entry of the schema for the user to paste, as the module's first validation would have it. */
function snippetIn(source: Morph.SourceFile, variable: string, search: Search): string {
	const place = callsIn(source)
		.map((call) => search.validationOf(call))
		.find((one) => one)
		?.place(variable);
	if (place && 'problem' in place) return place.snippet;
	const added = pasted(place?.insertions ?? []);
	return added.at(-1) ?? '';
}

/** A plan by another style, and the variable in the schema that checks the environment beside it. */
function withCheck(
	plan: KeyPlan,
	{ source, variable, search }: { source: Morph.SourceFile; variable: string; search: Search },
): KeyPlan {
	const check = checkedAlone(source, search) ?? schemaAlone(source, search);
	const place = plan.kind === 'ready' ? check?.place(variable) : undefined;
	if (plan.kind !== 'ready' || !place || 'problem' in place) return plan;
	const insertions = [...place.insertions, ...plan.insertions];
	return demanding({ ...plan, insertions }, place);
}

/** A plan with what the schema says of a variable that has no value. */
function demanding(plan: Ready, { optional, defaulted, refusesEmpty }: Place): Ready {
	if (refusesEmpty) return { ...plan, refusesEmpty: true };
	return optional || defaulted ? plan : { ...plan, isRequired: true };
}
