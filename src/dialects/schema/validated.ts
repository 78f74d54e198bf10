// From an expression to the call that validates the environment, and what of its result the expression is.
import { type Morph, morph } from '../../text/source.ts';
import { isEnvironment } from '../module/environment.ts';
import { argumentsOf, callsIn } from '../module/library-calls.ts';
import { entriesOf } from '../module/object-literal.ts';
import { type Origin, originsOf } from '../module/origins.ts';
import { isPublicName } from '../module/reach.ts';
import { bindingOf } from '../module/scope.ts';
import { nameOfOwner } from './input.ts';
import type { Search, Validated, Validation } from './validation.ts';

/** Objects may be spread into themselves, and a schema may be used inside itself. */
type Trail = Morph.Node[];

/** What the expression gives; null when that is not the validated environment in any way that we follow. */
export function validatedBy(
	expression: Morph.Expression,
	search: Search,
	trail: Trail = [],
): Validated | null {
	return validatedAmong(originsOf(expression), search, trail);
}

/** What all of the origins give alike, but for the environment before it is validated. */
export function validatedAmong(
	origins: Origin[],
	search: Search,
	trail: Trail = [],
): Validated | null {
	const found = origins.flatMap((origin) => {
		const one = validatedFrom(origin, search, trail);
		const isOther =
			one === null && (isRaw(origin) || isOfCaller(origin) || isFallback(origin, origins));
		return isOther || isNothing(origin) ? [] : [one];
	});
	const first = found.find((one) => one !== null && isByWhole(one)) ?? found[0];
	return first && found.every((one) => one && isSame(first, one)) ? first : null;
}

/** A validation of the whole environment: whatever else its schema checks stands in where that fails. */
function isByWhole(one: Validated): boolean {
	return one.kind === 'values' && one.validation.node === one.validation.schema;
}

function isRaw({ value, path }: Origin): boolean {
	return path.length === 0 && isEnvironment(value);
}

/** `if (source) return parse(schema, source)`: what a caller gives who gives something, which db.ts does not. */
function isOfCaller({ value }: Origin): boolean {
	const { Node } = morph();
	if (!Node.isCallExpression(value)) return false;
	return value.getArguments().some((one) => {
		const binding = Node.isIdentifier(one) ? bindingOf(one, one.getText()) : undefined;
		return Node.isParameterDeclaration(binding) && binding.hasQuestionToken();
	});
}

/** `schema.parse({})` beside `schema.safeParse(…).data`: the defaults, where nothing valid is given. */
function isFallback({ value }: Origin, all: Origin[]): boolean {
	const { Node } = morph();
	const [given] = Node.isCallExpression(value) ? value.getArguments() : [];
	if (!Node.isObjectLiteralExpression(given) || given.getProperties().length > 0) return false;
	const schema = checkerOf(value);
	return all.some((other) => other.value !== value && checkerOf(other.value) === schema);
}

/** `schema` of `schema.parse(…)`. */
function checkerOf(value: Morph.Expression): string | null {
	const { Node } = morph();
	const callee = Node.isCallExpression(value) ? value.getExpression() : undefined;
	const isChecked = Node.isPropertyAccessExpression(callee) && /[pP]arse$/.test(callee.getName());
	return isChecked ? callee.getExpression().getText() : null;
}

/** `env = {} as Env`, what a module goes on with where nothing was validated. */
function isNothing({ value, path }: Origin): boolean {
	const isObject = morph().Node.isObjectLiteralExpression(value);
	return path.length === 0 && isObject && value.getProperties().length === 0;
}

function isSame(left: Validated, right: Validated): boolean {
	if (left.kind === 'object') return right.kind === 'object' && left.object === right.object;
	if (right.kind === 'object') return false;
	if (left.kind !== right.kind) return false;
	const [one, other] = [left.validation, right.validation];
	return one.node === other.node || (isByWhole(left) && one.schema === other.schema);
}

