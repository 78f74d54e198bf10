// The leaves of an object that are taken from validated values: `{ database: { url: env.DATABASE_URL } }`.
import { type Morph, morph } from '../../text/source.ts';
import { leavesOf, unwrap } from '../module/object-literal.ts';
import { bindingOf, constantValue, propertyOf } from '../module/scope.ts';
import { validatedBy } from './validated.ts';
import type { Search, Validation } from './validation.ts';

/** A value that is one of the validated ones. */
export interface Selected {
	validation: Validation;
	path: string[];
	/** What stands before the path, e.g. `env`; null when the leaf is more than a path, or a name of its own. */
	base: string | null;
}

/** `env.MODE as Mode`: of a type that is not every text's, and not to be said of another variable. */
export function isNarrowed(value: Morph.Expression | null): boolean {
	const type = morph().Node.isAsExpression(value ?? undefined)
		? (value as Morph.AsExpression).getTypeNode()?.getText()
		: undefined;
	return type !== undefined && !/^string(?: \| undefined)?$/.test(type);
}

/** `env.DATABASE_URL`, also with a default or under another name -> what it selects. */
export function selectedBy(value: Morph.Expression | null, search: Search): Selected | null {
	const { Node } = morph();
	if (!value) return null;
	const inner = unwrap(value);
	if (Node.isBinaryExpression(inner)) {
		const keeps = /^(?:\?\?|\|\|)$/.test(inner.getOperatorToken().getText());
		return keeps ? withoutBase(selectedBy(inner.getLeft(), search)) : null;
	}
	if (Node.isIdentifier(inner)) return selectedByName(inner, search);
	if (!Node.isPropertyAccessExpression(inner)) return null;
	const from = inner.getExpression();
	const whole = validatedBy(from, search);
	if (whole?.kind === 'values') {
		return { validation: whole.validation, path: [inner.getName()], base: from.getText() };
	}
	const outer = selectedBy(from, search);
	return outer?.base ? { ...outer, path: [...outer.path, inner.getName()] } : null;
}

function withoutBase(selected: Selected | null): Selected | null {
	return selected && { ...selected, base: null };
}

/** `const { DATABASE_URL } = env`, `const url = env.DATABASE_URL` */
function selectedByName(name: Morph.Identifier, search: Search): Selected | null {
	const { Node } = morph();
	const binding = bindingOf(name, name.getText());
	if (!Node.isBindingElement(binding)) {
		const value = constantValue(name, name.getText());
		return value && !Node.isIdentifier(value) ? withoutBase(selectedBy(value, search)) : null;
	}
	const declaration = binding.getParent().getParent();
	const whole = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : null;
	const values = whole ? validatedBy(whole, search) : null;
	if (values?.kind !== 'values' || binding.getDotDotDotToken()) return null;
	return { validation: values.validation, path: [propertyOf(binding)], base: null };
}

/** The one validation that an object selects from; null when it is none, or more than one. */
export function selectedIn(
	object: Morph.ObjectLiteralExpression,
	search: Search,
): Validation | null {
	return onlyValidation(
		leavesOf(object).flatMap(({ entry }) => selectedBy(entry.value, search) ?? []),
	);
}

/** The validation that all have in common; null when there is none. */
export function onlyValidation(all: { validation: Validation }[]): Validation | null {
	const [first] = all;
	const isOne = all.every((one) => one.validation.node === first?.validation.node);
	return first && isOne ? first.validation : null;
}

interface Base {
	text: string;
	/** What the values are checked against before the object takes them. */
	types: Morph.TypeNode[];
}

/** How the object writes the values: `env`, `parsed.data`, also inside `Number(env.PORT)`; null when only by names. */
export function baseIn(object: Morph.ObjectLiteralExpression, search: Search): Base | null {
	const accesses = object.getDescendantsOfKind(morph().SyntaxKind.PropertyAccessExpression);
	for (const access of accesses) {
		const text = selectedBy(access, search)?.base;
		const from = accesses.find((one) => one.getExpression().getText() === text)?.getExpression();
		const values = from && validatedBy(from, search);
		if (text) return { text, types: values?.types ?? [] };
	}
	return null;
}
