// The types that a value is checked against, as far as they are written down.
import { type Morph, morph } from '../../text/source.ts';
import { declaredElsewhere } from './elsewhere.ts';
import { importsOf } from './imports.ts';

/** The types on an expression itself: `as`, `satisfies`, and the type arguments of a call. */
export function typesOf(expression: Morph.Node): Morph.TypeNode[] {
	const { Node } = morph();
	if (Node.isAsExpression(expression) || Node.isSatisfiesExpression(expression)) {
		const type = expression.getTypeNode();
		return [...(type ? [type] : []), ...typesOf(expression.getExpression())];
	}
	if (Node.isParenthesizedExpression(expression)) return typesOf(expression.getExpression());
	if (!Node.isCallExpression(expression)) return [];
	const isFrozen = expression.getExpression().getText() === 'Object.freeze';
	const [frozen] = isFrozen ? expression.getArguments() : [];
	return [...expression.getTypeArguments(), ...(frozen ? typesOf(frozen) : [])];
}

/** True for names from a package, such as `PoolConfig` of pg: the keys are a library's. A generic type lists no keys. */
export function isLibraryType(type: Morph.TypeNode): boolean {
	if (!morph().Node.isTypeReference(type) || type.getTypeArguments().length > 0) return false;
	const [first = ''] = type.getTypeName().getText().split('.');
	return importsOf(type.getSourceFile()).some(
		({ local, from }) => local === first && isPackage(from),
	);
}

/** False for the project's own files, also under the usual aliases. */
export function isPackage(specifier: string): boolean {
	return !/^(?:[./~#]|@\/|src\/)/.test(specifier);
}

/** The types to extend: caches are `Env | undefined`, and `z.infer<typeof schema>` follows the schema. */
export function ownTypes(types: Morph.TypeNode[]): Morph.TypeNode[] {
	const { Node } = morph();
	return types.flatMap(alternatives).filter((type) => {
		const isOpen = /^(?:unknown|any|object|undefined|null|never|void)$/.test(type.getText());
		return !isOpen && !Node.isLiteralTypeNode(type) && !isInferred(type);
	});
}

function alternatives(type: Morph.TypeNode): Morph.TypeNode[] {
	const { Node } = morph();
	return Node.isUnionTypeNode(type) ? type.getTypeNodes().flatMap(alternatives) : [type];
}

/** Aliases may name each other in a circle, in a file that does not compile. */
const STEPS = 5;

function isInferred(type: Morph.Node, steps = STEPS): boolean {
	const { Node } = morph();
	// `Omit<z.infer<typeof schema>, 'HOSTS'> & { HOSTS: string[] }`
	if (Node.isIntersectionTypeNode(type) && steps > 0)
		return type.getTypeNodes().some((one) => isInferred(one, steps - 1));
	// It names the keys that it has.
	if (type.getText().startsWith('Pick<')) return false;
	// `z.infer<typeof schema>`, `Static<typeof schema>`, `typeof schema.infer`, `ReturnType<typeof load>`
	if (/\btypeof\b/.test(type.getText())) return true;
	if (!Node.isTypeReference(type) || steps === 0) return false;
	if (type.getTypeArguments().some((one) => isInferred(one, steps - 1))) return true;
	const source = type.getSourceFile();
	const name = type.getTypeName().getText();
	// A class that is filled from the environment is the schema itself.
	if (new RegExp(`\\bplainTo(?:Instance|Class)\\(\\s*${name}\\b`).test(source.getFullText()))
		return true;
	const extended = source.getInterface(name)?.getExtends() ?? [];
	if (extended.some((one) => one.getTypeArguments().some((each) => isInferred(each, steps - 1)))) {
		return true;
	}
	const found = declaredElsewhere(source, name);
	const alias =
		source.getTypeAlias(name)?.getTypeNode() ??
		found?.source.getTypeAlias(found.name)?.getTypeNode();
	return alias !== undefined && isInferred(alias, steps - 1);
}
