// The leaves of an object that are taken from validated values: `{ database: { url: env.DATABASE_URL } }`.
import { type Morph, morph } from '../../source.ts';
import { leavesOf, unwrap } from '../module/object-literal.ts';
import { bindingOf, constantValue } from '../module/scope.ts';
import { follow } from './validated.ts';
import type { Search, Validation } from './validation.ts';

/** A value that is one of the validated ones. */
export interface Leaf {
	validation: Validation;
	path: string[];
	/** What stands before the path, e.g. `env`; null when the leaf is more than a path, or a name of its own. */
	base: string | null;
}

/** `env.DATABASE_URL`, also with a default or under another name -> what it selects. */
export function leafOf(value: Morph.Expression | null, search: Search): Leaf | null {
	const { Node } = morph();
	if (!value) return null;
	const inner = unwrap(value);
	if (Node.isBinaryExpression(inner)) {
		const keeps = /^(?:\?\?|\|\|)$/.test(inner.getOperatorToken().getText());
		return keeps ? withoutBase(leafOf(inner.getLeft(), search)) : null;
	}
	if (Node.isIdentifier(inner)) return leafByName(inner, search);
	if (!Node.isPropertyAccessExpression(inner)) return null;
	const from = inner.getExpression();
	const given = follow(from, search);
	if (given?.kind === 'values') {
		return { validation: given.validation, path: [inner.getName()], base: from.getText() };
	}
	const outer = leafOf(from, search);
	return outer?.base ? { ...outer, path: [...outer.path, inner.getName()] } : null;
}

function withoutBase(leaf: Leaf | null): Leaf | null {
	return leaf && { ...leaf, base: null };
}

/** `const { DATABASE_URL } = env`, `const url = env.DATABASE_URL` */
function leafByName(name: Morph.Identifier, search: Search): Leaf | null {
	const { Node } = morph();
	const binding = bindingOf(name, name.getText());
	if (!Node.isBindingElement(binding)) {
		const value = constantValue(name, name.getText());
		return value && !Node.isIdentifier(value) ? withoutBase(leafOf(value, search)) : null;
	}
	const declaration = binding.getParent().getParent();
	const whole = Node.isVariableDeclaration(declaration) ? declaration.getInitializer() : null;
	const given = whole ? follow(whole, search) : null;
	if (given?.kind !== 'values' || binding.getDotDotDotToken()) return null;
	const key = binding.getPropertyNameNode()?.getText() ?? binding.getName();
	return { validation: given.validation, path: [key], base: null };
}

/** The one validation that an object selects from; null when it is none, or more than one. */
export function selectedIn(
	object: Morph.ObjectLiteralExpression,
	search: Search,
): Validation | null {
	const leaves = leavesOf(object).flatMap(({ entry }) => leafOf(entry.value, search) ?? []);
	const [first] = leaves;
	const isOne = leaves.every((one) => one.validation.node === first?.validation.node);
	return first && isOne ? first.validation : null;
}

/** How the object writes the values: `env`, `parsed.data`, also inside `Number(env.PORT)`; null when only by names. */
export function baseIn(object: Morph.ObjectLiteralExpression, search: Search): string | null {
	const { Node } = morph();
	for (const node of object.getDescendants()) {
		const base = Node.isPropertyAccessExpression(node) ? leafOf(node, search)?.base : undefined;
		if (base) return base;
	}
	return null;
}
