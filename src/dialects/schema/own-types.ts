// The types of validated values that list their keys themselves; what is inferred from the schema needs nothing.
import { type Morph, morph } from '../../source.ts';

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
	// `z.infer<typeof schema>`, `Static<typeof schema>`, `typeof schema.infer`, `ReturnType<typeof load>`
	if (/\btypeof\b/.test(type.getText())) return true;
	if (!Node.isTypeReference(type) || steps === 0) return false;
	if (type.getTypeArguments().some((one) => isInferred(one, steps - 1))) return true;
	const source = type.getSourceFile();
	const name = type.getTypeName().getText();
	const extended = source.getInterface(name)?.getExtends() ?? [];
	if (extended.some((one) => one.getTypeArguments().some((each) => isInferred(each, steps - 1)))) {
		return true;
	}
	const alias = source.getTypeAlias(name)?.getTypeNode();
	return alias !== undefined && isInferred(alias, steps - 1);
}