function validatedFrom(origin: Origin, search: Search, trail: Trail): Validated | null {
	const { value, path, types } = origin;
	if (trail.includes(value)) return null;
	const inside = [...trail, value];
	if (morph().Node.isObjectLiteralExpression(value)) {
		return path.length === 0
			? fromObject(value, types, (one) => validatedBy(one, search, inside))
			: null;
	}
	const validation = validationOf(value, search);
	if (!validation) return path.length === 0 ? handedOn(value, search, inside) : null;
	const { under, mapping } = validation;
	if (under !== null && path.length === 0) return { kind: 'result', validation, types };
	if (path.join('.') !== (under ?? '')) return null;
	if (!mapping) {
		return { kind: 'values', validation, types: [...types, ...validation.types], own: [] };
	}
	const mapped = validatedBy(mapping, search, inside);
	return mapped && { ...mapped, types: [...types, ...mapped.types] };
}

/** `toConfig(env)`: what a function of the module is always called with. */
function handedOn(value: Morph.Expression, search: Search, trail: Trail): Validated | null {
	const { Node } = morph();
	const binding = Node.isIdentifier(value) ? bindingOf(value, value.getText()) : undefined;
	if (!Node.isParameterDeclaration(binding) || binding.isRestParameter()) return null;
	const found = givenTo(binding).map((one) => one && validatedBy(one, search, trail));
	const [first] = found;
	return first && found.every((one) => one && isSame(first, one)) ? first : null;
}

/** The argument of each call of the function whose parameter it is; null where a call gives none. */
function givenTo(parameter: Morph.ParameterDeclaration): (Morph.Expression | null)[] {
	const name = nameOfOwner(parameter);
	const owner = parameter.getParent();
	const at = 'getParameters' in owner ? owner.getParameters().indexOf(parameter) : -1;
	return callsIn(parameter.getSourceFile())
		.filter((call) => call.getExpression().getText() === name)
		.map((call) => argumentsOf(call)[at] ?? null);
}

function validationOf(value: Morph.Expression, search: Search): Validation | null {
	const { Node } = morph();
	if (Node.isCallExpression(value)) return search.validationOf(value);
	const binding = Node.isIdentifier(value) ? bindingOf(value, value.getText()) : undefined;
	const received = Node.isParameterDeclaration(binding) ? search.ofParameter?.(binding) : null;
	// `process.env` itself; what is only called so is not known to be checked.
	const isItself = !Node.isIdentifier(value) && isEnvironment(value);
	const checked = isItself ? search.ofEnvironment?.(value.getSourceFile()) : null;
	const found = received ?? checked;
	return found ? { ...found, under: null, mapping: undefined } : null;
}

/** `parse(publicSchema, { NEXT_PUBLIC_URL: … })` */
function isForBrowsers(value: Morph.Expression): boolean {
	const { Node, SyntaxKind } = morph();
	const [first] = Node.isCallExpression(value) ? value.getArguments() : [value];
	const names = first?.getDescendantsOfKind(SyntaxKind.Identifier) ?? [];
	return [first, ...names].some((one) => Node.isIdentifier(one) && isPublicName(one.getText()));
}

/** `{ ...env, isProduction: … }` gives the values; any other object is one for the caller to look into. */
function fromObject(
	object: Morph.ObjectLiteralExpression,
	types: Morph.TypeNode[],
	follow: (expression: Morph.Expression) => Validated | null,
): Validated {
	const { Node } = morph();
	// What is spread later may put other values over these; what browsers read has no others.
	const spreads = object.getProperties().filter((one) => Node.isSpreadAssignment(one));
	const last = spreads.findLast((one) => !isForBrowsers(one.getExpression())) ?? spreads.at(-1);
	const values = last ? follow(last.getExpression()) : null;
	if (values?.kind !== 'values') return { kind: 'object', object, types };
	const own = [...values.own, ...entriesOf(object).map(({ key }) => key)];
	return { ...values, own, types: [...types, ...values.types] };
}
